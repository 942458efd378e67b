import { wordOf } from "../parse/decode.ts";

/** The parts of an object that was kept as it is. What has another type than expected counts as absent. */
export type Body = Readonly<Record<string, unknown>>;

/** The mapping under a key, empty when there is none. */
export function mapping(body: Body, key: string): Body {
  const value = body[key];
  return isBody(value) ? value : {};
}

/** The mappings of a list under a key. */
export function mappings(body: Body, key: string): readonly Body[] {
  return items(body[key]).filter(isBody);
}

/** The text under a key. */
export function text(body: Body, key: string): string | undefined {
  const value = body[key];
  return typeof value === "string" ? value : undefined;
}

/** The texts of a list under a key; undefined when there is no list. */
export function texts(body: Body, key: string): readonly string[] | undefined {
  if (!Array.isArray(body[key])) return undefined;
  return items(body[key]).filter((item) => typeof item === "string");
}

/** A mapping of texts, such as labels. */
export function labels(body: Body, key: string): Readonly<Record<string, string>> {
  const pairs = Object.entries(mapping(body, key)).map(([k, v]) => [k, wordOf(v)] as const);
  return Object.fromEntries(pairs);
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
