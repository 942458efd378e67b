import type { Piece, Text } from "../model/rule.ts";
import { utf8Bytes } from "./bytes.ts";
import { sequence } from "./parse-text.ts";

/** A template, or how Envoy fails at it: it refuses the listener, or its process ends (az:TPL-6). */
export type PathTemplate =
  | { readonly text: Text }
  | { readonly effect: "update-refused" | "process-dies"; readonly cause: string };

/** Whether istiod takes a path for a template; then no `*` at its ends is special (az:TPL-5). */
export function isPathTemplate(path: string): boolean {
  return path.includes("{*}") || path.includes("{**}");
}

/** One segment of a template, as it is written for Envoy. */
const literal = /^[a-zA-Z0-9\-._~%!$&'()+,;:@=*]+$/;
const variable = /^\{([a-zA-Z][a-zA-Z0-9_]{0,15})(?:=([^}]+))?\}/;

const one: Piece = { run: "template", min: 1 };
const many: Piece = { run: "template-or-slash", min: 0 };

/**
 * A path with `{*}` or `{**}`: istiod turns them into `*` and `**` and Envoy reads the rest.
 * Follows envoy:source/extensions/path/uri_template_lib/uri_template_internal.cc parseURLPatternSyntax.
 */
export function parsePathTemplate(path: string): PathTemplate {
  const template = path.replace(/\{(\*\*?)\}/g, "$1");
  if ([...template].length > 256)
    return {
      effect: "update-refused",
      cause: "a path template must not have more than 256 characters",
    };
  const pieces = parseSegments(utf8Bytes(template));
  if (pieces === undefined)
    return { effect: "process-dies", cause: `Envoy cannot read the path template \`${path}\`` };
  const starred = pieces.some((piece) => typeof piece === "string" && piece.includes("*"));
  return {
    text: starred ? { kind: "re2", source: pieces.map(regexOf).join("") } : sequence(pieces),
  };
}

/** Envoy makes a regular expression of a template and leaves a `*` in its literals as it is. istiod's webhook refuses such ones. */
function regexOf(piece: Piece): string {
  if (typeof piece === "string") return piece.replace(/[$()+.]/g, "\\$&");
  const characters = "a-zA-Z0-9\\-._~%!$&'()+,;:@=*";
  return piece.run === "template" ? `[${characters}]+` : `[${characters}/]*`;
}

/** Undefined: not a template. */
function parseSegments(template: string): readonly Piece[] | undefined {
  if (!/^\/[\x21-\x7e]*$/.test(template)) return undefined;
  const pieces: Piece[] = [];
  const names = new Set<string>();
  let rest = template.slice(1);
  while (rest !== "") {
    const segment = parseSegment(rest);
    if (segment === undefined || repeats(segment.name, names)) return undefined;
    pieces.push("/", ...segment.pieces);
    rest = rest.slice(segment.length);
    if (rest === "/") return validated([...pieces, "/"]);
    if (rest.startsWith("/")) rest = rest.slice(1);
    else if (rest !== "") return literal.test(rest) ? validated([...pieces, rest]) : undefined;
  }
  return validated(pieces);
}

/** At most five variables, each with a name of its own. */
function repeats(name: string | undefined, names: Set<string>): boolean {
  if (name === undefined) return false;
  if (names.has(name) || names.size >= 5) return true;
  names.add(name);
  return false;
}

interface Segment {
  readonly pieces: readonly Piece[];
  readonly length: number; // of its text
  readonly name?: string; // of a variable
}

function parseSegment(rest: string): Segment | undefined {
  if (rest.startsWith("**")) return { pieces: [many], length: 2 };
  if (rest.startsWith("*")) return { pieces: [one], length: 1 };
  if (rest.startsWith("{")) return parseVariable(rest);
  const text = rest.split("/", 1)[0] ?? "";
  return literal.test(text) ? { pieces: [text], length: text.length } : undefined;
}

/** `{name}` is one segment, `{name=a/*}` what it says. istiod's webhook refuses both. */
function parseVariable(rest: string): Segment | undefined {
  const [whole = "", name = "", inside] = variable.exec(rest) ?? [];
  if (name === "") return undefined;
  const length = whole.length;
  if (inside === undefined) return { pieces: [one], length, name };
  const parts = inside.split("/").map(parsePart);
  if (parts.includes(undefined)) return undefined;
  const pieces = parts.flatMap((part, index) =>
    part === undefined ? [] : index === 0 ? [part] : ["/", part],
  );
  return { pieces, length, name };
}

function parsePart(part: string): Piece | undefined {
  if (part === "*") return one;
  if (part === "**") return many;
  return literal.test(part) ? part : undefined;
}

/** Nothing that stands for something may follow a `**`. */
function validated(pieces: readonly Piece[]): readonly Piece[] | undefined {
  const first = pieces.indexOf(many);
  const more = first >= 0 && pieces.slice(first + 1).some((piece) => typeof piece !== "string");
  return more ? undefined : pieces;
}
