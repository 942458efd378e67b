import type { MeshDiff, PointDiff } from "./api.ts";

/** What differences come to. */
export function resultOf(diffs: readonly PointDiff[]): MeshDiff["result"] {
  const kindsThere = new Set(diffs.flatMap(({ changes }) => changes.map(({ kind }) => kind)));
  const wider = kindsThere.has("newly-allowed");
  const narrower = kindsThere.has("newly-denied");
  if (wider && narrower) return "both";
  if (wider || narrower) return wider ? "wider" : "narrower";
  if (diffs.some(({ undecided }) => undecided.length > 0)) return "undecided";
  return kindsThere.has("changed-status") ? "status" : "same";
}
