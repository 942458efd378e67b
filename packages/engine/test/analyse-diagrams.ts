import type { RuleEffect } from "../src/analyse/api.ts";
import { settingAround } from "../src/analyse/question.ts";
import { type RuleSet, ruleSetsOf } from "../src/analyse/rule-sets.ts";
import { any, and as both, minus } from "../src/analyse/solve/diagram.ts";
import { diagramOf, type Encoding, encode } from "../src/analyse/solve/encoding.ts";
import { spaceOf } from "../src/analyse/space/space.ts";
import { sideOf } from "./analyse-sides.ts";
import { type Stated, worldOf } from "./analyse-world.ts";

type Effect = RuleEffect["effect"];

/** What a rule is, by decision diagrams. */
export function effectsByDiagrams(
  policies: readonly Stated[],
  protocol: "http" | "tcp",
): readonly (readonly string[])[] {
  const side = sideOf(worldOf(policies));
  const look = { protocol, queries: false };
  return ruleSetsOf(side.program, look).map(({ rules, world, hasAllow }) => {
    const formulas = [...rules.map(({ formula }) => formula), world];
    const encoding = encode(spaceOf(formulas, settingAround([side], protocol, [], {})));
    const { diagrams, possible } = encoding;
    const care = both(diagrams, possible, diagramOf(encoding, world));
    const own = rules.map(({ formula }) => both(diagrams, care, diagramOf(encoding, formula)));
    const known: Known = { encoding, care, own, rules, hasAllow };
    return rules.map((_, index) => effectOf(known, index));
  });
}

interface Known extends Pick<RuleSet, "rules" | "hasAllow"> {
  readonly encoding: Encoding;
  readonly care: number;
  readonly own: readonly number[];
}

function effectOf({ encoding, care, own, rules, hasAllow }: Known, index: number): Effect {
  const { diagrams } = encoding;
  const action = rules[index]?.action;
  const mine = own[index] ?? 0;
  const of = (wanted: string, except = -1): number =>
    any(
      diagrams,
      own.filter((_, at) => rules[at]?.action === wanted && at !== except),
    );
  const within = (root: number): boolean => minus(diagrams, mine, root) === 0;
  if (mine === 0) return "never-matches";
  if (mine === care) return "matches-everything";
  if (action === undefined || action === "CUSTOM") return "matters";
  if (within(of(action, index))) return "redundant";
  if (action === "ALLOW") return within(of("DENY")) ? "always-denied" : "matters";
  const alone = minus(diagrams, mine, of("DENY", index));
  const spares = hasAllow && both(diagrams, alone, of("ALLOW")) === 0;
  return spares ? "denies-nothing-that-was-allowed" : "matters";
}
