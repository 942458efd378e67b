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

const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const integers: readonly (readonly [form: RegExp, base: number, prefix: number])[] = [
  [/^0[xX][0-9a-fA-F]+$/, 16, 2],
  [/^0[bB][01]+$/, 2, 2],
  [/^0[oO][0-7]+$/, 8, 2],
  [/^0[0-7]+$/, 8, 1],
  [/^(?:0|[1-9][0-9]*)$/, 10, 0],
];

/**
 * A plain scalar as `kubectl` and the API server type it: YAML 1.1 booleans (`on`, `yes`, `y`), octals (`0777` is 511), dates as
 * text. Follows kubernetes-sigs/yaml:goyaml.v2/resolve.go.
 */
export function plainScalar(source: string): Scalar {
  const word = words.get(source);
  if (word !== undefined) return word;
  if (!/^[-+.0-9]/.test(source)) return source;
  return integer(source.replaceAll("_", "")) ?? decimal(source.replaceAll("_", ""), source);
}

function integer(text: string): number | undefined {
  const negative = text.startsWith("-");
  const digits = /^[-+]/.test(text) ? text.slice(1) : text;
  for (const [form, base, prefix] of integers) {
    if (!form.test(digits)) continue;
    const value = Number.parseInt(digits.slice(prefix), base);
    return negative ? 0 - value : value;
  }
  return undefined;
}

function decimal(text: string, source: string): Scalar {
  return float.test(text) ? Number(text) : source;
}

/** A key as JSON has it: always text. `8080` and `on` become "8080" and "true". */
export function keyText(scalar: Scalar): string {
  return scalar === null ? "null" : String(scalar);
}
