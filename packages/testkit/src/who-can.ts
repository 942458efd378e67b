import { expandGroups } from "./groups.ts";
import { listOf, type Suite, type Test } from "./suite.ts";

/** One caller of a `whoCan` test, and whether it is among those that can. */
export interface Asking {
  readonly from: string;
  readonly allowed: boolean;
}

/**
 * Who is asked: every actor of the suite, every service account of the inventory, and whoever `exactly` names besides. An
 * actor and the account that it stands for are one caller.
 */
export function callersAsked(
  { exactly }: Test,
  { spec }: Suite,
  accounts: readonly string[],
): readonly Asking[] {
  const actors = spec.actors ?? {};
  const standsFor = (name: string): string =>
    (Object.hasOwn(actors, name) ? actors[name] : undefined) ?? name;
  const named = expandGroups(listOf(exactly), spec.groups);
  const allowed = new Set(named.map(standsFor));
  const callers = new Map<string, string>();
  for (const from of [...Object.keys(actors), ...named, ...accounts])
    if (!callers.has(standsFor(from))) callers.set(standsFor(from), from);
  return [...callers].map(([caller, from]) => ({ from, allowed: allowed.has(caller) }));
}
