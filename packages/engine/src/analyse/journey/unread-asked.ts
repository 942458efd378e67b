import type { QueryMatch } from "../../model/program.ts";
import type { Clause, Text } from "../../model/rule.ts";
import { textShape } from "../space/shapes.ts";

/** What a route asks for and nobody works out. */
export interface Unread {
  readonly of: "query" | "path";
  readonly key: string; // of two with the same one both are so, or neither
  readonly words: string; // "parameter q=1"
  readonly sample?: string; // a part of a query that has it
}

/** A parameter of the query. */
export function ofQuery({ name, value }: QueryMatch): Unread {
  const key = JSON.stringify([name, value && textShape("", value).key]);
  const words = `parameter ${name}${value ? valueText(value) : ""}`;
  const [text] = value ? textShape("", value).samples : ["x"];
  const isPlain = [name, text].every((each) => each !== undefined && /^[\w.-]+$/.test(each));
  return { of: "query", key, words, ...(isPlain ? { sample: `${name}=${text}` } : {}) };
}

function valueText(value: Text): string {
  const { shown } = textShape("", value);
  if (value.kind === "exact") return `=${shown}`;
  return value.kind === "re2" ? ` like ${shown}` : ` that is ${shown}`;
}

/** A path like a regular expression. */
export function ofPath(clause: Clause): Unread {
  const { any = [], none = [] } = clause;
  const texts = [...any, ...none].flatMap((each) => (each.kind === "re2" ? each.source : []));
  return { of: "path", key: JSON.stringify(clause), words: texts.join(" or ") };
}

/** As the name of an attribute, in which some characters tell attributes apart. */
export function unreadName({ of, key, words, sample = "" }: Unread): string {
  return [of, ...[key, words, sample].map(masked)].join(" ");
}

/** What such a name stands for; undefined: it is no such name. */
export function unreadNamed(name: string): Omit<Unread, "key"> | undefined {
  const [of, , words, sample, ...more] = name.split(" ");
  const isName = (of === "query" || of === "path") && more.length === 0;
  if (!isName || words === undefined || sample === undefined) return undefined;
  return { of, words: unmasked(words), ...(sample === "" ? {} : { sample: unmasked(sample) }) };
}

function masked(text: string): string {
  return text.replace(/[%@(~\n ]/g, (mark) => `%${mark.charCodeAt(0)}`);
}

function unmasked(text: string): string {
  return text.replace(/%(126|37|64|40|32|10)/g, (_, code) => String.fromCharCode(Number(code)));
}
