import type { Proved } from "../../analysis/prove-document.ts";
import type { Texts } from "../position.ts";
import { regionJson } from "./diff-json.ts";

/** Proofs for programs: `docs/cli.md` describes it; fields are added, never changed. */
export function proveJson(proved: readonly Proved[], texts: Texts): string {
  const document = {
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "ProveResult",
    proofs: proved.flatMap((each) => proofsJson(each, texts)),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function proofsJson({ name, mesh, proofs }: Proved, texts: Texts): readonly object[] {
  return proofs.map(
    ({ invariant, points, through, result, early, violations, undecided, assumptions }) => ({
      invariants: name,
      name: invariant.name,
      points: points.map((point) => point.name),
      ...(through === undefined ? {} : { through: through.name }),
      result,
      ...(early === undefined ? {} : { early }),
      violations: violations.map(({ protocol, regions, complete }) => ({
        protocol,
        regions: mesh === undefined ? [] : regions.map((region) => regionJson(region, mesh, texts)),
        complete,
      })),
      undecided,
      assumptions,
    }),
  );
}
