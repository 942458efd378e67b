import type { Mesh } from "@meshproof/engine";
import type { MeshDiff, Region } from "@meshproof/engine/analyse";
import { ruleJson } from "../json.ts";
import type { Texts } from "../position.ts";
import type { Compared } from "./places.ts";

/** A comparison for programs: `docs/cli.md` describes it; fields are added, never changed. */
export function diffJson(found: MeshDiff, { names, meshes, texts }: Compared): string {
  const document = {
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "DiffResult",
    before: names[0],
    after: names[1],
    result: found.result,
    points: found.points,
    made: found.made,
    cut: found.cut,
    diffs: found.diffs.map(({ points, only, changes, undecided }) => ({
      points: points.map(({ name }) => name),
      only,
      changes: changes.map(({ kind, protocol, regions, complete }) => ({
        kind,
        protocol,
        regions: regions.map((region) => regionJson(region, meshes[1], texts)),
        complete,
      })),
      undecided,
    })),
    assumptions: found.assumptions,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** A region with its witness, a request in the vocabulary of suites. */
export function regionJson({ terms, text, witness }: Region, mesh: Mesh, texts: Texts): object {
  const { request, claims, looked, statuses, by } = witness;
  return {
    text,
    terms,
    witness: {
      request,
      claims,
      looked,
      statuses,
      by: by.map((rule) => ruleJson(rule, mesh, texts)),
    },
  };
}
