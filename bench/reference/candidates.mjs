import { end, upperBound } from "./ranks.mjs";

const width = ({ negated, ranges }) =>
  negated ? end : ranges.reduce((sum, { low, high }) => sum + Math.min(1e6, high - low), 0);

/** How many, where each is, how many not filed, which, how many slots, and for each: slot, next, cuts, starts, files. */
export function putCandidates(cells, conjunctions) {
  const places = conjunctions.map((clauses) => {
    const place = cells.length;
    cells.push(0);
    for (const { negated, ranges } of clauses.toSorted((a, b) => width(a) - width(b))) {
      cells.push((negated ? 1 : 0) | (ranges.length << 1));
      for (const { slot, low, high } of ranges) cells.push(slot, low, high);
    }
    cells[place] = cells.length;
    return place;
  });
  const uses = new Map();
  const keyOf = ({ slot, low }) => slot * 2 ** 32 + low;
  for (const range of conjunctions.flat().flatMap(({ negated, ranges }) => (negated ? [] : ranges)))
    uses.set(keyOf(range), (uses.get(keyOf(range)) ?? 0) + 1);
  const cost = ({ negated, ranges }) =>
    negated
      ? Number.POSITIVE_INFINITY
      : ranges.reduce(
          (sum, range) =>
            sum + uses.get(keyOf(range)) + Math.min(1e6, range.high - range.low) / 100,
          0,
        );
  const bySlot = new Map();
  const unfiled = [];
  for (const [index, clauses] of conjunctions.entries()) {
    const [best] = clauses.toSorted((a, b) => cost(a) - cost(b));
    if (best === undefined || cost(best) > conjunctions.length / 2) unfiled.push(index);
    else
      for (const range of best.ranges)
        bySlot.set(range.slot, [...(bySlot.get(range.slot) ?? []), { ...range, index }]);
  }
  const start = cells.length;
  cells.push(places.length, ...places, unfiled.length, ...unfiled, bySlot.size);
  for (const [slot, ranges] of bySlot) {
    const cuts = [...new Set(ranges.flatMap(({ low, high }) => [low, high]))].sort((a, b) => a - b);
    const covered = cuts.map(() => []);
    for (const { low, high, index } of ranges)
      for (let cut = upperBound(cuts, low) - 1; cuts[cut] < high; cut += 1)
        covered[cut].push(index);
    const next = cells.length + 1;
    cells.push(slot, 0, cuts.length, ...cuts);
    let at = 0;
    cells.push(at);
    for (const { length } of covered) {
      at += length;
      cells.push(at);
    }
    for (const own of covered) cells.push(...own.sort((a, b) => a - b));
    cells[next] = cells.length;
  }
  return start;
}

/** The first candidate that holds; -1: none. */
export function byCandidates(cells, start, ranks) {
  const places = start + 1;
  let best = end;
  let at = places + cells[start];
  let left = cells[at];
  for (at += 1; left > 0; left -= 1, at += 1)
    if (cells[at] < best && holds(cells, cells[places + cells[at]], ranks)) best = cells[at];
  let slots = cells[at];
  for (at += 1; slots > 0; slots -= 1, at = cells[at + 1]) {
    const cuts = at + 3;
    const starts = cuts + cells[at + 2];
    const cut = upperBound(cells, ranks[cells[at]], cuts, starts) - 1 - cuts;
    if (cut < 0) continue;
    const files = starts + cells[at + 2] + 1;
    for (
      let file = files + cells[starts + cut];
      file < files + cells[starts + cut + 1];
      file += 1
    ) {
      if (cells[file] >= best) break;
      if (holds(cells, cells[places + cells[file]], ranks)) {
        best = cells[file];
        break;
      }
    }
  }
  return best === end ? -1 : best;
}

function holds(cells, place, ranks) {
  const stop = cells[place];
  for (let at = place + 1; at < stop; ) {
    const head = cells[at];
    const next = at + 1 + (head >> 1) * 3;
    if (within(cells, at + 1, next, ranks) === ((head & 1) === 1)) return false;
    at = next;
  }
  return true;
}

function within(cells, from, to, ranks) {
  if (to - from > 24 && cells[from] === cells[to - 3]) {
    const rank = ranks[cells[from]];
    let low = 0;
    let high = (to - from) / 3;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cells[from + middle * 3 + 1] <= rank) low = middle + 1;
      else high = middle;
    }
    return low > 0 && rank < cells[from + low * 3 - 1];
  }
  for (let at = from; at < to; at += 3) {
    const rank = ranks[cells[at]];
    if (rank >= cells[at + 1] && rank < cells[at + 2]) return true;
  }
  return false;
}
