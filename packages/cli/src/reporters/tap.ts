import { type Outcome, placeOf, type Report } from "./outcome.ts";

/** The Test Anything Protocol, version 14. */
export function tap({ outcomes, errors }: Report): string {
  const lines = outcomes.map((outcome, index) => line(outcome, index + 1));
  const bail = errors.map((error) => `Bail out! ${error.split("\n", 1)[0] ?? ""}\n`);
  return `TAP version 14\n1..${outcomes.length}\n${lines.join("")}${bail.join("")}`;
}

function line(outcome: Outcome, number: number): string {
  const { suite, title, asked, state, why } = outcome;
  const good = state === "passed" || state === "skipped";
  const skip = state === "skipped" ? ` # SKIP ${why.join(", ")}` : "";
  const name = `${suite}: ${title} (${asked})`.replace(/[#\\]/g, "\\$&");
  const head = `${good ? "ok" : "not ok"} ${number} - ${name}${skip}\n`;
  if (good) return head;
  const details = why.map((text) => `    - ${JSON.stringify(text)}\n`).join("");
  return `${head}  ---\n  at: ${JSON.stringify(placeOf(outcome))}\n  failures:\n${details}  ...\n`;
}
