import { countsText, type Outcome, type Report } from "./outcome.ts";

/** What failed, with its place and what was expected; the counts. `all`: what passed too. */
export function pretty({ outcomes }: Report, all: boolean): string {
  const shown = outcomes.filter(({ state }) => all || state === "failed" || state === "unusable");
  const suites = new Set(outcomes.map(({ file, suite }) => `${file}\n${suite}`)).size;
  const counts = `${countsText(outcomes)} (${suites} ${suites === 1 ? "suite" : "suites"})`;
  return `${shown.map(entry).join("")}${counts}\n`;
}

const marks: Readonly<Record<Outcome["state"], string>> = {
  passed: "✓",
  failed: "✗",
  unusable: "✗",
  skipped: "-",
};

function entry({ suite, title, asked, at, state, why, spelled }: Outcome): string {
  const head = `${marks[state]} ${suite}: ${title}\n`;
  const came = spelled === undefined ? "" : `  ${asked}: ${spelled}\n`;
  if (state === "passed") return head + came;
  if (state === "skipped") return head.replace(/\n$/, ` (skipped: ${why.join(", ")})\n`);
  const place = `  ${at.file}:${at.line}:${at.column}\n${came === "" ? `  ${asked}\n` : came}`;
  return `${head}${place}${why.map((line) => `  ${line}\n`).join("")}`;
}
