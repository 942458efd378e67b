/**
 * Beginnings (or, from the back, ends) and whole texts of bytes, each with a number, as a tree in one array. A node stands for what
 * all texts below begin with and knows its length; the byte after that tells its children apart, by as many of its low bits as that
 * takes. On the way down only those bytes are looked at; whether the rest is the same is seen at the end, in one go.
 */
export interface AffixTrie {
  readonly nodes: Int32Array;
  readonly bytes: Uint16Array; // texts that others do not go on from
  readonly step: 1 | -1; // which way values are read
}

/** What stands where in the cells of a node; then where the children are (0: none), by the low bits of a byte. */
const cell = { length: 0, mask: 1, parent: 2, open: 3, whole: 4, text: 5, children: 6 } as const;

/** The tree of some beginnings and whole texts with numbers above 0. To read values from the back, texts are written backwards. */
export function affixTrie(
  open: ReadonlyMap<string, number>,
  whole: ReadonlyMap<string, number>,
  step: 1 | -1 = 1,
): AffixTrie {
  const texts = [...new Set([...open.keys(), ...whole.keys()])].sort((a, b) => (a < b ? -1 : 1));
  const nodes: number[] = [];
  const bytes: number[] = [];
  const build = (below: readonly string[], parent: number, best: number): number => {
    const [first = ""] = below;
    const length = commonLength(first, below.at(-1) ?? "");
    const own = first.length === length ? first : undefined;
    const longest = (own !== undefined && open.get(own)) || best;
    const children = byByte(own === undefined ? below : below.slice(1), length);
    const mask = maskOf([...children.keys()]);
    const node = nodes.length;
    nodes.push(length, mask, parent, longest, (own !== undefined && whole.get(own)) || longest);
    nodes.push(bytes.length, ...new Int32Array(mask + 1));
    if (children.size === 0) bytes.push(...codesOf(first));
    for (const [byte, more] of children)
      nodes[node + cell.children + (byte & mask)] = build(more, node, longest);
    return node;
  };
  build(texts, -1, 0);
  return { nodes: Int32Array.from(nodes), bytes: Uint16Array.from(bytes), step };
}

function codesOf(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/** How long two texts are the same; with them all that are sorted between. */
function commonLength(first: string, last: string): number {
  let length = 0;
  while (length < first.length && first.charCodeAt(length) === last.charCodeAt(length)) length += 1;
  return length;
}

function byByte(texts: readonly string[], at: number): ReadonlyMap<number, readonly string[]> {
  const groups = new Map<number, string[]>();
  for (const text of texts) {
    const byte = text.charCodeAt(at);
    const group = groups.get(byte);
    if (group) group.push(text);
    else groups.set(byte, [text]);
  }
  return groups;
}

/** The low bits by which these differ. */
function maskOf(bytes: readonly number[]): number {
  let mask = 0;
  while (new Set(bytes.map((byte) => byte & mask)).size < bytes.length) mask = mask * 2 + 1;
  return mask;
}

/** The number of the text that a value is, else of the longest that it begins with (ends with); 0: there is none. */
export function longestAffix({ nodes, bytes, step }: AffixTrie, value: string): number {
  const { length } = value;
  const first = step === 1 ? 0 : length - 1;
  let node = lowest(nodes, value, first, step);
  let own = nodes[node] ?? 0;
  const text = nodes[node + cell.text] ?? 0;
  const most = Math.min(own, length);
  let same = 0;
  for (let at = first; same < most && bytes[text + same] === value.charCodeAt(at); at += step)
    same += 1;
  for (; own > same; own = nodes[node] ?? 0) {
    node = nodes[node + cell.parent] ?? 0;
    if (node < 0) return 0;
  }
  return nodes[node + (own === length ? cell.whole : cell.open)] ?? 0;
}

/** The node that a value leads to, if all that is not looked at is as in its text. */
function lowest(nodes: Int32Array, value: string, first: number, step: number): number {
  const { length } = value;
  let node = 0;
  for (let own = nodes[0] ?? 0; own < length; own = nodes[node] ?? 0) {
    const low = value.charCodeAt(first + step * own) & (nodes[node + cell.mask] ?? 0);
    const child = nodes[node + cell.children + low] ?? 0;
    if (child === 0) return node;
    node = child;
  }
  return node;
}
