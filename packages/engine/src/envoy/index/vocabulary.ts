import type { Attribute, Clause, Pattern, Rule } from "../../model/rule.ts";
import { type AddressRanks, addressRanks } from "./address-ranks.ts";
import { type PatternTexts, patternTexts } from "./pattern-texts.ts";
import { type PeerRanks, peerRanks } from "./peer-ranks.ts";
import { end, ordinary, type Range } from "./ranks.ts";
import {
  type AddressKind,
  type Flag,
  firstFlag,
  matched,
  slots,
  type TextKind,
  textSlots,
} from "./slots.ts";
import { type SortedPattern, sortPattern } from "./sorted-pattern.ts";
import { type TextRanks, textRanks } from "./text-ranks.ts";

/** Every pattern of some rules, and the numbers that the values get which they tell apart. */
export interface Vocabulary {
  readonly peer: PeerRanks;
  readonly texts: Readonly<Record<TextKind, TextRanks>>;
  readonly paths: PatternTexts;
  readonly addresses: Readonly<Record<AddressKind, AddressRanks>>;
  readonly ports: ReadonlyMap<number, number>;
  readonly flags: readonly Flag[];
  readonly sizeOf: (slot: number) => number;
  /** The ranks for which a pattern holds. Undefined: it is in none of the rules. */
  readonly ranges: (attribute: Attribute, pattern: Pattern) => readonly Range[] | undefined;
}

/** Reads the patterns of all rules. */
export function vocabularyOf(rules: Iterable<Rule>): Vocabulary {
  const sorted: Sorted = { plain: [], ports: new Map(), flags: new Map(), list: [] };
  for (const { attribute, any = [], none = [] } of clausesOf(rules)) {
    for (const pattern of any) add(sorted, attribute, pattern);
    for (const pattern of none) add(sorted, attribute, pattern);
  }
  const plainOf = (kind: TextKind) =>
    sorted.plain.flatMap((one) => (one.of === "text" && one.kind === kind ? one.plain : []));
  const text = (kind: TextKind): TextRanks => textRanks(plainOf(kind));
  const address = (kind: AddressKind): AddressRanks =>
    addressRanks(
      sorted.plain.flatMap((one) => (one.of === "address" && one.kind === kind ? one.block : [])),
    );
  const path = text("path");
  const known: Known = {
    peer: peerRanks(sorted.plain.flatMap((one) => (one.of === "peer" ? one.pattern : []))),
    texts: { host: text("host"), method: text("method"), path, sni: text("sni") },
    paths: patternTexts(plainOf("path"), path),
    addresses: {
      "source.ip": address("source.ip"),
      "remote.ip": address("remote.ip"),
      "destination.ip": address("destination.ip"),
    },
    ports: sorted.ports,
  };
  return vocabulary(known, sorted.flags, sorted.list);
}

/** Keeps what it is given, and not the patterns it came from. */
function vocabulary(
  known: Known,
  flags: ReadonlyMap<string, number>,
  list: readonly Flag[],
): Vocabulary {
  return {
    ...known,
    flags: list,
    sizeOf: sizes(known),
    ranges: (attribute, pattern) => rangesOf(known, flags, sortPattern(attribute, pattern)),
  };
}

type Known = Pick<Vocabulary, "peer" | "texts" | "paths" | "addresses" | "ports">;

interface Sorted {
  readonly plain: SortedPattern[];
  readonly ports: Map<number, number>;
  readonly flags: Map<string, number>; // slots
  readonly list: Flag[];
}

function* clausesOf(rules: Iterable<Rule>): Generator<Clause> {
  for (const { groups } of rules)
    for (const { any: alternatives } of groups) for (const { all } of alternatives) yield* all;
}

function add({ plain, ports, flags, list }: Sorted, attribute: Attribute, pattern: Pattern): void {
  const sorted = sortPattern(attribute, pattern);
  if (sorted.of === "port") {
    if (!ports.has(sorted.port)) ports.set(sorted.port, ordinary + 1 + ports.size);
  } else if (sorted.of === "flag") {
    if (flags.has(sorted.key)) return;
    flags.set(sorted.key, firstFlag + list.length);
    list.push({ attribute, pattern });
  } else plain.push(sorted);
}

function sizes({ peer, texts, addresses, ports }: Known): (slot: number) => number {
  const ofTexts = [texts.host, texts.method, texts.path, texts.sni];
  const ofAddresses = [addresses["source.ip"], addresses["remote.ip"], addresses["destination.ip"]];
  const all = [
    ...peer.sizes,
    ...ofTexts.flatMap(({ sizes: { forward, backward } }) => [forward, backward]),
    ...ofAddresses.map(({ size }) => size),
    ordinary + 1 + ports.size,
  ];
  return (slot) => all[slot] ?? matched + 1;
}

function rangesOf(
  { peer, texts, addresses, ports }: Known,
  flags: ReadonlyMap<string, number>,
  sorted: SortedPattern,
): readonly Range[] | undefined {
  switch (sorted.of) {
    case "peer":
      return peer.ranges(sorted.pattern);
    case "present":
      return [{ slot: textSlots[sorted.kind][0], low: ordinary, high: end }];
    case "address":
      return rangeAt(slots[sorted.kind], addresses[sorted.kind].range(sorted.block));
    case "text": {
      const [forward, backward] = textSlots[sorted.kind];
      const slot = sorted.plain.kind === "suffix" ? backward : forward;
      return rangeAt(slot, texts[sorted.kind].range(sorted.plain));
    }
    case "port":
      return rankAt(slots["destination.port"], ports.get(sorted.port));
    case "flag": {
      const slot = flags.get(sorted.key);
      return slot === undefined ? undefined : rankAt(slot, matched);
    }
  }
}

function rankAt(slot: number, rank: number | undefined): readonly Range[] | undefined {
  return rank === undefined ? undefined : [{ slot, low: rank, high: rank + 1 }];
}

function rangeAt(
  slot: number,
  range: readonly [low: number, high: number] | undefined,
): readonly Range[] | undefined {
  return range && [{ slot, low: range[0], high: range[1] }];
}
