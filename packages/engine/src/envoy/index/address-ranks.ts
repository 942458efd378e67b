import { parseAddress } from "../../match/address.ts";
import type { Pattern } from "../../model/rule.ts";
import { ordinary } from "./ranks.ts";

type Block = Extract<Pattern, { kind: "cidr" }>;

/** Addresses numbered by the ends of the blocks between which they lie: first those of IPv4, then those of IPv6. */
export interface AddressRanks {
  readonly rank: (text: string) => number;
  readonly range: (block: Block) => readonly [low: number, high: number];
  readonly size: number;
}

/** Numbers the addresses that these blocks tell apart. What is no address is ordinary. */
export function addressRanks(blocks: readonly Block[]): AddressRanks {
  const four = Float64Array.from(
    new Set(blocks.filter(({ family }) => family === 4).flatMap(bounds4)),
  ).sort();
  const six = [
    ...new Set(
      blocks.filter(({ family }) => family === 6).flatMap(({ low, high }) => [low, `${high}~`]),
    ),
  ].sort();
  const pages = pagesOf(four);
  const first4 = ordinary + 1;
  const first6 = first4 + four.length + 1;
  const rank4 = (address: number): number => {
    if (pages === undefined) return first4 + notAbove(four, address, 0, four.length);
    const page = address >>> 16;
    return first4 + notAbove(four, address, pages[page] ?? 0, pages[page + 1] ?? 0);
  };
  const rank6 = (hex: string): number => first6 + textUpperBound(six, hex);
  return {
    rank: (text) => {
      const address = ipv4Number(text);
      if (address >= 0) return rank4(address);
      const parsed = parseAddress(text);
      if (!parsed) return ordinary;
      return parsed.family === 4 ? rank4(Number(`0x${parsed.value}`)) : rank6(parsed.value);
    },
    range: (block) => {
      if (block.family === 6) return [rank6(block.low), rank6(block.high) + 1];
      const [low = 0, past = 0] = bounds4(block);
      return [
        first4 + notAbove(four, low, 0, four.length),
        first4 + notAbove(four, past - 1, 0, four.length) + 1,
      ];
    },
    size: first6 + six.length + 1,
  };
}

/** So few bounds are halved as fast as looked up. */
const few = 64;

/** Where the bounds of each upper half of an address begin. */
function pagesOf(bounds: Float64Array): Int32Array | undefined {
  if (bounds.length <= few) return undefined;
  return Int32Array.from({ length: 65_537 }, (_, page) =>
    notAbove(bounds, page * 65_536 - 1, 0, bounds.length),
  );
}

/** The first address of a block and the first one after it. */
function bounds4({ low, high }: Block): readonly number[] {
  return [Number(`0x${low}`), Number(`0x${high}`) + 1];
}

/** An IPv4 address as a number, nothing made on the way; -1: it is not written the way addresses are, without leading zeros. */
function ipv4Number(text: string): number {
  let address = 0;
  let octet = -1; // no digit yet
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit === dot) {
      if (octet < 0) return -1;
      address = (address << 8) | octet;
      octet = -1;
      dots += 1;
      continue;
    }
    if (digit < 0 || digit > 9 || octet === 0) return -1;
    octet = octet < 0 ? digit : octet * 10 + digit;
    if (octet > 255) return -1;
  }
  return dots === 3 && octet >= 0 ? ((address << 8) | octet) >>> 0 : -1;
}

const dot = ".".charCodeAt(0) - 48;

/** How many of the sorted bounds [from, to) are not above an address. */
function notAbove(bounds: Float64Array, address: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] ?? 0) <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}

function textUpperBound(sorted: readonly string[], x: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? "") <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
