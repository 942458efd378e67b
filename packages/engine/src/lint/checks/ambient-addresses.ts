import { noteTexts } from "../../model/note.ts";
import type { Check } from "../check.ts";
import { fromNotes } from "../from-notes.ts";

/** IPv4-mapped blocks never match at ztunnel. */
export const ambientAddresses: Check = fromNotes({
  code: "ambient/mapped-address",
  title: "an IPv4-mapped block never matches at ztunnel",
  why: "ztunnel turns IPv4-mapped IPv6 addresses into IPv4 before it compares. Write the block as IPv4.",
  notes: ["ztunnel-mapped-address"],
  say: ({ note }) => ({ message: noteTexts[note.because] }),
  evidence: () => ({ kind: "proof", because: "ztunnel:src/socket.rs to_canonical" }),
});
