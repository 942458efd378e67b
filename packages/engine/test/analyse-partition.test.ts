import { expect, test } from "vitest";
import { limitsOf } from "../src/analyse/budget.ts";
import { addressDomain } from "../src/analyse/partition/address-domain.ts";
import type { Domain, Shape } from "../src/analyse/partition/domain.ts";
import { portDomain } from "../src/analyse/partition/port-domain.ts";
import { characters, loop } from "../src/analyse/partition/regular.ts";
import { textDomain } from "../src/analyse/partition/text-domain.ts";
import { blockShape, portShape, textShape } from "../src/analyse/space/shapes.ts";
import { parseAddress } from "../src/match/address.ts";
import { matchesText } from "../src/match/matches.ts";
import type { Text } from "../src/model/rule.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const rounds = Number(process.env["ANALYSE"] ?? 25);

function eachRound(run: (dice: Dice, round: number) => void): void {
  for (let round = 1; round <= rounds; round += 1) run(diceOf(round * 49_979_687), round);
}

const letters = ["a", "b", "A", "/"] as const;

function word(dice: Dice, most: number): string {
  return Array.from({ length: dice.below(most + 1) }, () => dice.pick(letters)).join("");
}

function anyPattern(dice: Dice): Text {
  const text = word(dice, 2);
  const fold = dice.chance(0.3) ? ({ fold: true } as const) : {};
  switch (dice.below(6)) {
    case 0:
      return { kind: "exact", text, ...fold };
    case 1:
      return { kind: "prefix", text, ...fold };
    case 2:
      return { kind: "suffix", text, ...fold };
    case 3:
      return { kind: "present" };
    default: {
      const run = dice.pick(["any", "segment", "template", "template-or-slash"] as const);
      const min = dice.pick([0, 1] as const);
      return { kind: "sequence", pieces: [text, { run, min }, word(dice, 1)] };
    }
  }
}

/** All texts of so few characters that patterns spell each of them somewhere. */
const texts: readonly string[] = Array.from({ length: 5 }).reduce<readonly string[]>(
  (shorter) => [
    ...new Set([...shorter, ...shorter.flatMap((each) => letters.map((letter) => each + letter))]),
  ],
  [""],
);

const few = loop(characters((code) => letters.some((letter) => letter.charCodeAt(0) === code)));

/** Which shapes hold for a class, and for a value. */
function expectClasses(
  { size, classes, classify, values }: Domain,
  shapes: ReadonlyMap<Shape, (value: string) => boolean>,
  all: readonly string[],
  said: unknown,
): void {
  const seen = new Map<number, string>();
  for (const value of all) {
    const own = classify(value);
    expect([said, value, own >= 0 && own < size]).toEqual([said, value, true]);
    const told = [...shapes.keys()].map(({ key }) => classes.get(key)?.includes(own) === true);
    const wanted = [...shapes.values()].map((holds) => holds(value));
    expect([said, value, told]).toEqual([said, value, wanted]);
    seen.set(own, JSON.stringify(wanted));
  }
  expect([said, new Set(seen.values()).size]).toEqual([said, seen.size]);
  for (const [number, value] of values.entries())
    if (value !== undefined) expect([said, value, classify(value)]).toEqual([said, value, number]);
}

test("every text is in the classes of the patterns that match it, and in no class of others", () => {
  let most = 0;
  eachRound((dice, round) => {
    const patterns = Array.from({ length: 1 + dice.below(7) }, () => anyPattern(dice));
    const shapes = new Map(
      patterns.map((each) => [textShape("paths", each), (text: string) => matchesText(each, text)]),
    );
    const optional = dice.chance(0.5) ? ({ optional: true } as const) : {};
    const kind = { of: "text", language: few, ...optional } as const;
    const { states } = limitsOf();
    const domain = textDomain("path", [...shapes.keys()], kind, states, dice.chance(0.5));
    const said = JSON.stringify({ round, patterns });
    expectClasses(domain, shapes, texts, said);
    expect([said, domain.classify("c"), domain.classify(undefined)]).toEqual([
      said,
      -1,
      domain.optional ? 0 : -1,
    ]);
    const named = new Set(texts.map(domain.classify));
    expect([said, named.size]).toEqual([said, domain.size - (domain.optional ? 1 : 0)]);
    most = Math.max(most, domain.size);
  });
  expect(most).toBeGreaterThan(8);
});

