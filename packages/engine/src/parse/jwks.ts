import { parseCertificate } from "./jwks-certificate.ts";
import { type PublicKey, parseKey } from "./jwks-key.ts";
import { isJsonObject, type Json, type JsonObject, parseProtobufJson } from "./protobuf-json.ts";

/** The usable keys of a key set, in its order; or why Envoy refuses it, in Envoy's words. */
export type KeySet =
  | { readonly keys: readonly PublicKey[]; readonly unusable?: undefined }
  | { readonly unusable: string };

/**
 * A key set as Envoy reads it: `keys` with what can be used of it, or certificates by key id. One usable key is enough, none
 * makes Envoy refuse the listener. Follows envoyproxy/envoy:source/common/jwt/jwks.cc.
 */
export function parseJwks(text: string): KeySet {
  const document = parseProtobufJson(text);
  if (document === undefined) return { unusable: "Jwks is an invalid JSON" };
  const members = document["keys"];
  if (members === undefined) return parseCertificates(document);
  if (!Array.isArray(members)) return { unusable: "[keys] in Jwks is not an array" };
  return usableKeys(members);
}

const known = new Map<string, KeySet>();
const remembered = 256;

/** `parseJwks`, remembered: key sets are few and long, and every request needs them again. */
export function recallJwks(text: string): KeySet {
  const before = known.get(text);
  if (before !== undefined) return before;
  const set = parseJwks(text);
  if (known.size >= remembered) known.clear();
  known.set(text, set);
  return set;
}

function usableKeys(members: readonly Json[]): KeySet {
  const parsed = members.filter(isJsonObject).map(parseKey);
  const keys = parsed.filter((key) => typeof key !== "string");
  if (keys.length > 0) return { keys };
  const firstError = parsed.find((key) => typeof key === "string");
  return { unusable: firstError ?? "Jwks doesn't have any valid public key" };
}

function parseCertificates(document: JsonObject): KeySet {
  const members = Object.entries(document);
  const keys: PublicKey[] = [];
  if (members.length === 0 || !members.every(([kid, pem]) => kid !== "" && isPem(pem)))
    return { unusable: "Jwks does not have [keys] field" };
  for (const [kid, pem] of members) {
    const key = typeof pem === "string" ? parseCertificate(kid, pem) : undefined;
    if (key === "other") return { unusable: "X509 parse pubkey internal fails: get pubkey" };
    if (key === undefined) return { unusable: "X509 parse pubkey fails" };
    keys.push(key);
  }
  return { keys };
}

function isPem(value: Json): boolean {
  return (
    typeof value === "string" &&
    value.startsWith("-----BEGIN CERTIFICATE-----\n") &&
    value.endsWith("-----END CERTIFICATE-----\n")
  );
}
