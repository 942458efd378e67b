import type { Path } from "../model/place.ts";
import type { JwtProvider, Refusal } from "../model/program.ts";
import { parseJwks } from "../parse/jwks.ts";

interface Reason {
  readonly cause: string;
  readonly below: Path;
}

/** The first reason for which Envoy refuses a listener with these providers. Undefined: it takes them. */
export function refusalOf(providers: readonly JwtProvider[]): Refusal | undefined {
  return firstRefusal(providers, constraintOf) ?? firstRefusal(providers, unusableKeysOf);
}

function firstRefusal(
  providers: readonly JwtProvider[],
  reasonOf: (provider: JwtProvider) => Reason | undefined,
): Refusal | undefined {
  for (const provider of providers) {
    const reason = reasonOf(provider);
    if (reason === undefined) continue;
    const at = { ...provider.at, path: [...provider.at.path, ...reason.below] };
    return { effect: "update-refused", cause: reason.cause, at };
  }
  return undefined;
}

/** Names that Envoy's own validation refuses. Follows envoyproxy/envoy:api/envoy/extensions/filters/http/jwt_authn/v3/config.proto. */
function constraintOf(provider: JwtProvider): Reason | undefined {
  const { payloadHeader = "" } = provider;
  if (isBroken(payloadHeader))
    return constraint(provider, "ForwardPayloadHeader", pattern, ["outputPayloadToHeader"]);
  return headerConstraint(provider) ?? claimConstraint(provider);
}

const pattern = 'value does not match regex pattern "^[^\\x00\\n\\r]*$"';
const tooShort = "value length must be at least 1 characters";

function headerConstraint(provider: JwtProvider): Reason | undefined {
  for (const [index, { name, prefix }] of provider.headers.entries()) {
    const field = isBroken(prefix) ? "ValuePrefix" : "Name";
    if (name !== "" && !isBroken(name) && field === "Name") continue;
    const inner = `JwtHeaderValidationError.${field}: ${name === "" ? tooShort : pattern}`;
    const below = ["fromHeaders", index, field === "Name" ? "name" : "prefix"];
    return constraint(provider, `FromHeaders[${index}]`, embedded(inner), below);
  }
  return undefined;
}

function claimConstraint(provider: JwtProvider): Reason | undefined {
  for (const [index, { header, claim }] of provider.claimHeaders.entries()) {
    const empty = header === "" || claim.join(".") === "";
    if (!empty && !isBroken(header)) continue;
    const inClaim = header !== "" && !isBroken(header);
    const field = inClaim ? "ClaimName" : "HeaderName";
    const inner = `JwtClaimToHeaderValidationError.${field}: ${empty ? tooShort : pattern}`;
    const below = ["outputClaimToHeaders", index, inClaim ? "claim" : "header"];
    return constraint(provider, `ClaimToHeaders[${index}]`, embedded(inner), below);
  }
  return undefined;
}

function embedded(inner: string): string {
  return `embedded message failed validation | caused by ${inner}`;
}

function constraint(provider: JwtProvider, field: string, why: string, below: Path): Reason {
  const error = embedded(`JwtProviderValidationError.${field}: ${why}`);
  const inner = `JwtAuthenticationValidationError.Providers[${provider.name}]: ${error}`;
  return { cause: `Proto constraint validation failed (${inner})`, below };
}

function isBroken(text: string): boolean {
  return text.includes("\0") || text.includes("\n") || text.includes("\r");
}

/** Follows envoyproxy/envoy:source/extensions/filters/http/jwt_authn/filter_factory.cc validateJwtConfig. */
function unusableKeysOf({ name, keys }: JwtProvider): Reason | undefined {
  const unusable = keys.kind === "inline" ? parseJwks(keys.jwks).unusable : undefined;
  if (unusable === undefined) return undefined;
  const cause = `Provider '${name}' in jwt_authn config has invalid local jwks: ${unusable}`;
  return { cause, below: ["jwks"] };
}
