import type { NoteCode } from "../model/note.ts";
import type { Check, Evidence, Found } from "./check.ts";
import { type Noted, notedAs } from "./notes.ts";
import type { Scene } from "./scene.ts";

/** A check that tells of notes of istiod. */
export interface NoteCheck extends Omit<Check, "find"> {
  readonly notes: readonly NoteCode[];
  readonly when?: (noted: Noted, scene: Scene) => boolean;
  readonly say: (
    noted: Noted,
    scene: Scene,
  ) => Pick<Found, "message" | "hint" | "related" | "fix" | "severity">;
  readonly evidence: (noted: Noted, scene: Scene) => Evidence | undefined;
}

/** Each note of some codes, at its place. */
export function fromNotes({ notes, when, say, evidence, ...check }: NoteCheck): Check {
  return {
    ...check,
    find: (scene) =>
      notedAs(scene, ...notes)
        .filter((noted) => when?.(noted, scene) ?? true)
        .map((noted) => ({
          at: noted.note.at,
          ...say(noted, scene),
          evidence: () => evidence(noted, scene),
        })),
  };
}
