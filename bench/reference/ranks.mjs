import { blockOf, patternOf } from "../work/conjunctions.mjs";

/** Above every rank. */
export const end = 0x7fffffff;

export function upperBound(sorted, x, from = 0, to = sorted.length) {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

const reversed = (text) => [...text].reverse().join("");

/** The number of the longest text that a value starts with (ends with: `back`); 0: none. */
function trie(entries, back) {
  const nodes = [];
  const build = (list, from) => {
    const [first, number] = list[0];
    const [last] = list.at(-1);
    let to = from;
    while (to < first.length && first.charCodeAt(to) === last.charCodeAt(to)) to += 1;
    const own = first.length === to ? number : 0;
    const children = new Map();
    for (const entry of own === 0 ? list : list.slice(1)) {
      const code = entry[0].charCodeAt(to);
      children.set(code, [...(children.get(code) ?? []), entry]);
    }
    const node = nodes.length;
    nodes.push(to - from, own, children.size);
    for (let at = from; at < to; at += 1) nodes.push(first.charCodeAt(at));
    const keys = nodes.length;
    nodes.push(...children.keys(), ...Array.from(children, () => 0));
    for (const [index, below] of [...children.values()].entries())
      nodes[keys + children.size + index] = build(below, to + 1);
    return node;
  };
  if (entries.length === 0) return undefined;
  build(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    0,
  );
  const cells = Int32Array.from(nodes);
  return (value) => walk(cells, value, back);
}

function walk(nodes, value, back) {
  const { length } = value;
  let node = 0;
  let read = 0;
  let best = 0;
  for (;;) {
    const stop = node + 3 + nodes[node];
    const number = nodes[node + 1];
    const children = nodes[node + 2];
    if (read + nodes[node] > length) return best;
    for (node += 3; node < stop; node += 1, read += 1)
      if (nodes[node] !== value.charCodeAt(back ? length - 1 - read : read)) return best;
    if (number !== 0) best = number;
    if (children === 0 || read >= length) return best;
    const code = value.charCodeAt(back ? length - 1 - read : read);
    let low = node;
    let high = node + children;
    if (children > 8) {
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (nodes[middle] < code) low = middle + 1;
        else high = middle;
      }
      high = node + children;
    } else while (low < high && nodes[low] !== code) low += 1;
    if (low === high || nodes[low] !== code) return best;
    node = nodes[low + children];
    read += 1;
  }
}

const mix = (hash, code) => Math.imul(hash ^ code, 0x01000193);

/** The index of a text, or -1: told apart by length and up to four characters; larger sets by a `Map`. */
function table(texts) {
  const chosen = texts.length <= 4096 ? choose(texts) : undefined;
  if (chosen === undefined) {
    const map = new Map(texts.map((text, index) => [text, index]));
    return (value) => map.get(value) ?? -1;
  }
  const { places, slots, mask } = chosen;
  const [p0 = -1, p1 = -1, p2 = -1, p3 = -1] = places;
  const slotOf = (value) => {
    const last = value.length - 1;
    let hash = Math.imul(last, 0x9e3779b1);
    if (p0 >= 0 && p0 <= last) hash = mix(hash, value.charCodeAt(last - p0));
    if (p1 >= 0 && p1 <= last) hash = mix(hash, value.charCodeAt(last - p1));
    if (p2 >= 0 && p2 <= last) hash = mix(hash, value.charCodeAt(last - p2));
    if (p3 >= 0 && p3 <= last) hash = mix(hash, value.charCodeAt(last - p3));
    return (hash ^ (hash >>> 13)) & mask;
  };
  for (const [index, text] of texts.entries()) {
    let slot = slotOf(text);
    while (slots[slot] >= 0) slot = (slot + 1) & mask;
    slots[slot] = index;
  }
  return (value) => {
    for (let slot = slotOf(value); slots[slot] >= 0; slot = (slot + 1) & mask)
      if (texts[slots[slot]] === value) return slots[slot];
    return -1;
  };
}

