import type { AccessRequest, Keys, Mesh } from "@meshproof/engine";
import { defined } from "./defined.ts";
import { listOf, type RequestPart, type SuiteToken, type TokenUse } from "./suite.ts";
import { type Minted, mint, resolveToken, type TokenSpec, type Unusable } from "./token.ts";

/** The tokens of one request, ready to be sent, and what their maker knows of them. */
export interface Credentials {
  readonly token?: NonNullable<AccessRequest["token"]>;
  readonly signatures: Readonly<Record<string, "valid" | "invalid">>;
  readonly raw: boolean; // some of them were not minted here: their time is not known
}

/** What tokens are made from. */
export interface Mint {
  readonly tokens: Readonly<Record<string, TokenSpec>>;
  readonly keys: Readonly<Record<string, Keys>>;
  readonly mesh: Mesh; // its rules without an issuer are given keys by their `jwksUri`
  readonly now: number;
}

/**
 * Signs the tokens of a request. Their maker knows whether a signature is good, whatever keys the mesh holds; where the suite
 * gives the key set of the issuer, that decides.
 */
export async function credentialsOf(
  { token }: RequestPart,
  source: Mint,
): Promise<Credentials | Unusable> {
  const sent: TokenUse[] = [];
  const signatures: Record<string, "valid" | "invalid"> = {};
  let raw = false;
  for (const use of listOf(token)) {
    const one = await sendable(use, source);
    if ("fault" in one) return one;
    sent.push(one.use);
    if (one.minted === undefined) raw ||= one.use.raw !== "none";
    else if (one.known) signatures[one.minted.token] = one.minted.signature;
  }
  const [only, second] = sent;
  if (only === undefined) return { signatures, raw };
  return { token: second === undefined ? only : sent, signatures, raw };
}

interface Sendable {
  readonly use: TokenUse;
  readonly minted?: Minted;
  readonly known?: boolean;
}

async function sendable(use: SuiteToken, source: Mint): Promise<Sendable | Unusable> {
  const described: TokenSpec & TokenUse = typeof use === "string" ? { use } : use;
  const { use: name, raw, header, prefix, param, cookie, ...spec } = described;
  const how = defined({ header, prefix, param, cookie });
  const given = raw ?? (isRaw(name, source) ? name : undefined);
  if (given !== undefined) return { use: { raw: given, ...how } };
  const named = name === undefined ? spec : { ...spec, extends: name };
  const minted = await mint(named, source.now, source.tokens);
  if ("fault" in minted) return minted;
  return { use: { raw: minted.token, ...how }, minted, known: !hasKeySet(named, source) };
}

/** A text with dots is a token, unless one of the suite has that name. */
function isRaw(text: string | undefined, { tokens }: Mint): boolean {
  if (text === undefined || Object.hasOwn(tokens, text)) return false;
  return text === "none" || text.includes(".");
}

function hasKeySet(spec: TokenSpec, { tokens, keys, mesh }: Mint): boolean {
  const resolved = resolveToken(spec, tokens);
  const issuer = "fault" in resolved ? undefined : resolved.issuer;
  if (issuer !== undefined && isKeySet(keys[issuer])) return true;
  return mesh.requestAuthentications
    .flatMap(({ spec: { jwtRules = [] } }) => jwtRules)
    .some((rule) => !rule?.issuer && rule?.jwksUri !== undefined && isKeySet(keys[rule.jwksUri]));
}

function isKeySet(keys: Keys | undefined): boolean {
  return keys !== undefined && keys !== "trusted" && keys !== "unavailable";
}
