import { type AccessRequest, type Keys, type Mesh, verifySignature } from "@meshproof/engine";
import { defined } from "./defined.ts";
import { jwksFor } from "./keys.ts";
import { listOf, type RequestPart, type SuiteToken, type TokenUse } from "./suite.ts";
import {
  issuerOf,
  type Minted,
  mint,
  resolveToken,
  type TokenSpec,
  type Unusable,
} from "./token.ts";

/** What is known of signatures before anything is verified. */
type Known = Omit<Mint, "now">;

/** The tokens of one request, ready to be sent, and what their maker knows of them. */
export interface Credentials {
  readonly token?: NonNullable<AccessRequest["token"]>;
  readonly signatures: Readonly<Record<string, "valid" | "invalid">>;
  readonly raw: boolean; // some of them were not minted here: their time is not known
}

/** Whose keys are stated, and for which mesh. */
export interface StatedKeys {
  readonly keys: Readonly<Record<string, Keys>>; // by issuer
  readonly mesh: Mesh; // its rules without an issuer are given keys by their `jwksUri`
}

/** What tokens are made from. */
export interface Mint extends StatedKeys {
  readonly tokens: Readonly<Record<string, TokenSpec>>;
  readonly now: number;
}

/**
 * Signs the tokens of a request. Their maker knows whether a signature is good, whatever keys the mesh holds; where the suite
 * gives the key set of the issuer, that decides.
 */
export async function credentialsOf(
  { token, http }: RequestPart,
  source: Mint,
): Promise<Credentials | Unusable> {
  const sent: TokenUse[] = [];
  const signatures: Record<string, "valid" | "invalid"> = await knownIn(http, source);
  let raw = false;
  for (const use of listOf(token)) {
    const one = await sendable(use, source);
    if ("fault" in one) return one;
    sent.push(one.use);
    if (one.minted === undefined) {
      const text = one.use.raw ?? "none";
      raw ||= text !== "none";
      if (await isOfTestKeys(text, source)) signatures[text] = "valid";
    } else if (one.known) signatures[one.minted.token] = one.minted.signature;
  }
  const [only, second] = sent;
  if (only === undefined) return { signatures, raw };
  return { token: second === undefined ? only : sent, signatures, raw };
}

/** The tokens of a request, wherever they stand, that a test key signed which is trusted: what nobody can verify who has the mesh alone. */
export function testSignatures(
  { token, http }: Pick<AccessRequest, "token" | "http">,
  source: StatedKeys,
): Promise<Readonly<Record<string, "valid">>> {
  return knownIn({ token, http }, { ...source, tokens: {} });
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

/** What is known of the tokens that stand in a header or a path, as in a curl command that was pasted. */
async function knownIn(parts: unknown, source: Known): Promise<Record<string, "valid">> {
  const known: Record<string, "valid"> = {};
  for (const text of JSON.stringify(parts ?? "").match(/\bey[\w-]+\.ey[\w-]+\.[\w-]+/g) ?? [])
    if (await isOfTestKeys(text, source)) known[text] = "valid";
  return known;
}

/** A token that was made before, by `authz token`: a test key signed it, and no other keys than those are stated for its issuer. */
async function isOfTestKeys(token: string, source: Known): Promise<boolean> {
  const issuer = issuerOf(token);
  if (issuer === undefined || hasKeySet({ issuer }, source)) return false;
  const rules = rulesOf(source).filter((rule) => !rule.issuer || rule.issuer === issuer);
  const trusted = [issuer, ...rules.flatMap((rule) => (rule.issuer ? [] : (rule.jwksUri ?? [])))];
  if (rules.some(({ jwks }) => jwks)) return false;
  if (!trusted.some((name) => source.keys[name] === "trusted")) return false;
  return verifySignature(token, jwksFor(issuer, { secret: true }));
}

/** A text with dots is a token, unless one of the suite has that name. */
function isRaw(text: string | undefined, { tokens }: Mint): boolean {
  if (text === undefined || Object.hasOwn(tokens, text)) return false;
  return text === "none" || text.includes(".");
}

function hasKeySet(spec: TokenSpec, source: Known): boolean {
  const { tokens, keys } = source;
  const resolved = resolveToken(spec, tokens);
  const issuer = "fault" in resolved ? undefined : resolved.issuer;
  if (issuer !== undefined && isKeySet(keys[issuer])) return true;
  return rulesOf(source).some(
    ({ issuer: own, jwksUri }) => !own && jwksUri !== undefined && isKeySet(keys[jwksUri]),
  );
}

function rulesOf({ mesh }: Pick<StatedKeys, "mesh">): readonly JwtRule[] {
  const rules = mesh.requestAuthentications.flatMap(({ spec: { jwtRules = [] } }) => jwtRules);
  return rules.filter((rule) => rule !== null);
}

type JwtRule = NonNullable<
  NonNullable<Mesh["requestAuthentications"][number]["spec"]["jwtRules"]>[number]
>;

function isKeySet(keys: Keys | undefined): boolean {
  return keys !== undefined && keys !== "trusted" && keys !== "unavailable";
}
