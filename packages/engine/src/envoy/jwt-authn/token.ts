import { base64UrlCodes, fromCodes, toCodes, utf8Text } from "../../parse/base64.ts";
import { type Json, type JsonObject, parseProtobufJson } from "../../parse/protobuf-json.ts";
import type { Fault } from "./status.ts";

/** A token that is well formed. Nothing is known yet of who signed it. */
export interface ParsedToken {
  readonly signed: string; // header and payload as they stand, with the dot: what the signature covers
  readonly payloadText: string; // base64url, as in the token
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly alg: string;
  readonly kid: string; // "": none
  readonly issuer: string; // "": none
  readonly notBefore: number; // seconds; 0: none
  readonly expires: number; // 0: never
  readonly audiences: readonly string[];
  readonly payload: JsonObject;
}

const algorithms: ReadonlySet<string> = new Set([
  ...["ES256", "ES384", "ES512", "HS256", "HS384", "HS512", "EdDSA"],
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
]);

/** A token from its bytes, or the first thing that is wrong with it. Follows envoyproxy/envoy:source/common/jwt/jwt.cc parseFromString. */
export function parseToken(bytes: string): ParsedToken | Fault {
  const [header, payload, signature, ...more] = bytes.split(".").filter((piece) => piece !== "");
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0)
    return "bad-format";
  const head = recallHeader(header);
  if (typeof head === "string") return head;
  const body = parsePayload(payload);
  if (typeof body === "string") return body;
  const signatureBytes = base64UrlCodes(signature);
  if (signatureBytes === undefined) return "signature-base64";
  return {
    signed: `${header}.${payload}`,
    payloadText: payload,
    signature: signatureBytes,
    alg: head.alg,
    kid: head.kid,
    issuer: body.issuer,
    notBefore: body.notBefore,
    expires: body.expires,
    audiences: body.audiences,
    payload: body.payload,
  };
}

const known = new Map<string, ParsedToken | Fault>();
const remembered = 256;
const longest = 16_384;

/** `parseToken`, remembered: a token is read when it is judged, when it is verified, and when it is judged again. */
export function recallToken(bytes: string): ParsedToken | Fault {
  const before = known.get(bytes);
  if (before !== undefined) return before;
  const parsed = parseToken(bytes);
  if (bytes.length > longest) return parsed;
  if (known.size >= remembered) known.clear();
  known.set(bytes, parsed);
  return parsed;
}

type Header = Pick<ParsedToken, "alg" | "kid">;
const headers = new Map<string, Header | Fault>();

/** `parseHeader`, remembered: all tokens of a key have the same. */
function recallHeader(text: string): Header | Fault {
  const before = headers.get(text);
  if (before !== undefined) return before;
  const parsed = parseHeader(text);
  if (text.length > longest) return parsed;
  if (headers.size >= remembered) headers.clear();
  headers.set(fromCodes(toCodes(text)), parsed); // a copy: a part of a text keeps the whole token in memory
  return parsed;
}

function parseHeader(text: string): Header | Fault {
  const bytes = base64UrlCodes(text);
  if (bytes === undefined) return "header-base64";
  const header = parseObject(bytes);
  if (header === undefined) return "header-json";
  const { alg, kid = "" } = header;
  if (typeof alg !== "string") return "alg-missing";
  if (!algorithms.has(alg)) return "alg-unsupported";
  return typeof kid === "string" ? { alg, kid } : "kid-type";
}

type Claims = Pick<ParsedToken, "issuer" | "notBefore" | "expires" | "audiences" | "payload">;

function parsePayload(text: string): Claims | Fault {
  const bytes = base64UrlCodes(text);
  if (bytes === undefined) return "payload-base64";
  const payload = parseObject(bytes);
  if (payload === undefined) return "payload-json";
  const { iss: issuer = "", sub = "", jti = "" } = payload;
  if (typeof issuer !== "string") return "iss-type";
  if (typeof sub !== "string") return "sub-type";
  for (const name of ["iat", "nbf", "exp"] as const) {
    const fault = faultOfTime(payload[name], name);
    if (fault !== undefined) return fault;
  }
  if (typeof jti !== "string") return "jti-type";
  const audiences = audiencesOf(payload["aud"]);
  if (audiences === undefined) return "aud-type";
  return {
    issuer,
    notBefore: secondsOf(payload["nbf"]),
    expires: secondsOf(payload["exp"]),
    audiences,
    payload,
  };
}

function parseObject(bytes: Uint8Array): JsonObject | undefined {
  const text = utf8Text(bytes);
  return text === undefined ? undefined : parseProtobufJson(text);
}

function faultOfTime(value: Json | undefined, name: "iat" | "nbf" | "exp"): Fault | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number") return `${name}-type`;
  return value < 0 || value >= 2 ** 64 ? `${name}-range` : undefined;
}

function secondsOf(value: Json | undefined): number {
  return typeof value === "number" ? Math.trunc(value) : 0;
}

function audiencesOf(value: Json | undefined): readonly string[] | undefined {
  if (value === undefined) return [];
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((item) => typeof item === "string");
  return texts.length === value.length ? texts : undefined;
}
