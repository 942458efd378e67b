import type { ExplainedJwt, FoundToken, JwtProvider } from "@meshproof/engine";
import { policyName } from "@meshproof/testkit";
import { type Places, placeIn } from "./explain-policy.ts";
import { type Line, placed, wrapped } from "./trace-lines.ts";

/** The issuers that a proxy accepts, where it looks for their tokens, and what it found there. */
export function jwtLines({ providers, tokens }: ExplainedJwt, places: Places): readonly Line[] {
  return providers.flatMap((provider) => [
    ...placed("    ", providerText(provider), placeIn(places, provider.at)),
    ...tokens.filter((token) => token.provider === provider.name).flatMap(tokenLines),
    ...(tokens.some((token) => token.provider === provider.name) ? [] : ["      finds no token"]),
  ]);
}

/** "https://id.example (shop/jwt), audiences a, b, from header authorization" */
export function providerText(provider: JwtProvider): string {
  const { issuer, audiences, at } = provider;
  const who = issuer === "" ? "any issuer" : `issuer ${issuer}`;
  const wanted = audiences.length === 0 ? "" : `, audience ${audiences.join(" or ")}`;
  return `${policyName(at.resource)}: ${who}${wanted}, from ${locationsText(provider)}`;
}

function locationsText({ headers, params, cookies }: JwtProvider): string {
  const places = [
    ...headers.map(
      ({ name, prefix }) => `header ${name}${prefix === "" ? "" : ` after "${prefix}"`}`,
    ),
    ...params.map((name) => `parameter ${name}`),
    ...cookies.map((name) => `cookie ${name}`),
  ];
  return places.join(", ");
}

function tokenLines({ issuer, subject, audiences, expires }: FoundToken): readonly Line[] {
  if (issuer === undefined && subject === undefined && expires === undefined)
    return ["      finds a text that is no token with an issuer"];
  const parts = [
    `issuer ${issuer ?? "none"}`,
    `subject ${subject ?? "none"}`,
    ...(audiences.length === 0 ? [] : [`audience ${audiences.join(", ")}`]),
    expires === undefined ? "never expires" : `expires ${timeText(expires)}`,
  ];
  return wrapped("      finds a token: ", parts.join(", "));
}

function timeText(seconds: number): string {
  const latest = 8_640_000_000_000;
  return seconds > latest
    ? String(seconds)
    : new Date(seconds * 1000).toISOString().slice(0, 19).concat("Z");
}
