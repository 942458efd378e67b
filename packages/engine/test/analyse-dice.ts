import type { AuthorizationPolicySpec, PolicyRule, Source } from "../src/model/policy.ts";
import type { Stated } from "./analyse-world.ts";

/** Chance that repeats: the same numbers for the same seed. */
export interface Dice {
  readonly below: (limit: number) => number;
  readonly pick: <Item>(items: readonly [Item, ...Item[]]) => Item;
  readonly some: <Item>(items: readonly [Item, ...Item[]]) => readonly Item[]; // one to three
  readonly chance: (part: number) => boolean;
}

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick: Dice["pick"] = (items) => items[below(items.length)] ?? items[0];
  const some: Dice["some"] = (items) => Array.from({ length: 1 + below(3) }, () => pick(items));
  return { below, pick, some, chance: (part) => next() < part };
}

type Texts = readonly [string, ...string[]];

/** The values that rules are made of: few, so that they meet. */
export const vocabulary = {
  paths: ["/", "/a", "/a*", "/a/*", "*/z", "/a/{*}", "/b/{**}", "*", "/a/b", "*.js", "/b/../a"],
  hosts: ["a.example", "A.Example", "*.example", "a.*", "*"],
  methods: ["GET", "POST", "P*", "*"],
  ports: ["80", "9000"],
  principals: ["cluster.local/ns/a/sa/x", "cluster.local/ns/a/*", "*/sa/x", "*"],
  namespaces: ["a", "b", "a*", "*"],
  serviceAccounts: ["a/x", "b/y"],
  ipBlocks: ["10.0.0.0/8", "10.1.0.0/16", "0.0.0.0/0", "::/0", "10.1.2.3"],
  requestPrincipals: ["https://i/s", "https://i/*", "*", "*i/s", "https://j*"],
  keys: [
    "request.headers[x-h]",
    "request.headers[x-g]",
    "request.auth.claims[g]",
    "request.auth.audiences",
    "request.auth.claims[iss]",
    "source.namespace",
    "connection.sni",
  ],
  values: ["v", "v*", "*v", "*", "w", "a"],
} as const satisfies Readonly<Record<string, Texts>>;

type Field = keyof typeof vocabulary;

function fields(
  dice: Dice,
  names: readonly [Field, ...Field[]],
): Record<string, readonly string[]> {
  const made: Record<string, readonly string[]> = {};
  const count = 1 + dice.below(2);
  for (let index = 0; index < count; index += 1) {
    const name = dice.pick(names);
    const negated = dice.chance(0.25);
    made[negated ? `not${name.charAt(0).toUpperCase()}${name.slice(1)}` : name] = dice.some(
      vocabulary[name],
    );
  }
  return made;
}

const sources: readonly [Field, ...Field[]] = [
  "principals",
  "namespaces",
  "ipBlocks",
  "requestPrincipals",
];
const operations: readonly [Field, ...Field[]] = ["paths", "methods", "hosts", "ports"];

/** A rule of the vocabulary. */
export function anyRule(dice: Dice): PolicyRule {
  const isAccount = dice.chance(0.1);
  const source: Source = isAccount
    ? { serviceAccounts: dice.some(vocabulary.serviceAccounts) }
    : fields(dice, sources);
  return {
    ...(dice.chance(0.6) ? { from: [{ source }] } : {}),
    ...(dice.chance(0.7) ? { to: [{ operation: fields(dice, operations) }] } : {}),
    ...(dice.chance(0.4) ? { when: [anyCondition(dice)] } : {}),
  };
}

function anyCondition(dice: Dice): NonNullable<NonNullable<PolicyRule["when"]>[number]> {
  const values = dice.some(vocabulary.values);
  const key = dice.pick(vocabulary.keys);
  return dice.chance(0.3) ? { key, notValues: values } : { key, values };
}

/** A few policies of the vocabulary. */
export function anyPolicies(dice: Dice): readonly Stated[] {
  return Array.from({ length: 1 + dice.below(4) }, () => {
    const action = dice.pick<NonNullable<AuthorizationPolicySpec["action"]>>([
      ...(["ALLOW", "ALLOW", "DENY", "CUSTOM"] as const),
    ]);
    const rules = Array.from({ length: 1 + dice.below(2) }, () => anyRule(dice));
    return { action, rules, ...(action === "CUSTOM" ? { provider: "oauth" } : {}) };
  });
}
