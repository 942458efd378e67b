import type { CaseResult, SuiteResult } from "@meshproof/testkit";
import { positionText, type Texts } from "./position.ts";
import { callerText, requestText, targetText } from "./words.ts";

/** What was expected and is not so: the place and the test, then each difference. */
export function failureLines({ name, cases }: SuiteResult, texts: Texts): readonly string[] {
  return cases
    .filter(({ failures }) => failures.length > 0)
    .flatMap((each) => [
      headline(name, each, texts),
      `  ${callerText(each.request)} -> ${targetText(each.request)} ${requestText(each.request)}`,
      ...each.failures.map(
        ({ what, expected, got }) => `  ✗ ${what}: expected ${expected}, got ${got}`,
      ),
    ]);
}

function headline(suite: string, each: CaseResult, texts: Texts): string {
  if (!texts.texts.has(each.at.file)) return "the request:"; // of the command line
  return `${positionText(each.at, texts)}: ${suite}: ${titleOf(each)}`;
}

/** The test, and the case where it has a name. */
export function titleOf({ test, name }: CaseResult): string {
  return name === undefined ? test : `${test}: ${name}`;
}
