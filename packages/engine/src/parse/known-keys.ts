import { didYouMean } from "./suggest.ts";

/** Throws a TypeError that names a key which an object of the API does not have, and the one that was meant. */
export function refuseUnknown(value: object, known: object, where: string): void {
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(known, key)) continue;
    const keys = Object.keys(known);
    const meant = didYouMean(key, keys) ?? `it may have ${listed(keys)}`;
    throw new TypeError(`unknown key \`${key}\` in ${where}: ${meant}`);
  }
}

function listed(keys: readonly string[]): string {
  return keys.length <= most ? keys.join(", ") : `${keys.slice(0, most).join(", ")}, ...`;
}

const most = 20;

/** Throws a TypeError for a value that is none of some words. */
export function refuseOther(value: unknown, words: readonly string[], where: string): void {
  if (value === undefined || (typeof value === "string" && words.includes(value))) return;
  throw new TypeError(`${where} is ${shown(value)}: it may be ${words.join(", ")}`);
}

/** The items of a list that says something. Throws a TypeError for what is no list, and for an empty one, which would ask for nothing. */
export function itemsOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${where} is ${shown(value)}: it must be a list`);
  if (value.length === 0) throw new TypeError(`${where} is an empty list: leave it out`);
  return value;
}

/** An object. Throws a TypeError for anything else. */
export function objectOf(value: unknown, where: string): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError(`${where} is ${shown(value)}: it must be an object`);
}

function shown(value: unknown): string {
  return Array.isArray(value) ? "a list" : (JSON.stringify(value) ?? typeof value);
}
