import type { Json } from "../../parse/protobuf-json.ts";

/** Compact JSON as protobuf prints it. Follows protocolbuffers/protobuf:src/google/protobuf/json/internal/writer.cc. */
export function printProtobufJson(value: Json): string {
  if (typeof value === "number") return printNumber(value);
  if (typeof value === "string") return printText(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${value.map(printProtobufJson).join(",")}]`;
  const members = Object.entries(value);
  return `{${members.map(([key, member]) => `${printText(key)}:${printProtobufJson(member)}`).join(",")}}`;
}

/** As C prints `%.15g`, or `%.17g` where that would lose something. */
function printNumber(value: number): string {
  if (Object.is(value, -0)) return "-0";
  const precision = Number(value.toPrecision(15)) === value ? 15 : 17;
  const [mantissa = "", power = "0"] = value.toExponential(precision - 1).split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < precision)
    return dropZeros(value.toFixed(Math.max(0, precision - 1 - exponent)));
  const sign = exponent < 0 ? "-" : "+";
  return `${dropZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function dropZeros(digits: string): string {
  return digits.includes(".") ? digits.replace(/0+$/, "").replace(/\.$/, "") : digits;
}

const short: ReadonlyMap<string, string> = new Map([
  ...([
    ["\n", "\\n"],
    ["\r", "\\r"],
    ["\t", "\\t"],
    ["\f", "\\f"],
  ] as const),
  ...([
    ["\b", "\\b"],
    ['"', '\\"'],
    ["\\", "\\\\"],
  ] as const),
]);

/** What protobuf escapes beyond what JSON needs: angle brackets, controls, and characters without a shape. */
const escaped =
  /["\\<>\p{Cc}\u{ad}\u{600}-\u{603}\u{6dd}\u{70f}\u{17b4}\u{17b5}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{2064}\u{206a}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/gu;

function printText(text: string): string {
  return `"${text.replace(escaped, (character) => short.get(character) ?? unicodeEscapes(character))}"`;
}

function unicodeEscapes(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
