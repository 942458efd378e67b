import type { Facts, Question } from "../../model/fact.ts";
import type { PublicKey } from "../../parse/jwks-key.ts";
import type { Keys } from "./keys.ts";
import type { Fault } from "./status.ts";
import type { ParsedToken } from "./token.ts";

/** The keys of a set that could verify a token, in order, and what is said if none does. */
export interface Trial {
  readonly keys: readonly PublicKey[];
  readonly fault: Fault;
}

/**
 * Which keys Envoy tries: by key id and algorithm where both sides name one. An Ed25519 key ends the search when the signature has
 * not the length of one. Keys that cannot fit the signature are left out. Follows envoyproxy/envoy:source/common/jwt/verify.cc.
 */
export function trialOf(token: ParsedToken, keys: readonly PublicKey[]): Trial {
  const named = keys.filter(
    ({ kid, alg }) =>
      (kid === "" || token.kid === "" || kid === token.kid) && (alg === "" || alg === token.alg),
  );
  const end = named.findIndex(({ kind }) => kind === "okp" && token.signature.length !== 64);
  const tried = end < 0 ? named : named.slice(0, end);
  return { keys: tried.filter((key) => couldVerify(token, key)), fault: faultOf(named, end) };
}

function faultOf(named: readonly PublicKey[], end: number): Fault {
  if (named.length === 0) return "no-matching-key";
  return end < 0 ? "verification-fails" : "ed25519-length";
}

const digestBytes: Readonly<Record<string, number>> = { HS384: 48, HS512: 64 };

function couldVerify({ alg, signature }: ParsedToken, key: PublicKey): boolean {
  if (key.kind === "rsa") return /^[RP]S/.test(alg) && signature.length === key.modulus.length;
  if (key.kind === "ec") return signature.length >= 2;
  if (key.kind === "oct") return signature.length === (digestBytes[alg] ?? 32);
  return true;
}

/** Whether a key of the provider signed the token: a fact, unless no key could have. Undefined: yes. */
export function checkSignature(
  raw: string,
  token: ParsedToken,
  keys: Keys,
  options: { readonly facts: Facts; readonly anySaltLength: boolean },
): Fault | undefined {
  if (keys.kind === "fault") return keys.fault;
  const trial = keys.kind === "known" ? trialOf(token, keys.keys) : undefined;
  const question = questionOf(withoutStrayDots(raw), keys, options.anySaltLength);
  const candidates = trial?.keys.length === 0 ? ["invalid"] : ["valid", "invalid"];
  const answer = options.facts.ask({ ...question, candidates });
  return answer === "valid" ? undefined : (trial?.fault ?? "verification-fails");
}

/** Envoy reads past dots at the ends and doubled ones: it is the token that its maker knows. */
function withoutStrayDots(raw: string): string {
  return raw
    .split(".")
    .filter((piece) => piece !== "")
    .join(".");
}

function questionOf(
  token: string,
  keys: Exclude<Keys, { readonly kind: "fault" }>,
  anySaltLength: boolean,
): Omit<Question, "candidates"> {
  const source = keys.kind === "known" ? keys.jwks : keys.name;
  return {
    id: `signature:${fingerprint(`${token}\n${source}`)}`,
    signature: {
      token,
      ...(keys.kind === "known" ? { jwks: keys.jwks } : {}),
      ...(anySaltLength ? { anySaltLength } : {}),
    },
  };
}

/** 64 bits of a text, in hex: FNV-1a with two seeds. */
function fingerprint(text: string): string {
  let [low, high] = [0x811c9dc5, 0x9747b28c];
  for (let index = 0; index < text.length; index += 1) {
    low = Math.imul(low ^ text.charCodeAt(index), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(index), 0x85ebca6b);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
