import { countsText, type Outcome, placeOf, type Report } from "./outcome.ts";

/** What failed, with its place and what was expected; the counts. `all`: what passed too. */
export function pretty({ outcomes }: Report, all: boolean): string {
  const shown = outcomes.filter(({ state }) => all || state === "failed" || state === "unusable");
  const suites = new Set(outcomes.map(({ file, suite }) => `${file}\n${suite}`)).size;
  const counts = `${countsText(outcomes)} (${suites} ${suites === 1 ? "suite" : "suites"})`;
  return `${shown.map(entry).join("")}${counts}\n`;
}

/** How long it took, where that is long. */
function timeText({ ms = 0 }: Outcome): string {
  return ms < slow ? "" : ` (${Math.round(ms)} ms)`;
}

const slow = 100;

const marks: Readonly<Record<Outcome["state"], string>> = {
  passed: "✓",
  failed: "✗",
  unusable: "✗",
  skipped: "-",
};

function entry(outcome: Outcome): string {
  const { suite, title, asked, state, why, came, sent } = outcome;
  const head = `${marks[state]} ${suite}: ${title}${timeText(outcome)}\n`;
  if (state === "skipped") return head.replace(/\n$/, ` (skipped: ${why.join(", ")})\n`);
  const request = sent ?? asked;
  const told = came === undefined ? request : `${request}: ${came}`;
  if (state === "passed") return `${head}  ${told}\n`;
  const place = `  ${placeOf(outcome)}\n  ${sent === undefined ? asked : told}\n`;
  return `${head}${place}${why.map((line) => `  ${line}\n`).join("")}`;
}
