import { keyText, type Path, type ResourceKey, type Step } from "@meshproof/engine";

/** The rules and the entries that a step looked at, by their keys, and whether they hold there. */
export interface LookedAt {
  readonly rules: ReadonlyMap<string, boolean>;
  readonly entries: ReadonlyMap<string, boolean>;
}

const entryDepth = 5; // spec, rules, 0, from, 1

/** What a step was traced to look at. Nobody looks at what comes after a rule, or an entry, that holds. */
export function lookedAt({ by, dryRun, trace = [] }: Step): LookedAt {
  const entries = new Map<string, boolean>();
  const lists = new Map<string, Map<string, boolean>>(); // by rule, its from, its to, and each when
  for (const { rule, at, holds } of trace) {
    const key = entryKey(rule.policy, at.path);
    const whole = (entries.get(key) ?? true) && holds;
    entries.set(key, whole);
    const own = ruleKey(rule.policy, rule.rule);
    const list = lists.get(own) ?? new Map<string, boolean>();
    lists.set(own, list.set(listOf(at.path), whole));
  }
  const decided = [...by, ...(dryRun?.by ?? [])].map(({ policy, rule }) => ruleKey(policy, rule));
  const looked = [...lists].map(([key, list]) => [key, [...list.values()].every(Boolean)] as const);
  return { entries, rules: new Map([...looked, ...decided.map((key) => [key, true] as const)]) };
}

/** Some entry of `from` must hold, which is the last that is looked at, some of `to`, and every `when`. */
function listOf(path: Path): string {
  const [, , , of, index] = path;
  return of === "when" ? `when ${index}` : String(of);
}

/** The key of a rule. */
export function ruleKey(policy: ResourceKey, rule: number): string {
  return `${keyText(policy)}#${rule}`;
}

/** The key of the entry of from, to or when that a path leads into. */
export function entryKey(policy: ResourceKey, path: Path): string {
  return `${keyText(policy)}#${path.slice(0, entryDepth).join("/")}`;
}
