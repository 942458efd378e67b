import type { PolicyChange } from "@meshproof/engine";
import type { Replacement, Site } from "./explain-patch.ts";
import { blockEnd } from "./explain-patch-add.ts";
import { flow } from "./explain-yaml.ts";

/** Another name for a key: the text before its value. */
export function renaming({ at, values }: PolicyChange, site: Site): Replacement | undefined {
  const value = site.span(at.path);
  const key = String(at.path.at(-1));
  const [name] = values;
  if (value === undefined || name === undefined) return undefined;
  const start = site.text.lastIndexOf(`${key}:`, value.start);
  return start < 0 ? undefined : { start, end: start + key.length, text: name };
}

/** One rule more below the last one. */
export function appending({ at, left }: PolicyChange, site: Site): Replacement | undefined {
  const last = lastItem(at.path, site);
  if (last === undefined || typeof left !== "object" || left === null) return undefined;
  const margin = dashBefore(last.start, site.text);
  if (margin === undefined) return undefined;
  const lines = Object.entries(left).map(([key, value], index) => {
    const lead = index === 0 ? `${margin}- ` : `${margin}  `;
    return `\n${lead}${key}: ${flow(value)}`;
  });
  const end = blockEnd(last.start, margin.length + 1, site.text);
  return { start: end, end, text: lines.join("") };
}

function lastItem(
  path: PolicyChange["at"]["path"],
  { span }: Site,
): { readonly start: number; readonly end: number } | undefined {
  const list = span(path);
  let last: { readonly start: number; readonly end: number } | undefined;
  for (let index = 0; ; index += 1) {
    const item = span([...path, index]); // the list itself where there is no such item
    if (item === undefined || (item.start === list?.start && item.end === list.end)) return last;
    last = item;
  }
}

/** The blanks before the dash of an item that begins its line. */
function dashBefore(start: number, text: string): string | undefined {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /^(\s*)- +$/.exec(line)?.[1];
}

/** The dash before a rule goes: what follows belongs to the rule before. */
export function joining({ at }: PolicyChange, { span, text }: Site): Replacement | undefined {
  const rule = span(at.path);
  if (rule === undefined || dashBefore(rule.start, text) === undefined) return undefined;
  const dash = text.lastIndexOf("-", rule.start - 1);
  return { start: dash, end: dash + 1, text: " " };
}
