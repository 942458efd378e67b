import {
  changeValue,
  type Mesh,
  type PolicyChange,
  parseDocuments,
  type Span,
} from "@meshproof/engine";
import { blockAddition, flowAddition } from "./explain-patch-add.ts";
import { removal } from "./explain-patch-remove.ts";
import { appending, joining, renaming } from "./explain-patch-rule.ts";
import { flow, scalar } from "./explain-yaml.ts";
import type { Texts } from "./position.ts";

/** A piece of a file, and what it becomes. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where a change is made: the file's text, and the spans of what stands in it. */
export interface Site {
  readonly text: string;
  readonly span: (path: PolicyChange["at"]["path"]) => Span | undefined;
}

/** A change of a policy as lines of its file that go (-) and come (+). Undefined: it cannot be told so, and is told in words. */
export function patchLines(
  change: PolicyChange,
  mesh: Mesh,
  texts: Texts,
): readonly string[] | undefined {
  const patched = patchedFile(change, mesh, texts);
  return patched && difference(texts.texts.get(patched.file) ?? "", patched.text);
}

/** The whole file of a change after it, with its comments and formatting. Undefined: it cannot be made so. */
export function patchedFile(
  change: PolicyChange,
  mesh: Mesh,
  { texts }: Texts,
): { readonly file: string; readonly text: string } | undefined {
  const whole = mesh.locate(change.at);
  const text = whole && texts.get(whole.file);
  if (whole === undefined || text === undefined) return undefined;
  const { resource } = change.at;
  const site: Site = { text, span: (path) => mesh.locate({ resource, path }) };
  const replacement = replacementOf(change, site);
  if (replacement === undefined) return undefined;
  const patched = text.slice(0, replacement.start) + replacement.text + text.slice(replacement.end);
  const { file } = whole;
  return means(change, { before: text, after: patched, file })
    ? { file, text: patched }
    : undefined;
}

function replacementOf(change: PolicyChange, site: Site): Replacement | undefined {
  switch (change.do) {
    case "add":
      return addition(change, site);
    case "remove":
      return removal(change, site);
    case "set":
      return setting(change, site);
    case "rename":
      return renaming(change, site);
    case "append":
      return appending(change, site);
    case "join":
      return joining(change, site);
  }
}

/** A value in the quotes of the one before; a list or a mapping is a key more. */
function setting({ at, left }: PolicyChange, site: Site): Replacement | undefined {
  if (typeof left === "object") return keyAddition(at.path, flow(left), site);
  const { span, text } = site;
  const place = span(at.path);
  if (place === undefined) return undefined;
  const quoted = /^["']/.test(text.slice(place.start));
  const value = String(left);
  return { ...place, text: quoted ? JSON.stringify(value) : scalar(value) };
}

function addition(change: PolicyChange, site: Site): Replacement | undefined {
  const { at, left, values } = change;
  const before = (Array.isArray(left) ? left.length : 0) - values.length;
  if (before > 0) return listAddition(at.path, before, values, site);
  return keyAddition(at.path, `[${values.map(scalar).join(", ")}]`, site);
}

function keyAddition(
  path: PolicyChange["at"]["path"],
  value: string,
  site: Site,
): Replacement | undefined {
  const span = site.span(path.slice(0, -1));
  const entry = `${path.at(-1)}: ${value}`;
  if (span === undefined) return undefined;
  return site.text.charAt(span.start) === "{"
    ? flowAddition(span, entry, site)
    : blockAddition(span, entry, site);
}

function listAddition(
  path: PolicyChange["at"]["path"],
  length: number,
  values: readonly string[],
  { span, text }: Site,
): Replacement | undefined {
  const last = span([...path, length - 1]);
  if (last === undefined) return undefined;
  const start = text.lastIndexOf("\n", last.start) + 1;
  const lead = text.slice(start, last.start);
  const item = /^[\s-]*- +$/.test(lead);
  const quotes = /^["']/.test(text.slice(last.start));
  const added = quotes ? values.map((value) => JSON.stringify(value)) : values.map(scalar);
  const joined = item
    ? added.map(
        (value) => `\n${lead.slice(0, lead.lastIndexOf("-")).replaceAll("-", " ")}- ${value}`,
      )
    : added.map((value) => `, ${value}`);
  return { start: last.end, end: last.end, text: joined.join("") };
}

interface Texted {
  readonly before: string;
  readonly after: string;
  readonly file: string;
}

/** Whether the patched file says what was meant, and nothing else is different in it. */
function means(change: PolicyChange, { before, after, file }: Texted): boolean {
  const was = parseDocuments({ path: file, text: before }).documents;
  const is = parseDocuments({ path: file, text: after });
  if (is.findings.length > 0 || is.documents.length !== was.length) return false;
  return was.every(({ value }, index) => {
    const wanted = withChange(value, change);
    return JSON.stringify(sorted(wanted)) === JSON.stringify(sorted(is.documents[index]?.value));
  });
}

/** A document, or an item of a list, with the change made. */
function withChange(value: unknown, change: PolicyChange): unknown {
  if (isAbout(value, change)) return changeValue(value, change);
  if (!isMapping(value) || !Array.isArray(value["items"])) return value;
  const items: readonly unknown[] = value["items"];
  return { ...value, items: items.map((item) => withChange(item, change)) };
}

function isAbout(value: unknown, { at }: PolicyChange): boolean {
  if (!isMapping(value) || value["kind"] !== at.resource.kind) return false;
  const { metadata } = value;
  if (!isMapping(metadata)) return false;
  const { name, namespace = at.resource.namespace } = metadata;
  return name === at.resource.name && namespace === at.resource.namespace;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMapping(value)) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

/** The lines that differ: those of before, those of after. */
export function difference(before: string, after: string): readonly string[] {
  const [old, young] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  let from = 0;
  while (from < old.length && old[from] === young[from]) from += 1;
  let back = 0;
  const most = Math.min(old.length, young.length) - from;
  while (back < most && old.at(-1 - back) === young.at(-1 - back)) back += 1;
  return [
    ...old.slice(from, old.length - back).map((line) => `- ${line}`),
    ...young.slice(from, young.length - back).map((line) => `+ ${line}`),
  ];
}
