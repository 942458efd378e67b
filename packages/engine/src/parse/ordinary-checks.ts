import { type Fields, isFields } from "./objects.ts";

/** Whether a value is as ordinary as that. */
export type Check = (value: unknown) => boolean;
/** What the fields of a mapping may be. */
export type Checks = ReadonlyMap<string, Check>;

/** Some field, and each one that is there known and fine. */
export function every(fields: Fields, checks: Checks): boolean {
  let isEmpty = true;
  for (const name in fields) {
    const check = checks.get(name);
    if (check === undefined || !check(fields[name])) return false;
    isEmpty = false;
  }
  return !isEmpty;
}

/** The checks of several tables. */
export function checksOf(...checks: readonly Readonly<Record<string, Check>>[]): Checks {
  return new Map(checks.flatMap((some) => Object.entries(some)));
}

/** A mapping of nothing but these fields. */
export function mappingOf(checks: Checks): Check {
  return (value) => isFields(value) && every(value, checks);
}

/** A list of some of these. The CRD bounds all lists but those of values. */
export function itemsOf(check: Check, most: number): Check {
  return (value) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > most) return false;
    for (let at = 0; at < value.length; at += 1) if (!check(value[at])) return false;
    return true;
  };
}

/** `principals` and `notPrincipals` of each name. */
export function sides(names: readonly string[], check: Check): Readonly<Record<string, Check>> {
  return Object.fromEntries(
    names.flatMap((name) => [
      [name, check],
      [`not${name.charAt(0).toUpperCase()}${name.slice(1)}`, check],
    ]),
  );
}

/** Whether a mapping has one of these fields. */
export function hasSome(value: unknown, checks: Checks): boolean {
  if (!isFields(value)) return false;
  for (const name in value) if (checks.has(name)) return true;
  return false;
}
