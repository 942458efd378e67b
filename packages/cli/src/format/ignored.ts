import { type Mesh, type Note, noteTexts } from "@meshproof/engine";
import { type CaseResult, policyName } from "@meshproof/testkit";
import { placeText, type Texts } from "./position.ts";

/** What istiod left out or changed on the way to these verdicts, each thing once. */
export function ignoredLines(
  cases: readonly CaseResult[],
  mesh: Mesh,
  { texts, all }: { readonly texts: Texts; readonly all: boolean },
): readonly string[] {
  const hops = cases
    .flatMap(({ verdict }) => verdict?.branches ?? [])
    .flatMap(({ hops: each }) => each);
  const notes = hops.flatMap((hop) => hop.notes).filter((note) => all || concerns(note));
  return [...new Set(notes.map((note) => noteLine(note, mesh, texts)))];
}

/** That a policy is about other workloads is no news. */
function concerns({ kind }: Note): boolean {
  return kind !== "policy-not-bound";
}

function noteLine({ kind, because, at, effect }: Note, mesh: Mesh, texts: Texts): string {
  const place = placeText(at, mesh, texts);
  const text = noteTexts[because];
  const access = effect === "none" ? "" : ` (access is ${effect})`;
  const where = place === undefined ? "" : `  ${place}`;
  const what = kind === "value-rewritten" ? "changed" : "ignored";
  return `${what}: ${policyName(at.resource)}: ${text}${access}${where}`;
}
