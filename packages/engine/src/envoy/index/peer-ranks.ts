import { knownTexts } from "./known-texts.ts";
import { type PeerPattern, peerParts } from "./peer-patterns.ts";
import { end, ordinary, type Range } from "./ranks.ts";
import { slots } from "./slots.ts";
import { backwardRank, forwardRank, type Plain, type TextRanks, textRanks } from "./text-ranks.ts";

/** Identities, numbered as a whole, from the end, and by their namespace. */
export interface PeerRanks {
  /** Writes the ranks of an identity; false: it is no ordinary one, its patterns have to be walked. */
  readonly rank: (identity: string, ranks: Int32Array) => boolean;
  readonly ranges: (pattern: PeerPattern) => readonly Range[] | undefined; // undefined: nobody counted the pattern
  readonly sizes: readonly number[]; // of the slots from `slots.peer` on
}

/** How many slots an identity fills. */
const width = 4;

/** Numbers the identities that these patterns tell apart. Those of one mesh come again and again: each is worked out once. */
export function peerRanks(patterns: readonly PeerPattern[]): PeerRanks {
  const by: Record<"whole" | "rest" | "namespace", Plain[]> = {
    whole: [],
    rest: [],
    namespace: [],
  };
  for (const pattern of patterns) if ("plain" in pattern) by[pattern.of].push(pattern.plain);
  const whole = textRanks(by.whole);
  const rest = textRanks(by.rest);
  const namespace = textRanks(by.namespace);
  const seen = knownTexts(width, (identity) => {
    const parts = peerParts(identity);
    if (!parts) return undefined;
    return [
      forwardRank(whole, identity),
      backwardRank(rest, parts.rest),
      forwardRank(namespace, parts.namespace),
      backwardRank(namespace, parts.namespace),
    ];
  });
  return {
    rank: (identity, ranks) => {
      const at = seen.find(identity);
      if (at < 0) return false;
      const numbers = seen.numbers();
      ranks[slots.peer] = numbers[at] ?? ordinary;
      ranks[slots.peerB] = numbers[at + 1] ?? ordinary;
      ranks[slots.namespace] = numbers[at + 2] ?? ordinary;
      ranks[slots.namespaceB] = numbers[at + 3] ?? ordinary;
      return true;
    },
    ranges: (pattern) => rangesOf({ whole, rest, namespace }, pattern),
    sizes: [
      whole.sizes.forward,
      rest.sizes.backward,
      namespace.sizes.forward,
      namespace.sizes.backward,
    ],
  };
}

function rangesOf(
  numbered: Readonly<Record<"whole" | "rest" | "namespace", TextRanks>>,
  pattern: PeerPattern,
): readonly Range[] | undefined {
  if (!("plain" in pattern))
    return pattern.of === "never" ? [] : [{ slot: slots.peer, low: ordinary, high: end }];
  const range = numbered[pattern.of].range(pattern.plain);
  if (!range) return undefined;
  const slot = pattern.of === "namespace" ? slots.namespace : slots.peer;
  const [low, high] = range;
  return [{ slot: pattern.plain.kind === "suffix" ? slot + 1 : slot, low, high }];
}
