import { noteTexts } from "../../model/note.ts";
import type { Check } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import { pointsText } from "../words.ts";

/** A dry run that the data plane does not know (ctx:T17, ctx:T98). */
export const dryRunIgnored: Check = fromNotes({
  code: "dry-run/ignored",
  title: "a dry run that tries nothing, or that is enforced",
  why: "ztunnel is told of dry runs only where AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY is on: otherwise nothing is logged. A gRPC server without a proxy enforces the policy.",
  notes: ["ztunnel-dry-run-off", "proxyless-dry-run"],
  say: ({ note, points }) => ({ message: `${noteTexts[note.because]}, at ${pointsText(points)}` }),
  evidence: ({ note }) => ({ kind: "proof", because: noteTexts[note.because] }),
});
