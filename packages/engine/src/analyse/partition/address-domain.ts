import { addressText, parseAddress } from "../../match/address.ts";
import type { Block, Domain, Shape } from "./domain.ts";

/** Neighbouring addresses of one class. */
interface Segment extends Block {
  readonly number: number;
}

/** Addresses of IPv4 that are written as IPv6 ones: proxies disagree about them. */
const mapped: Block = {
  family: 6,
  low: `${"0".repeat(20)}ffff${"0".repeat(8)}`,
  high: `${"0".repeat(20)}${"f".repeat(12)}`,
};

/** All addresses of both families, cut at the edges of blocks: a class is a block without the blocks in it. */
export function addressDomain(
  name: string,
  shapes: readonly Shape[],
  seeds: readonly string[],
): Domain {
  const blocks = [...shapes.flatMap(({ block }) => block ?? []), mapped];
  const { segments, values } = numbered([...cut(4, blocks), ...cut(6, blocks)]);
  const classOf = (value: string | undefined): number => find(segments, value);
  const better = [...values];
  for (const seed of seeds) {
    const found = classOf(seed);
    if (found >= 0) better[found] = seed;
  }
  return {
    name,
    list: false,
    optional: false,
    size: better.length,
    shapes,
    classes: new Map(shapes.map(({ key, block }) => [key, inside(segments, block)])),
    values: better,
    literal: [],
    classify: classOf,
  };
}

/** Pieces with the same innermost block are one class. */
function numbered(pieces: readonly Piece[]): {
  readonly segments: readonly Segment[];
  readonly values: readonly string[];
} {
  const segments: Segment[] = [];
  const values: string[] = [];
  const numbers = new Map<string, number>();
  for (const { block, within } of pieces) {
    if (isMapped(block)) continue;
    const key = `${block.family}:${within?.low ?? ""}:${within?.high ?? ""}`;
    const number = numbers.get(key) ?? values.length;
    if (number === values.length) {
      numbers.set(key, number);
      values.push(believable(block));
    }
    segments.push({ ...block, number });
  }
  return { segments, values };
}

function isMapped({ family, low, high }: Block): boolean {
  return family === 6 && low >= mapped.low && high <= mapped.high;
}

interface Piece {
  readonly block: Block;
  readonly within?: Block; // the innermost block around it
}

/** Blocks lie in each other or apart. */
function cut(family: 4 | 6, blocks: readonly Block[]): readonly Piece[] {
  const width = family === 4 ? 8 : 32;
  const top = "f".repeat(width);
  const own = blocks.filter((block) => block.family === family).toSorted(byStart);
  const edges = new Set(["0".repeat(width)]);
  for (const { low, high } of own) {
    edges.add(low);
    if (high < top) edges.add(shift(high, 1n));
  }
  const starts = [...edges].sort();
  const open: Block[] = [];
  let next = 0;
  return starts.map((low, index) => {
    while ((open.at(-1)?.high ?? top) < low) open.pop();
    for (let block = own[next]; block?.low === low; block = own[next]) {
      open.push(block);
      next += 1;
    }
    const following = starts[index + 1];
    const high = following === undefined ? top : shift(following, -1n);
    const around = open.at(-1);
    return { block: { family, low, high }, ...(around ? { within: around } : {}) };
  });
}

function byStart(a: Block, b: Block): number {
  if (a.low !== b.low) return a.low < b.low ? -1 : 1;
  return a.high > b.high ? -1 : a.high < b.high ? 1 : 0;
}

function shift(hex: string, by: bigint): string {
  return (BigInt(`0x${hex}`) + by).toString(16).padStart(hex.length, "0");
}

/** The address after the network's own, if there is one. */
function believable({ family, low, high }: Block): string {
  return addressText({ family, value: low === high ? low : shift(low, 1n) });
}

/** The number of the segment that an address is in. */
function find(segments: readonly Segment[], value: string | undefined): number {
  const address = value === undefined ? undefined : parseAddress(value);
  if (!address) return -1;
  const at = startingFrom(segments, address.family, address.value);
  const isStart = segments[at]?.family === address.family && segments[at]?.low === address.value;
  const found = segments[isStart ? at : at - 1];
  if (found?.family !== address.family) return -1;
  return found.low <= address.value && address.value <= found.high ? found.number : -1;
}

/** Where the segments begin that start at an address or later. */
function startingFrom(segments: readonly Segment[], family: 4 | 6, start: string): number {
  let low = 0;
  for (let high = segments.length; low < high; ) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (segment && (segment.family < family || (segment.family === family && segment.low < start)))
      low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Blocks begin and end where segments do: those of one lie in a row. */
function inside(segments: readonly Segment[], block: Block | undefined): readonly number[] {
  if (!block) return [];
  const found = new Set<number>();
  for (let at = startingFrom(segments, block.family, block.low); ; at += 1) {
    const segment = segments[at];
    if (segment?.family !== block.family || segment.high > block.high) break;
    found.add(segment.number);
  }
  return [...found].sort((a, b) => a - b);
}
