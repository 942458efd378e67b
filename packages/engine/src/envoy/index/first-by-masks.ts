import type { Classifier } from "./classify.ts";
import { type KnownRequest, noRule, unsure } from "./known-request.ts";
import { headLength } from "./masks.ts";
import { numberAt, rowLength } from "./rows.ts";

/**
 * The first conjunction that holds for a request. The inverse of `compileMasks`; nothing is made on the way. A slot that is not filled
 * has the rank of an earlier request: masks of it are wrong only in bits that do not stand.
 */
export function firstByMasks(
  cells: Int32Array,
  start: number,
  request: KnownRequest,
  classes: Classifier,
): number {
  let standing = cellAt(cells, start);
  const past = start + 2 + headLength * cellAt(cells, start + 1);
  for (let head = start + 2; head < past; head += headLength) {
    const asking = standing & cellAt(cells, head);
    if (asking === 0) continue;
    const single = singleAt(cells, cellAt(cells, head + 1), asking);
    if (single === 0) {
      const at = cellAt(cells, head + 2);
      if (!fillAsked(cells, at, standing, request, classes.classify)) return unsure;
      standing &= leftBy(cells, at + 1 + 2 * cellAt(cells, at), classes.ranks);
    } else if (!classes.matchesPath(request, single)) standing &= ~asking;
    if (standing === 0) return noRule;
  }
  return firstOf(standing);
}

function cellAt(cells: Int32Array, at: number): number {
  return cells[at] ?? 0;
}

function firstOf(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** The single pattern that is asked for; 0: there are several. */
function singleAt(cells: Int32Array, singles: number, asking: number): number {
  if (singles === 0 || (asking & (asking - 1)) !== 0) return 0;
  return cells[singles + 31 - Math.clz32(asking)] ?? 0;
}

/** Fills what conjunctions that still stand ask for. False: the identity is one whose patterns have to be walked. */
function fillAsked(
  cells: Int32Array,
  at: number,
  standing: number,
  request: KnownRequest,
  classify: Classifier["classify"],
): boolean {
  const reads = cells[at] ?? 0;
  if (reads === 1) return classify(request, cells[at + 1] ?? 0); // of one slot all bits of the block ask
  const past = at + 1 + 2 * reads;
  for (let read = at + 1; read < past; read += 2) {
    const asks = (standing & (cells[read + 1] ?? 0)) !== 0;
    if (asks && !classify(request, cells[read] ?? 0)) return false;
  }
  return true;
}

/** Which conjunctions the steps at a place leave standing. */
function leftBy(cells: Int32Array, place: number, ranks: Int32Array): number {
  let left = -1;
  let at = place + 1;
  for (let steps = cells[place] ?? 0; steps > 0; steps -= 1) {
    let step = 0;
    let rows = cells[at] ?? 0;
    for (at += 1; rows > 0; rows -= 1) {
      const size = cells[at + 1] ?? 0;
      step |= numberAt(cells, at + 1, size, ranks[cells[at] ?? 0] ?? 0);
      at += 1 + rowLength(size);
    }
    left &= step;
  }
  return left;
}
