import { end, upperBound } from "./ranks.mjs";

/** All bits, how many steps; for each how many rows; for each its slot, then masks by rank, or cuts and masks. */
export function putMasks(cells, conjunctions, sizeOf) {
  const start = cells.length;
  const all = conjunctions.length === 32 ? -1 : (1 << conjunctions.length) - 1;
  const steps = new Map();
  for (const [index, clauses] of conjunctions.entries())
    for (const { slot, negated, ranges } of clauses) {
      const own = [...new Set(ranges.map((range) => range.slot))];
      const parts = negated
        ? own.map((one) => ranges.filter((range) => range.slot === one))
        : [ranges];
      for (const part of parts) {
        let layer = 0;
        while (((steps.get(`${slot} ${layer}`)?.bits ?? 0) & (1 << index)) !== 0) layer += 1;
        const step = steps.get(`${slot} ${layer}`) ?? { bits: 0, items: [] };
        step.bits |= 1 << index;
        step.items.push({ bit: 1 << index, negated, ranges: part });
        steps.set(`${slot} ${layer}`, step);
      }
    }
  cells.push(all, steps.size);
  for (const { items, bits } of steps.values()) {
    const rows = [...new Set(items.flatMap(({ ranges }) => ranges.map(({ slot }) => slot)))];
    cells.push(rows.length);
    for (const [row, slot] of rows.entries())
      putRow(cells, slot, items, row === 0 ? all & ~bits : 0, sizeOf(slot));
  }
  return start;
}

function putRow(cells, slot, items, rest, size) {
  const own = items
    .map((item) => ({ ...item, ranges: item.ranges.filter((range) => range.slot === slot) }))
    .filter(({ ranges }) => ranges.length > 0);
  const cuts = [
    ...new Set([0, ...own.flatMap(({ ranges }) => ranges.flatMap(({ low, high }) => [low, high]))]),
  ]
    .filter((cut) => cut < end)
    .sort((a, b) => a - b);
  const masks = new Int32Array(cuts.length).fill(rest);
  for (const { bit, negated, ranges } of own)
    for (let index = 0; index < cuts.length; index += 1) {
      const inside = ranges.some(({ low, high }) => low <= cuts[index] && cuts[index] < high);
      if (inside !== negated) masks[index] |= bit;
    }
  cells.push(slot);
  if (size > 4 * cuts.length + 32) {
    cells.push(-cuts.length, ...cuts, ...masks);
    return;
  }
  cells.push(size);
  for (let rank = 0; rank < size; rank += 1) cells.push(masks[upperBound(cuts, rank) - 1]);
}

/** The first conjunction whose bit stands in the end; -1: none. */
export function byMasks(cells, start, ranks) {
  let at = start + 2;
  let standing = cells[start];
  for (let steps = cells[start + 1]; steps > 0; steps -= 1) {
    let step = 0;
    let rows = cells[at];
    for (at += 1; rows > 0; rows -= 1) {
      const rank = ranks[cells[at]];
      const size = cells[at + 1];
      at += 2;
      if (size >= 0) {
        step |= cells[at + rank];
        at += size;
      } else {
        step |= cells[upperBound(cells, rank, at, at - size) - 1 - size];
        at -= 2 * size;
      }
    }
    standing &= step;
    if (standing === 0) return -1;
  }
  return standing === 0 ? -1 : 31 - Math.clz32(standing & -standing);
}
