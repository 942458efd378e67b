import { expandGroups } from "./groups.ts";
import { listOf, type Suite, type Test } from "./suite.ts";

/** One caller of a `whoCan` test, and whether it is among those that can. */
export interface Asking {
  readonly from: string;
  readonly allowed: boolean;
}

/** The accounts of the inventory, and which of them stands behind a workload that calls. */
export interface Accounts {
  readonly accounts: readonly string[];
  readonly accountBehind?: (caller: string) => string | undefined;
}

/**
 * Who is asked: every actor of the suite, every service account of the inventory, and whoever `exactly` names besides. An
 * actor and the account that it stands for, or runs as, are one caller.
 */
export function callersAsked(
  { exactly }: Test,
  { spec }: Suite,
  { accounts, accountBehind = () => undefined }: Accounts,
): readonly Asking[] {
  const actors = spec.actors ?? {};
  const standsFor = (name: string): string =>
    (Object.hasOwn(actors, name) ? actors[name] : undefined) ?? name;
  const named = expandGroups(listOf(exactly), spec.groups);
  const allowed = new Set(named.map(standsFor));
  const callers = new Map<string, string>();
  for (const from of [...Object.keys(actors), ...named])
    if (!callers.has(standsFor(from))) callers.set(standsFor(from), from);
  const behind = new Set([...callers.keys()].map(accountBehind));
  for (const from of accounts) if (!callers.has(from) && !behind.has(from)) callers.set(from, from);
  return [...callers].map(([caller, from]) => ({ from, allowed: allowed.has(caller) }));
}
