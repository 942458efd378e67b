import { isOutOfReach } from "../../envoy/jwt-authn/keys.ts";
import type { JwtProvider } from "../../model/program.ts";
import type { ExplainedCondition, FoundToken } from "../explanation.ts";
import { headerOf } from "../http-parts.ts";
import { bare } from "../layer-edits.ts";
import { type Claims, presentClaims } from "../token-edit.ts";
import { valueAt } from "../written.ts";
import { type Detector, firstFound, layerOf, refusing, type Scene, unmatchedAt } from "./scene.ts";

function tokenConditions(scene: Scene): readonly ExplainedCondition[] {
  return unmatchedAt(scene, "request.principal", "claim");
}

function tokensOf(scene: Scene): readonly FoundToken[] {
  return layerOf(scene, "jwt")?.jwt?.tokens ?? [];
}

function providersOf(scene: Scene): readonly JwtProvider[] {
  return layerOf(scene, "jwt")?.jwt?.providers ?? [];
}

/** No token is no fault for the JWT filter. */
export const missingToken: Detector = (scene) => {
  const [condition] = tokenConditions(scene);
  const jwt = layerOf(scene, "jwt");
  if (condition === undefined || jwt?.jwt === undefined) return undefined;
  if (tokensOf(scene).length > 0 || scene.decision !== "deny") return undefined;
  if (scene.hop.hop.saw?.method === "OPTIONS") return undefined;
  const text =
    "A RequestAuthentication refuses tokens that are wrong (401) and lets requests without one through. It is the ALLOW rule that misses the token, and what it misses is answered 403.";
  return { id: "a-missing-token-is-403", text, at: condition.at };
};

/** A token that nothing looks at. */
export const noRequestAuthentication: Detector = (scene) => {
  const [condition] = tokenConditions(scene);
  if (condition === undefined || layerOf(scene, "jwt")?.result !== "no-policy") return undefined;
  const text = `No RequestAuthentication applies to this workload, so no token is ever looked at, and ${condition.field} cannot match.`;
  return { id: "only-a-requestauthentication-reads-tokens", text, at: condition.at };
};

/** The token is where the policy does not look. */
export const tokenElsewhere: Detector = (scene) => {
  const [condition] = tokenConditions(scene);
  const providers = providersOf(scene);
  const carried = headerCarriesToken(scene);
  if (condition === undefined || providers.length === 0 || !carried) return undefined;
  if (tokensOf(scene).length > 0) return undefined;
  const text =
    "The request carries a token where the RequestAuthentication does not look. With fromHeaders, fromParams or fromCookies the Authorization header no longer counts.";
  return { id: "a-token-counts-only-where-it-is-looked-for", text, at: condition.at };
};

function headerCarriesToken({ request, hop }: Scene): boolean {
  const isToken = (value: string): boolean => /(?:^|\s)[\w-]+\.[\w-]+\.[\w-]*$/.test(value);
  const sent = hop.hop.told?.http?.headers ?? [];
  return (
    isToken(headerOf(request, "authorization") ?? "") || sent.some(([, value]) => isToken(value))
  );
}

/** A principal is issuer and subject. */
export const withoutSubject: Detector = (scene) => {
  const [condition] = unmatchedAt(scene, "request.principal");
  const token = tokensOf(scene).find(
    ({ issuer, subject }) => issuer !== undefined && subject === undefined,
  );
  if (condition === undefined || token === undefined) return undefined;
  const text =
    "The token has no subject. A request principal is issuer/subject, and without `sub` there is none, so that even * does not match. Test request.auth.claims[iss] instead.";
  return { id: "a-token-without-sub-has-no-principal", text, at: condition.at };
};

/** Almost the issuer. */
export const issuerSpelling: Detector = (scene) => {
  if (refusing(scene)?.layer !== "jwt") return undefined;
  const pairs = providersOf(scene).flatMap((provider) =>
    tokensOf(scene).map(({ issuer = "" }) => ({ provider, issuer })),
  );
  const near = pairs.find(
    ({ provider, issuer }) => issuer !== provider.issuer && bare(issuer) === bare(provider.issuer),
  );
  if (near === undefined) return undefined;
  const { provider, issuer } = near;
  const at = { ...provider.at, path: [...provider.at.path, "issuer"] };
  const text = `The issuer must be the same text: the token says ${issuer}, the policy ${provider.issuer}. A slash at the end counts.`;
  return { id: "an-issuer-is-compared-letter-by-letter", text, at };
};

