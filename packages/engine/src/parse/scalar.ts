/** What a plain (unquoted) YAML scalar is to Kubernetes. */
export type Scalar = string | number | boolean | null;

const words: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(
    (word) => [word, true] as const,
  ),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map(
    (word) => [word, false] as const,
  ),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Infinity] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, -Infinity] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, NaN] as const),
]);

const longestWord = 5;

const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const integers: readonly (readonly [form: RegExp, prefix: string, digits: number])[] = [
  [/^0[xX][0-9a-fA-F]+$/, "0x", 2],
  [/^0[bB][01]+$/, "0b", 2],
  [/^0[oO][0-7]+$/, "0o", 2],
  [/^0[0-7]+$/, "0o", 1],
  [/^(?:0|[1-9][0-9]*)$/, "", 0],
];
const largest = 2n ** 64n;

/**
 * A plain scalar as `kubectl` and the API server type it: YAML 1.1 booleans (`on`, `yes`, `y`), octals (`0777` is 511), dates as
 * text. Follows yaml/go-yaml:resolve.go (v2), which kubernetes-sigs/yaml reads with.
 */
export function plainScalar(source: string): Scalar {
  const word = source.length <= longestWord ? words.get(source) : undefined;
  if (word !== undefined) return word;
  if (!beginsNumber(source.charCodeAt(0))) return source;
  const plain = source.replaceAll("_", "");
  return integer(plain) ?? decimal(plain, source);
}

/** Whether a character is one of `+-.` and the digits. */
function beginsNumber(code: number): boolean {
  return code <= 57 && code >= 43 && code !== 44 && code !== 47;
}

/** Whole numbers fit into 64 bits; what is larger is tried as a decimal. */
function integer(text: string): number | undefined {
  const negative = text.startsWith("-");
  const unsigned = /^[-+]/.test(text) ? text.slice(1) : text;
  const [, prefix, skipped] = integers.find(([form]) => form.test(unsigned)) ?? [];
  if (prefix === undefined || unsigned.length > 80) return undefined;
  const value = BigInt(prefix + unsigned.slice(skipped));
  const limit = negative ? largest / 2n : unsigned === text ? largest - 1n : largest / 2n - 1n;
  if (value > limit) return undefined;
  return negative ? 0 - Number(value) : Number(value);
}

function decimal(text: string, source: string): Scalar {
  const value = float.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : source;
}

/** A scalar with one of YAML's tags; undefined where the text is no such thing. Any other tag makes it text. */
export function taggedScalar(tag: string, source: string): Scalar | undefined {
  const kind = tag.startsWith(standardTag) ? kinds.get(tag.slice(standardTag.length)) : undefined;
  if (kind === undefined) return source;
  const value = plainScalar(source);
  return kind(value) ? value : undefined;
}

const standardTag = "tag:yaml.org,2002:";
const kinds: ReadonlyMap<string, (value: Scalar) => boolean> = new Map([
  ["bool", (value: Scalar) => typeof value === "boolean"],
  ["int", (value: Scalar) => Number.isInteger(value)],
  ["float", (value: Scalar) => typeof value === "number"],
  ["null", (value: Scalar) => value === null],
]);

/** A key as JSON has it: always text. `8080` and `on` become "8080" and "true". */
export function keyText(scalar: Scalar): string {
  return scalar === null ? "null" : String(scalar);
}
