import { addressText } from "../../match/address.ts";
import { textSamples } from "../../match/samples.ts";
import type { Pattern, Piece, Text } from "../../model/rule.ts";
import type { Shape } from "../partition/domain.ts";
import { expressionOf, type RunSets } from "../partition/expression.ts";
import { choice, type Expression, loop, sequence } from "../partition/regular.ts";
import { shownText } from "./shown.ts";

type Matched = Exclude<Pattern, { readonly kind: "principal" | "list" }>;

/** The key of a pattern: equal patterns have equal keys. */
function keyOf(pattern: Matched): string {
  switch (pattern.kind) {
    case "exact":
    case "prefix":
    case "suffix":
      return `${pattern.kind}${pattern.fold ? "~" : ""} ${pattern.text}`;
    case "present":
      return "present";
    case "sequence":
      return `sequence ${JSON.stringify(pattern.pieces)}`;
    case "re2":
      return `re2 ${pattern.source}`;
    case "cidr":
      return `cidr ${pattern.family} ${pattern.low} ${pattern.high}`;
    case "port":
      return `port ${pattern.port}`;
  }
}

const known = new Map<string, Shape>();
const mostKnown = 100_000;

/** A text pattern of some field as partitions see it. `sets`: what its runs are made of, where that is not everything. */
export function textShape(field: string, pattern: Text, sets?: RunSets): Shape {
  const key = keyOf(pattern);
  const id = `${field} ${sets ? "narrow " : ""}${key}`;
  const before = known.get(id);
  if (before) return before;
  const expression = expressionOf(pattern, sets);
  const shape: Shape = {
    key,
    shown: shownText(field, pattern),
    ...(expression ? { expression } : {}),
    ...(sets ? {} : { texts: [pattern] }),
    samples: samplesOf(pattern),
    head: headOf(pattern),
    ...looks(pattern, sets !== undefined),
  };
  if (known.size >= mostKnown) known.clear();
  known.set(id, shape);
  return shape;
}

function looks(pattern: Text, narrow: boolean): Partial<Shape> {
  if (pattern.kind !== "exact" && pattern.kind !== "suffix") return {};
  if (narrow) return {};
  const fold = pattern.fold ? ({ fold: true } as const) : {};
  return pattern.kind === "exact"
    ? { exact: pattern.text, ...fold }
    : { suffix: pattern.text, ...fold };
}

/** Several patterns that one written value became, as one. */
export function eitherShape(field: string, patterns: readonly Text[], sets?: RunSets): Shape {
  const shapes = patterns.map((pattern) => textShape(field, pattern, sets));
  const [first] = shapes;
  if (shapes.length === 1 && first) return first;
  const parts: Expression[] = shapes.flatMap(({ expression }) => expression ?? []);
  return {
    key: `either ${shapes.map(({ key }) => key).join(" | ")}`,
    shown: first?.shown ?? "",
    ...(parts.length === shapes.length ? { expression: choice(...parts) } : {}),
    ...(sets ? {} : { texts: patterns }),
    samples: shapes.flatMap(({ samples }) => samples),
    head: commonHead(shapes.map(({ head }) => head)),
  };
}

function commonHead(heads: readonly string[]): string {
  const [first = ""] = heads;
  let length = first.length;
  for (const head of heads) while (!head.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}

/** A block of addresses. */
export function blockShape(pattern: Extract<Pattern, { readonly kind: "cidr" }>): Shape {
  const { family, low, high } = pattern;
  return {
    key: keyOf(pattern),
    shown: blockText(family, low, high),
    samples: [],
    head: "",
    block: { family, low, high },
  };
}

function blockText(family: 4 | 6, low: string, high: string): string {
  const free = BigInt(`0x${low}`) ^ BigInt(`0x${high}`);
  const length = (family === 4 ? 32 : 128) - free.toString(2).replace(/^0$/, "").length;
  const whole = length === (family === 4 ? 32 : 128);
  const text = addressText({ family, value: low });
  return whole ? text : `${text}/${length}`;
}

/** A port. */
export function portShape(port: number): Shape {
  return { key: `port ${port}`, shown: `${port}`, samples: [], head: "", port };
}

/** One of a few values. */
export function choiceShape(value: string): Shape {
  return { key: `choice ${value}`, shown: value, samples: [], head: value, exact: value };
}

/** A shape behind a fixed text and before anything of another kind. */
export function framed(
  shape: Shape,
  frame: { readonly before: Expression; readonly head: string; readonly after: Expression },
  rest: Partial<Shape>,
): Shape {
  const { expression, key, shown } = shape;
  return {
    key: `${rest.key ?? "framed"} ${key}`,
    shown,
    ...(expression ? { expression: sequence(frame.before, expression, frame.after) } : {}),
    samples: [],
    head: frame.head,
    ...(rest.absent ? { absent: true } : {}),
    ...(rest.samples ? { samples: rest.samples } : {}),
  };
}

/** Anything of a set at all: the end of a frame. */
export function anythingOf(sets: RunSets): Expression {
  return loop(sets.all);
}

function headOf(pattern: Text): string {
  switch (pattern.kind) {
    case "exact":
    case "prefix":
      return pattern.fold ? "" : pattern.text;
    case "sequence": {
      const [first] = pattern.pieces;
      return typeof first === "string" ? first : "";
    }
    default:
      return "";
  }
}

/** Believable values, most of all such as one would send. */
function samplesOf(pattern: Text): readonly string[] {
  switch (pattern.kind) {
    case "exact":
      return [pattern.text];
    case "prefix":
      return prefixSamples(pattern.text);
    case "suffix":
      return [`x${pattern.text}`, `/x${pattern.text}`, `spiffe://cluster.local${pattern.text}`];
    case "sequence":
      return [fill(pattern.pieces, "x"), fill(pattern.pieces, "default")];
    case "re2":
      return textSamples([pattern]);
    case "present":
      return [];
  }
}

function prefixSamples(text: string): readonly string[] {
  const port = text.endsWith(":") ? [`${text}8080`] : [];
  return [`${text}${text.endsWith("/") ? "x" : "/x"}`, ...port, `${text}x`, text];
}

function fill(pieces: readonly Piece[], filler: string): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : filler)).join("");
}
