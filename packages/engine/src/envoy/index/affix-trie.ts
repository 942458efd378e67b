/** A text in reading direction with the number it stands for (above 0). */
type Entry = readonly [text: string, value: number];

/**
 * Texts, each with a number, as a path-compressed trie in one array: to find the longest that a value starts with. A node is:
 * length of its label, its number (0: none), how many children; then the label, the first characters of the children in order,
 * and where the children are. Undefined: there are no texts.
 */
export type AffixTrie = Int32Array | undefined;

/** The trie of some texts. For ends of values they are written backwards. */
export function affixTrie(entries: readonly Entry[]): AffixTrie {
  if (entries.length === 0) return undefined;
  const cells: number[] = [];
  build(
    cells,
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    0,
  );
  return Int32Array.from(cells);
}

/** Adds the node of entries that are equal before `from`; gives its place. */
function build(cells: number[], entries: readonly Entry[], from: number): number {
  const [first = ""] = entries[0] ?? [];
  const [last = ""] = entries.at(-1) ?? [];
  let to = from;
  while (to < first.length && first.charCodeAt(to) === last.charCodeAt(to)) to += 1;
  const own = first.length === to ? (entries[0]?.[1] ?? 0) : 0;
  const children = byCharacter(own === 0 ? entries : entries.slice(1), to);
  const node = cells.length;
  cells.push(to - from, own, children.size);
  for (let at = from; at < to; at += 1) cells.push(first.charCodeAt(at));
  const keys = cells.length;
  for (const key of children.keys()) cells.push(key);
  for (const _ of children) cells.push(0);
  for (const [index, below] of [...children.values()].entries())
    cells[keys + children.size + index] = build(cells, below, to + 1);
  return node;
}

function byCharacter(entries: readonly Entry[], at: number): ReadonlyMap<number, Entry[]> {
  const groups = new Map<number, Entry[]>();
  for (const entry of entries) {
    const code = entry[0].charCodeAt(at);
    const group = groups.get(code);
    if (group) group.push(entry);
    else groups.set(code, [entry]);
  }
  return groups;
}

/** The number of the longest text that a value starts with; 0: none. */
export function longestStart(nodes: Int32Array, value: string): number {
  let best = 0;
  let node = 0;
  let read = 0;
  for (;;) {
    const label = nodes[node] ?? 0;
    if (!isAt(nodes, node + 3, label, value, read)) return best;
    best = nodes[node + 1] || best;
    read += label;
    if (read >= value.length) return best;
    const children = nodes[node + 2] ?? 0;
    const key = child(nodes, node + 3 + label, children, value.charCodeAt(read));
    if (key < 0) return best;
    node = nodes[key + children] ?? 0;
    read += 1;
  }
}

/** Whether a label stands in a value from a place on. */
function isAt(nodes: Int32Array, from: number, label: number, value: string, at: number): boolean {
  if (at + label > value.length) return false;
  for (let index = 0; index < label; index += 1)
    if (nodes[from + index] !== value.charCodeAt(at + index)) return false;
  return true;
}

/** The number of the longest text, written backwards, that a value ends with; 0: none. */
export function longestEnd(nodes: Int32Array, value: string): number {
  let best = 0;
  let node = 0;
  let left = value.length;
  for (;;) {
    const label = nodes[node] ?? 0;
    if (!isBefore(nodes, node + 3, label, value, left)) return best;
    best = nodes[node + 1] || best;
    left -= label;
    if (left <= 0) return best;
    const children = nodes[node + 2] ?? 0;
    const key = child(nodes, node + 3 + label, children, value.charCodeAt(left - 1));
    if (key < 0) return best;
    node = nodes[key + children] ?? 0;
    left -= 1;
  }
}

/** Whether a label stands in a value, backwards, before a place. */
function isBefore(
  nodes: Int32Array,
  from: number,
  label: number,
  value: string,
  before: number,
): boolean {
  if (label > before) return false;
  for (let index = 0; index < label; index += 1)
    if (nodes[from + index] !== value.charCodeAt(before - 1 - index)) return false;
  return true;
}

/** Where the key of the child that goes on with a character is; -1: nowhere. */
function child(nodes: Int32Array, keys: number, count: number, code: number): number {
  let low = keys;
  let high = keys + count;
  if (count > 8) {
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((nodes[middle] ?? 0) < code) low = middle + 1;
      else high = middle;
    }
    high = keys + count;
  } else while (low < high && nodes[low] !== code) low += 1;
  return low < high && nodes[low] === code ? low : -1;
}
