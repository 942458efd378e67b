import type { Finding, Loaded } from "@meshproof/engine";
import type { Side } from "./side.ts";

/** What loading one side of a change said. */
export interface Told {
  readonly side: Side;
  readonly findings: Loaded["findings"];
}

/** The findings of both sides of a change. What is no error and stands on the new side as well is told of that one alone. */
export function findingsOfChange(before: Told, after: Told): readonly Finding[] {
  const left = new Map<string, number>();
  const wordsAfter = wordsOf(after);
  for (const finding of after.findings) {
    const words = wordsAfter(finding);
    left.set(words, (left.get(words) ?? 0) + 1);
  }
  const wordsBefore = wordsOf(before);
  const old = before.findings.filter((finding) => {
    const words = wordsBefore(finding);
    const count = left.get(words) ?? 0;
    left.set(words, count - 1);
    return finding.severity === "error" || count <= 0;
  });
  return [...old, ...after.findings];
}

/** What a finding says, and the text that it says it of, wherever that stands. */
function wordsOf({ side }: Told): (finding: Finding) => string {
  const texts = new Map(side.files.map(({ path, text }) => [path, text]));
  return ({ code, message, at }) =>
    [code, message, texts.get(at.file)?.slice(at.start, at.end)].join("\n");
}