function hex(value: bigint, family: 4 | 6): string {
  return value.toString(16).padStart(family === 4 ? 8 : 32, "0");
}

interface Block {
  readonly family: 4 | 6;
  readonly low: bigint;
  readonly high: bigint;
}

/** A block of few addresses, so that blocks lie in each other and begin where others do. */
function anyBlock(dice: Dice): Block {
  const family = dice.pick([4, 6] as const);
  const start = family === 4 ? 0x0a000000n : 0xfd00n << 112n;
  const free = BigInt(dice.below(7));
  const low = start + ((BigInt(dice.below(64)) >> free) << free);
  return { family, low, high: low + (1n << free) - 1n };
}

test("every address is in the classes of the blocks around it, and in no class of others", () => {
  const plain = Array.from({ length: 70 }, (_, each) => [
    `10.0.0.${each}`,
    `fd00::${each.toString(16)}`,
  ]);
  const all = [...plain.flat(), "0.0.0.0", "255.255.255.255", "9.255.255.255", "::", "ffff::1"];
  eachRound((dice, round) => {
    const blocks = Array.from({ length: 1 + dice.below(8) }, () => anyBlock(dice));
    const shapes = new Map<Shape, (value: string) => boolean>();
    for (const { family, low, high } of blocks)
      shapes.set(
        blockShape({ kind: "cidr", family, low: hex(low, family), high: hex(high, family) }),
        (text) => {
          const address = parseAddress(text);
          const value = BigInt(`0x${address?.value ?? 0}`);
          return address?.family === family && value >= low && value <= high;
        },
      );
    const domain = addressDomain("source.ip", [...shapes.keys()], []);
    const said = JSON.stringify({ round, blocks: [...shapes.keys()].map(({ shown }) => shown) });
    for (const value of all) {
      const own = domain.classify(value);
      const told = [...shapes.keys()].map(({ key }) => domain.classes.get(key)?.includes(own));
      const wanted = [...shapes.values()].map((holds) => holds(value));
      expect([said, value, own >= 0, told]).toEqual([said, value, true, wanted]);
    }
    for (const [number, value = ""] of domain.values.entries())
      expect([said, domain.classify(value)]).toEqual([said, number]);
  });
});

test("an address of IPv4 that is written as one of IPv6 is none: proxies disagree about it", () => {
  const block = { kind: "cidr", family: 6, low: hex(0n, 6), high: "f".repeat(32) } as const;
  const domain = addressDomain("source.ip", [blockShape(block)], []);
  const said = ["::ffff:10.0.0.1", "::1", "fd00::1", "10.0.0.1"].map(domain.classify);
  const [all = -1] = domain.classes.get(blockShape(block).key) ?? [];
  expect(said).toEqual([-1, all, all, expect.toSatisfy((own: number) => own >= 0 && own !== all)]);
});

test("every port is in the class of its own number, or in that of all others", () => {
  const shapes = new Map(
    [80, 443].map((port) => [portShape(port), (text: string) => text === `${port}`]),
  );
  const all = ["80", "443", "1", "8080", "65535"];
  expectClasses(portDomain("destination.port", [...shapes.keys()], undefined), shapes, all, "open");
  const known = ["80", "443", "9000", "9001"];
  const closed = portDomain("destination.port", [...shapes.keys()], known);
  expect(known.map(closed.classify)).toEqual([0, 1, 2, 3]);
  expect(["1", "8080"].map(closed.classify)).toEqual([-1, -1]);
});
