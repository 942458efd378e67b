import { utf8Bytes } from "../../match/bytes.ts";
import { encodeBase64 } from "../../parse/base64.ts";
import { isJsonObject, type Json, type JsonObject } from "../../parse/protobuf-json.ts";
import { printProtobufJson } from "./print-json.ts";

/** The text of a claim in a header, in bytes. Undefined: the claim is missing, null or empty, and no header is written. */
export function claimText(payload: JsonObject, path: readonly string[]): string | undefined {
  const value = claimAt(payload, path);
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") return utf8Bytes(value);
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return String(value);
  return encodeBase64(utf8Bytes(printProtobufJson(value)));
}

function claimAt(payload: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = payload;
  for (const name of path) value = isJsonObject(value) ? value[name] : undefined;
  return value;
}

/** Whole numbers that fit 64 bits without a sign as they are; others as C prints `%f`. */
function numberText(value: number): string {
  if (value >= 0 && value < 2 ** 64 && Number.isInteger(value)) return BigInt(value).toString();
  return value < 0 ? `-${sixDigits(-value)}` : sixDigits(value);
}

/** Six digits behind the point; exactly between two, the even one. */
function sixDigits(value: number): string {
  let [whole, shift] = [value, 0n];
  while (!Number.isInteger(whole)) [whole, shift] = [whole * 2, shift + 1n];
  const scaled = BigInt(whole) * 1_000_000n;
  const twice = 1n << shift;
  const rest = (scaled % twice) * 2n;
  const floor = scaled / twice;
  const up = rest > twice || (rest === twice && floor % 2n === 1n);
  const digits = (floor + (up ? 1n : 0n)).toString().padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/**
 * The claims as metadata: those listed become lists of their words, where they have any. Only at the top level.
 * Follows envoyproxy/envoy:source/extensions/filters/http/jwt_authn/authenticator.cc setPayloadMetadata.
 */
export function splitWords(payload: JsonObject, spaceDelimited: readonly string[]): JsonObject {
  const copy: Record<string, Json> = Object.assign(Object.create(null), payload);
  for (const name of spaceDelimited) {
    const value = copy[name];
    const words = typeof value === "string" ? value.split(" ").filter((word) => word !== "") : [];
    if (words.length > 0) copy[name] = words;
  }
  return copy;
}
