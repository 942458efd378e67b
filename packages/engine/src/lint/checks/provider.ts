import { noteTexts } from "../../model/note.ts";
import { httpRules } from "../as-meant.ts";
import type { Check } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import { requestOf } from "../request-of.ts";
import { sampleOf } from "../sample.ts";
import { deniesBy, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** A CUSTOM policy whose provider cannot be asked denies what it matches (az:CUS-1, az:CUS-2). */
export const provider: Check = fromNotes({
  code: "custom/provider",
  title: "a CUSTOM policy denies everything that it matches",
  why: "istiod cannot ask the extension provider: it is not declared in the mesh config, cannot be used, or policies of several providers meet at one workload. What the rules match is answered with 403, whatever the provider would have said.",
  notes: ["no-provider", "unusable-provider", "several-providers"],
  say: ({ note, points }) => ({
    message: `${noteTexts[note.because]}, at ${pointsText(points)}`,
  }),
  evidence: ({ note, points }, { mesh, authorization }) => {
    const policy = authorization(note.at.resource);
    const rules = policy === undefined ? [] : httpRules(mesh, policy);
    for (const rule of rules)
      for (const point of points.slice(0, 2)) {
        const sample = sampleOf(mesh, rule);
        const request = sample && requestOf(mesh, point, sample);
        const found = request && witnessed(mesh, [{ request, wants: deniesBy("custom", "deny") }]);
        if (found !== undefined) return found;
      }
    return undefined;
  },
});
