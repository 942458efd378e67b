import type { Coverage } from "@meshproof/testkit";
import { positionOf, type Texts } from "../format/position.ts";
import { percentOf } from "./percent.ts";

/** Coverage for machines: every piece with its place, its state and the first test that hangs on it. */
export function coverageJson({ pieces, layers, outcomes }: Coverage, texts: Texts): string {
  const document = {
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "Coverage",
    percent: percentOf(pieces),
    layers,
    outcomes,
    pieces: pieces.map(({ kind, text, policy, path, state, by, at }) => ({
      kind,
      text,
      policy,
      path,
      state,
      by,
      at: positionOf(at, texts),
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
