import { noteTexts } from "../../model/note.ts";
import type { Check } from "../check.ts";
import { fromNotes } from "../from-notes.ts";

/** A dry-run CUSTOM policy denies or does nothing (az:DRY-6). */
export const dryRunCustom: Check = fromNotes({
  code: "dry-run/custom",
  title: "a CUSTOM policy cannot be tried",
  why: "The annotation istio.io/dry-run has no meaning for CUSTOM: from 1.30 on requests that match are denied without asking the provider, before that the policy does nothing.",
  notes: ["dry-run-custom", "dry-run-custom-ignored"],
  say: ({ note }) => ({ message: noteTexts[note.because] }),
  evidence: ({ note }) => ({
    kind: "proof",
    because: `istiod of this release: ${noteTexts[note.because]}`,
  }),
});
