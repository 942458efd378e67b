import type { Check } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import { getsThrough } from "../unenforced.ts";
import { pointsText } from "../words.ts";

/** `selector: {}` selects nothing in ambient (ctx:T13). */
export const ambientEmptySelector: Check = fromNotes({
  code: "ambient/empty-selector",
  title: "an empty selector selects nothing in ambient",
  why: "A sidecar takes `selector: {}` for every workload; istiod attaches such a policy to no workload of ambient. Leave the selector out to mean all.",
  notes: ["ztunnel-empty-selector"],
  say: ({ points }) => ({
    message: `the empty selector attaches the policy to no ambient workload: it does nothing at ${pointsText(points)}`,
    hint: "leave the selector out",
  }),
  evidence: ({ note, points }, scene) => {
    const policy = scene.authorization(note.at.resource);
    return policy && getsThrough(scene, policy, points);
  },
});
