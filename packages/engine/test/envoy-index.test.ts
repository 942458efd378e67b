import { expect, test } from "vitest";
import { indexedMatch } from "../src/envoy/index/first-match.ts";
import { holds, type Read } from "../src/envoy/rbac.ts";
import type { Attribute, Clause, Group, Matcher, Rule } from "../src/model/rule.ts";

/** Numbers that are the same in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const attributes: readonly Attribute[] = [
  { kind: "peer" },
  { kind: "method" },
  { kind: "path" },
  { kind: "header", name: "x-user" },
];
const texts = ["", "a", "b", "ab", "abc", "bc", "/a", "/a/b"];

function draw(pick: (below: number) => number) {
  const text = (): string => texts[pick(texts.length)] ?? "";
  const matcher = (of: number): Matcher => {
    const kind = (["exact", "exact", "prefix", "suffix", "present", "sequence"] as const)[pick(6)];
    if (kind === "present") return { kind, of };
    if (kind === "sequence") return { kind, pieces: [{ run: "any", min: 1 }], of };
    return { kind: kind ?? "exact", text: text(), of, ...(pick(8) === 0 ? { fold: true } : {}) };
  };
  const list = <Item>(count: number, make: (index: number) => Item): readonly Item[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const clause = (): Clause => ({
    attribute: attributes[pick(attributes.length)] ?? { kind: "peer" },
    field: "values",
    ...(pick(4) > 0 ? { any: list(1 + pick(2), matcher) } : {}),
    ...(pick(4) === 0 ? { none: list(1 + pick(2), matcher) } : {}),
  });
  const group = (): Group => ({
    of: "to",
    any: list(pick(8) === 0 ? 0 : 1 + pick(2), (index) => ({ index, all: list(pick(3), clause) })),
  });
  const rule = (index: number): Rule => ({
    name: `rule[${index}]`,
    policy: { kind: "AuthorizationPolicy", namespace: "a", name: "p" },
    index,
    groups: list(pick(3), group),
  });
  const request = (): Read => {
    const values = new Map(attributes.map((attribute) => [attribute, list(pick(3), text)]));
    const named = new Map(
      [...values].map(([attribute, found]) => [JSON.stringify(attribute), found]),
    );
    return (attribute) => named.get(JSON.stringify(attribute)) ?? [];
  };
  return { rules: list(6 + pick(12), rule), requests: list(20, request) };
}

test.each(Array.from({ length: 200 }, (_, seed) => seed))(
  "the index finds the rule that the walker finds (seed %i)",
  (seed) => {
    const { rules, requests } = draw(random(seed + 1));
    for (const read of requests)
      expect(indexedMatch(rules, read, holds)).toBe(rules.find((rule) => holds(rule, read)));
  },
);
