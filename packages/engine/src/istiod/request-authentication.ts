import { utf8Bytes } from "../match/bytes.ts";
import type { Release } from "../model/mesh.ts";
import type { Note } from "../model/note.ts";
import { compareBytes, type Place } from "../model/place.ts";
import type { JwtRule, RequestAuthentication } from "../model/policy.ts";
import type { JwtFilter, JwtProvider, Refusal } from "../model/program.ts";
import { type Fetching, fetchingOf, keysOf } from "./jwt-keys.ts";
import { refusalOf } from "./request-authentication-refusal.ts";
import { differences, type JwtDifferences } from "./request-authentication-release.ts";

/** What RequestAuthentications come to on one proxy. No filter: no rule applies. `refused`: Envoy does not take the listener. */
export interface JwtConfiguration {
  readonly filter?: JwtFilter;
  readonly notes: readonly Note[];
  readonly refused?: Refusal;
}

interface PlacedRule {
  readonly rule: JwtRule;
  readonly at: Place;
}

interface Context {
  readonly differs: JwtDifferences;
  readonly fetching: Fetching;
}

/**
 * The JWT filter of a proxy from the policies that bind to it, in their order of attachment: all rules of all of them, sorted by issuer.
 * `features`: istiod's environment, for PILOT_JWT_ENABLE_REMOTE_JWKS. Follows istio/istio:pilot/pkg/security/authn/policy_applier.go.
 */
export function jwtFilter(
  bound: readonly RequestAuthentication[],
  release: Release,
  features: Readonly<Record<string, string>> = {},
): JwtConfiguration {
  const rules = bound.flatMap(rulesOf).sort((a, b) => compareBytes(issuerOf(a), issuerOf(b)));
  if (rules.length === 0) return { notes: [] };
  const differs = differences(release);
  const context = { differs, fetching: fetchingOf(features, release) };
  const providers = rules.map((rule, index) => providerOf(rule, index, context));
  const refused = refusalOf(providers);
  const filter: JwtFilter = {
    kind: "jwt",
    providers,
    ...(differs.sanitizesFirst ? { sanitizesFirst: true } : {}),
    ...(differs.anySaltLength ? { anySaltLength: true } : {}),
  };
  const notes = rules.flatMap((rule) => notesOf(rule, context.fetching));
  return { filter, notes, ...(refused === undefined ? {} : { refused }) };
}

function rulesOf(policy: RequestAuthentication): readonly PlacedRule[] {
  return (policy.spec.jwtRules ?? []).flatMap((rule, index) =>
    rule === null
      ? []
      : [{ rule, at: { resource: policy.key, path: ["spec", "jwtRules", index] } }],
  );
}

function issuerOf({ rule }: PlacedRule): string {
  return rule.issuer ?? "";
}

function providerOf({ rule, at }: PlacedRule, index: number, context: Context): JwtProvider {
  const payloadHeader = lowerCase(rule.outputPayloadToHeader ?? "");
  return {
    name: `origins-${index}`,
    at,
    issuer: rule.issuer ?? "",
    audiences: rule.audiences ?? [],
    keys: keysOf(rule, context.fetching),
    ...locationsOf(rule),
    forward: rule.forwardOriginalToken ?? false,
    ...(payloadHeader === "" ? {} : { payloadHeader }),
    claimHeaders: (rule.outputClaimToHeaders ?? []).map(({ header, claim }) => ({
      header: lowerCase(header),
      claim: claim.split("."),
    })),
    spaceDelimited: spaceDelimitedOf(rule, context.differs),
  };
}

/** The usual places only where a rule names none. */
function locationsOf(rule: JwtRule): Pick<JwtProvider, "headers" | "params" | "cookies"> {
  const headers = (rule.fromHeaders ?? []).map(({ name, prefix = "" }) => ({
    name: lowerCase(name),
    prefix: utf8Bytes(prefix),
  }));
  const params = (rule.fromParams ?? []).map(utf8Bytes);
  const cookies = (rule.fromCookies ?? []).map(utf8Bytes);
  if (headers.length + params.length + cookies.length > 0) return { headers, params, cookies };
  return {
    headers: [{ name: "authorization", prefix: "Bearer " }],
    params: ["access_token"],
    cookies: [],
  };
}

function spaceDelimitedOf(
  rule: JwtRule,
  { spaceDelimitedClaims }: JwtDifferences,
): readonly string[] {
  const listed = spaceDelimitedClaims ? (rule.spaceDelimitedClaims ?? []) : [];
  return [...new Set([...listed, "permission", "scope"])].sort(compareBytes);
}

/** Header names in lower case, as Envoy's LowerCaseString makes them: ASCII letters only. */
function lowerCase(name: string): string {
  return utf8Bytes(name).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** A key source that is written down and never read. */
function notesOf({ rule, at }: PlacedRule, fetching: Fetching): readonly Note[] {
  if ((rule.jwks ?? "") === "" || (rule.jwksUri ?? "") === "") return [];
  const ignored = fetching.by === "istiod" ? "jwksUri" : "jwks";
  const place = { ...at, path: [...at.path, ignored] };
  return [{ kind: "value-dropped", because: "other-keys-used", at: place, effect: "none" }];
}
