import type { Decision, TokenUse } from "@meshproof/engine";
import type { Witness } from "@meshproof/engine/analyse";
import type { RequestPart, Suite, SuiteSpec, Test } from "../suite.ts";
import type { TokenSpec } from "../token.ts";

/** A request that must be answered like this, and is not. */
export interface Counterexample {
  readonly name: string;
  readonly witness: Witness;
  readonly expect: Decision;
}

/** Counterexamples as a suite: it fails until they are gone. `world`: where they were found. */
export function witnessSuite(
  name: string,
  examples: readonly Counterexample[],
  world: Omit<SuiteSpec, "tests" | "tokens" | "keys">,
): Suite {
  const tokens: Record<string, TokenSpec> = {};
  const names = new Set<string>();
  const tests = examples.map(({ name: wanted, witness, expect }): Test => {
    const { token: _text, ...request } = witness.request;
    const called = unused(wanted, names);
    const described = describedToken(witness);
    if (described === undefined) return { name: called, request, expect };
    const { use, spec } = described;
    const named = `token-${Object.keys(tokens).length + 1}`;
    tokens[named] = spec;
    const sent: RequestPart["token"] =
      Object.keys(use).length === 0 ? named : { use: named, ...use };
    return { name: called, request: { ...request, token: sent }, expect };
  });
  const issuers = Object.values(tokens).flatMap(({ issuer }) => issuer ?? []);
  const keys = Object.fromEntries(issuers.map((issuer) => [issuer, "trusted"]));
  const minted = issuers.length === 0 ? {} : { keys };
  const described = Object.keys(tokens).length === 0 ? {} : { tokens };
  return { metadata: { name }, spec: { ...world, ...minted, ...described, tests } };
}

/** The token of a witness as a description of which it is made anew, with where it is sent. */
export function witnessToken(witness: Witness): (TokenSpec & TokenUse) | undefined {
  const described = describedToken(witness);
  return described && { ...described.spec, ...described.use };
}

function describedToken({
  request,
  claims,
}: Witness): { readonly use: Omit<TokenUse, "raw" | "use">; readonly spec: TokenSpec } | undefined {
  const use = useOf(request.token);
  return use === undefined || claims === undefined ? undefined : { use, spec: tokenOf(claims) };
}

/** Where a token is sent; its text is made anew. */
function useOf(token: Witness["request"]["token"]): Omit<TokenUse, "raw" | "use"> | undefined {
  const first = Array.isArray(token) ? token[0] : token;
  if (first === undefined || first === "none") return undefined;
  if (typeof first === "string") return {};
  const { raw: _raw, use: _use, ...where } = first as TokenUse;
  return where;
}

/** Its times are those of whoever mints it. */
function tokenOf(witnessed: NonNullable<Witness["claims"]>): TokenSpec {
  const { iss, exp: _exp, iat: _iat, ...claims } = witnessed;
  return {
    ...(typeof iss === "string" ? { issuer: iss } : {}),
    ...(Object.keys(claims).length === 0 ? {} : { claims }),
  };
}

function unused(wanted: string, names: Set<string>): string {
  let name = wanted;
  for (let count = 2; names.has(name); count += 1) name = `${wanted} (${count})`;
  names.add(name);
  return name;
}
