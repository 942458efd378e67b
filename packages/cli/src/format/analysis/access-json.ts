import type { Mesh } from "@meshproof/engine";
import type { Access } from "@meshproof/engine/analyse";
import type { Texts } from "../position.ts";
import { regionJson } from "./diff-json.ts";

/** Answers about access for programs: `docs/cli.md` describes it; fields are added, never changed. */
export function accessJson(answers: readonly Access[], mesh: Mesh, texts: Texts): string {
  const document = {
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "AccessResult",
    answers: answers.map(({ points, regions, ...answer }) => ({
      points: points.map(({ name }) => name),
      ...answer,
      regions: regions.map((region) => regionJson(region, mesh, texts)),
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
