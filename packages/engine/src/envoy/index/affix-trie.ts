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

/**
 * What stands where in the cells of a node. `open`: the number of the longest beginning that is a part of it; `whole`: of a value that is
 * all of it; `text`: where it stands in `bytes`. Then where the children are (0: none), by the low bits (`mask`) of the byte after it.
 */
const cell = { length: 0, mask: 1, parent: 2, open: 3, whole: 4, text: 5, children: 6 } as const;

/** The tree of some beginnings and whole texts with numbers above 0. To read values from the back, texts are written backwards. */
export function affixTrie(
  open: ReadonlyMap<string, number>,
  whole: ReadonlyMap<string, number>,
  step: 1 | -1 = 1,
): AffixTrie {
  const texts = [...new Set([...open.keys(), ...whole.keys()])].sort((a, b) => (a < b ? -1 : 1));
  const making: Making = { open, whole, texts, nodes: [], bytes: [] };
  const waiting: Below[] = [{ from: 0, to: texts.length, parent: -1, link: -1, longest: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop())
    for (const child of putNode(making, next)) waiting.push(child);
  return { nodes: Int32Array.from(making.nodes), bytes: Uint16Array.from(making.bytes), step };
}

interface Making {
  readonly open: ReadonlyMap<string, number>;
  readonly whole: ReadonlyMap<string, number>;
  readonly texts: readonly string[]; // sorted
  readonly nodes: number[];
  readonly bytes: number[];
}

/** Texts of which a node is to be made. */
interface Below {
  readonly from: number;
  readonly to: number;
  readonly parent: number; // -1: none
  readonly link: number; // the cell that leads to it; -1: none
  readonly longest: number; // the number of the longest beginning that its texts go on from
}

/** Puts a node. What is below it comes last first: its first text stands for this node, too, and has to be put next. */
function putNode(
  { open, whole, texts, nodes, bytes }: Making,
  { from, to, parent, link, ...before }: Below,
): readonly Below[] {
  const node = nodes.length;
  if (link >= 0) nodes[link] = node;
  const first = texts[from] ?? "";
  const length = commonLength(first, texts[to - 1] ?? "", nodes[parent] ?? 0);
  const isText = length === first.length;
  const longest = (isText && open.get(first)) || before.longest;
  const groups = groupsOf(texts, isText ? from + 1 : from, to, length);
  const mask = maskOf(groups.map(({ byte }) => byte));
  nodes.push(length, mask, parent, longest, (isText && whole.get(first)) || longest, bytes.length);
  for (let at = 0; at <= mask; at += 1) nodes.push(0);
  if (groups.length === 0) putCodes(bytes, first);
  return groups.reverse().map((group) => ({
    ...{ from: group.from, to: group.to, parent: node, longest },
    link: node + cell.children + (group.byte & mask),
  }));
}

function putCodes(bytes: number[], text: string): void {
  for (let at = 0; at < text.length; at += 1) bytes.push(text.charCodeAt(at));
}

/** How long two texts are the same, which they are up to somewhere; with them all that are sorted between. */
function commonLength(first: string, last: string, from: number): number {
  let length = from;
  while (length < first.length && first.charCodeAt(length) === last.charCodeAt(length)) length += 1;
  return length;
}

interface ByteGroup {
  readonly byte: number;
  readonly from: number;
  to: number;
}

/** Sorted texts by the byte at a place. */
function groupsOf(texts: readonly string[], from: number, to: number, at: number): ByteGroup[] {
  const groups: ByteGroup[] = [];
  for (let index = from; index < to; index += 1) {
    const byte = texts[index]?.charCodeAt(at) ?? 0;
    const last = groups.at(-1);
    if (last?.byte === byte) last.to = index + 1;
    else groups.push({ byte, from: index, to: index + 1 });
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