/** An issuer that no rule names. */
export const unknownIssuer: Detector = (scene) => {
  const layer = refusing(scene);
  if (layer?.layer !== "jwt" || layer.text !== "Jwt issuer is not configured") return undefined;
  if (issuerSpelling(scene) !== undefined) return undefined;
  const issuers = tokensOf(scene).flatMap(({ issuer }) => issuer ?? []);
  const text = `A token of an issuer that no jwtRule names (${[...new Set(issuers)].join(", ") || "none"}) is refused, also where no token would have been needed.`;
  return { id: "a-token-of-an-unknown-issuer-is-refused", text };
};

/** No keys, no valid token. */
export const noKeys: Detector = (scene) => {
  const layer = refusing(scene);
  const lost = providersOf(scene).some(
    (provider) => isOutOfReach(provider) || scene.options.keys?.[provider.issuer] === "unavailable",
  );
  const said =
    layer?.text === "Jwks remote fetch is failed" ||
    layer?.text === "Jwks doesn't have any valid public key";
  if (layer?.layer !== "jwt" || !(lost || said)) return undefined;
  const [provider] = providersOf(scene);
  const text =
    "The keys of the issuer cannot be had, so every token of it is refused, also those that are good. istiod fetches jwksUri itself, from where it runs: it must reach it, or the keys must stand in jwks.";
  return {
    id: "without-keys-every-token-is-refused",
    text,
    ...(provider ? { at: provider.at } : {}),
  };
};

/** Dots do not lead into a claim. */
export const nestedClaim: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, "claim"), ({ clause }) => {
    const { attribute } = clause;
    if (attribute.kind !== "claim") return undefined;
    const parts = attribute.path.flatMap((name) => name.split("."));
    const claims = claimsOf(scene);
    const other = parts.length !== attribute.path.length ? parts : [attribute.path.join(".")];
    const differs = other.length !== attribute.path.length;
    return differs && claims && valueAt(claims, other) !== undefined ? other : undefined;
  });
  if (found === undefined) return undefined;
  const key = found.found.map((name) => `[${name}]`).join("");
  const text = `The token has the claim under request.auth.claims${key}: brackets lead into a claim, dots do not.`;
  return { id: "brackets-lead-into-a-claim", text, at: found.condition.at };
};

function claimsOf(scene: Scene): Claims | undefined {
  const [provider] = providersOf(scene);
  return provider && presentClaims(scene.request, provider);
}

/** Words in one text. */
export const wordsInClaim: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, "claim"), ({ actual, expected }) =>
    actual.find(
      (text) =>
        text.split(" ").length > 1 && expected.some((word) => text.split(" ").includes(word)),
    ),
  );
  if (found === undefined) return undefined;
  const text = `The claim is one text, "${found.found}". Only scope and permission are split at spaces; other claims are where spaceDelimitedClaims of the jwtRule names them (from 1.28 on).`;
  return { id: "a-claim-is-one-text", text, at: found.condition.at };
};

/** Numbers and the like match nothing. */
export const claimNotText: Detector = (scene) => {
  const claims = claimsOf(scene);
  const found = firstFound(unmatchedAt(scene, "claim"), ({ clause, actual }) => {
    const { attribute } = clause;
    if (attribute.kind !== "claim" || actual.length > 0 || claims === undefined) return undefined;
    const value = valueAt(claims, attribute.path);
    return value === undefined || typeof value === "string" ? undefined : { value };
  });
  if (found === undefined) return undefined;
  const shown = JSON.stringify(found.found.value) ?? "";
  const text = `The claim is ${shown.length > 40 ? "no text" : shown}: only texts and lists of texts can match.`;
  return { id: "only-texts-in-claims-match", text, at: found.condition.at };
};
