import type { Finding } from "@meshproof/engine";
import type { Proof } from "@meshproof/engine/analyse";
import type { Proved } from "../../analysis/prove-document.ts";
import { github } from "../../reporters/github.ts";
import { junit } from "../../reporters/junit.ts";
import { markdown } from "../../reporters/markdown.ts";
import type { Outcome, Reporter } from "../../reporters/outcome.ts";
import { formatFinding } from "../finding.ts";
import { positionOf, type Texts } from "../position.ts";
import { inColumns } from "../trace-lines.ts";
import { pointsText } from "./places.ts";
import { invariantsOf, isMet, proofLines } from "./prove-text.ts";

const reporters: Readonly<Record<string, Reporter>> = { junit, markdown, github };

/** Proofs as tests are reported: an invariant that is undecided, or about nobody, fails. */
export function proveReport(
  proved: readonly Proved[],
  texts: Texts,
  { format, errors }: { readonly format: string; readonly errors: readonly Finding[] },
): string {
  const outcomes = proved.flatMap((each) =>
    invariantsOf(each.proofs).map((group) => outcomeOf(group, each, texts)),
  );
  const broken = errors.map((error) => formatFinding(error, texts));
  return reporters[format]?.({ outcomes, errors: broken }) ?? "";
}

function outcomeOf(group: readonly Proof[], proved: Proved, texts: Texts): Outcome {
  const failing = group.filter((proof) => !isMet(proof));
  const points = group.flatMap((proof) => proof.points);
  const lines = failing.flatMap((proof) => proofLines(proof, proved, { texts, verbose: false }));
  const { document, invariants } = proved.document;
  const name = group[0]?.invariant.name ?? "";
  const index = invariants.spec.invariants.findIndex((stated) => stated.name === name);
  return {
    suite: proved.name,
    file: document.file,
    title: name,
    asked: points.length === 0 ? "nobody" : pointsText(points),
    at: () => positionOf(document.locate(["spec", "invariants", index]), texts),
    state: failing.length === 0 ? "passed" : "failed",
    why: inColumns(lines, unbroken).map((line) =>
      line
        .trim()
        .replace(/^[✗?] /, "")
        .replace(`${name}: `, ""),
    ),
  };
}

/** No line of a report is broken. */
const unbroken = 1_000_000;
