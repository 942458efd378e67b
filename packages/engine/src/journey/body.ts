import { fieldsOf, listOf, textOf, wordOf } from "../parse/decode.ts";
import { type Fields, isFields } from "../parse/objects.ts";

/** The parts of an object that was kept as it is. What has another type than expected counts as absent. */
export type Body = Fields;

/** The mapping under a key, empty when there is none. */
export function mapping(body: Body, key: string): Body {
  return fieldsOf(body[key]);
}

/** The mappings of a list under a key. */
export function mappings(body: Body, key: string): readonly Body[] {
  return listOf(body[key]).filter(isFields);
}

/** The text under a key. */
export function text(body: Body, key: string): string | undefined {
  return textOf(body[key]);
}

/** The texts of a list under a key; undefined when there is no list. Of some fields an empty one says something: `textsOf` drops it. */
export function texts(body: Body, key: string): readonly string[] | undefined {
  if (!Array.isArray(body[key])) return undefined;
  return listOf(body[key]).filter((item) => typeof item === "string");
}

/** A mapping of texts, such as labels; what is none is said as a word. */
export function labels(body: Body, key: string): Readonly<Record<string, string>> {
  const pairs = Object.entries(mapping(body, key)).map(([k, v]) => [k, wordOf(v)] as const);
  return Object.fromEntries(pairs);
}