function choose(texts) {
  const code = (text, place) =>
    place < text.length ? text.charCodeAt(text.length - 1 - place) : 0;
  const longest = Math.min(64, Math.max(0, ...texts.map(({ length }) => length)));
  const places = [];
  let keys = texts.map(({ length }) => `${length}`);
  for (let groups = new Set(keys).size; groups < texts.length && places.length < 4; ) {
    let best;
    for (let place = 0; place < longest; place += 1) {
      const made = texts.map((text, index) => `${keys[index]},${code(text, place)}`);
      const size = new Set(made).size;
      if (size > (best?.size ?? groups)) best = { place, made, size };
    }
    if (best === undefined) break;
    places.push(best.place);
    keys = best.made;
    groups = best.size;
  }
  let size = 8;
  while (size < texts.length * 4) size *= 2;
  return { places, slots: new Int32Array(size).fill(-1), mask: size - 1 };
}

/** Numbers in the order of a trie: a beginning gets the range of everything that goes on from it. */
function numbered(starts, exacts) {
  const items = [
    ...[...starts].map((text) => ({ text, open: 1 })),
    ...[...exacts].map((text) => ({ text, open: 0 })),
  ].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : b.open - a.open));
  const open = new Map();
  const exact = new Map();
  const stack = [];
  let next = 2;
  const close = (text) => {
    while (stack.length > 0 && !text?.startsWith(stack.at(-1).text)) {
      const { text: closed, low } = stack.pop();
      open.set(closed, [low, next]);
    }
  };
  for (const { text, open: isOpen } of items) {
    close(text);
    if (isOpen) stack.push({ text, low: next });
    else exact.set(text, next);
    next += 1;
  }
  close(undefined);
  return { open, exact, size: next };
}

/** Ranks of texts: 0 for the empty one, 1 for what no pattern tells from others. */
export function textRanks(values) {
  const by = { exact: new Set(), prefix: new Set(), suffix: new Set(), present: new Set() };
  for (const value of values) {
    const { kind, text } = patternOf(value);
    by[kind].add(text);
  }
  const ahead = numbered(by.prefix, by.exact);
  const behind = numbered(new Set([...by.suffix].map(reversed)), new Set());
  const find = table([...ahead.exact.keys()]);
  const ranks = Int32Array.from(ahead.exact.values());
  const starts = trie(
    [...ahead.open].map(([text, [low]]) => [text, low]),
    false,
  );
  const ends = trie(
    [...behind.open].map(([text, [low]]) => [text, low]),
    true,
  );
  return {
    size: Math.max(ahead.size, behind.size),
    rank: (value) => {
      const index = find(value);
      if (index >= 0) return ranks[index];
      const start = starts === undefined ? 0 : starts(value);
      return start !== 0 ? start : value === "" ? 0 : 1;
    },
    reverseRank: (value) => (ends === undefined ? 1 : ends(value) || 1),
    range: (value) => {
      const { kind, text } = patternOf(value);
      if (kind === "present") return { back: false, range: [1, end] };
      if (kind === "prefix") return { back: false, range: ahead.open.get(text) };
      if (kind === "suffix") return { back: true, range: behind.open.get(reversed(text)) };
      const rank = ahead.exact.get(text);
      return { back: false, range: [rank, rank + 1] };
    },
  };
}

/** Ranks of addresses: between which ends of blocks they lie. */
export function addressRanks(blocks) {
  const bounds = Float64Array.from(
    new Set(blocks.flatMap((block) => [blockOf(block).low, blockOf(block).high + 1])),
  ).sort();
  const pages = Int32Array.from({ length: 65_537 }, (_, page) =>
    upperBound(bounds, page * 65_536 - 1),
  );
  return {
    size: bounds.length + 1,
    rank: (text) => {
      let address = 0;
      let octet = 0;
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (code === 46) {
          address = (address << 8) | octet;
          octet = 0;
        } else octet = octet * 10 + code - 48;
      }
      address = ((address << 8) | octet) >>> 0;
      const page = address >>> 16;
      return upperBound(bounds, address, pages[page], pages[page + 1]);
    },
    range: (block) => {
      const { low, high } = blockOf(block);
      return { back: false, range: [upperBound(bounds, low), upperBound(bounds, high + 1)] };
    },
  };
}

/** Ranks of ports. */
export function portRanks(ports) {
  const known = new Map([...new Set(ports)].map((port, index) => [Number(port), index + 1]));
  return {
    size: known.size + 1,
    rank: (port) => known.get(port) ?? 0,
    range: (port) => ({
      back: false,
      range: [known.get(Number(port)), known.get(Number(port)) + 1],
    }),
  };
}
