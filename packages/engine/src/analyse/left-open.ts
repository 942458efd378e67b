import type { JwtKeys } from "../model/jwt-keys.ts";
import type { ExtAuthzFilter, JwtProvider, Program } from "../model/program.ts";
import type { Undecided } from "./api.ts";
import { authorizersOf, jwtProvidersOf } from "./point-program.ts";
import { readsPathsAlike } from "./question.ts";

/** What two sides do differently before any policy, and a comparison of them leaves open. */
export function leftOpen(before: Program, after: Program): readonly Undecided[] {
  const paths: Undecided = {
    because: "not-modelled",
    text: "the sides normalise paths differently: only paths that both leave alone are compared",
    attribute: "path",
  };
  return [
    ...(readsPathsAlike([before, after]) ? [] : [paths]),
    ...tokenChanges(before, after),
    ...authorizerChanges(before, after),
  ];
}

/**
 * Of external authorizers that both sides ask, for HTTP and for bytes: what changes in how they are asked. An authorizer is taken to answer yes or no, whatever
 * it sees, so what such a change does is not worked out.
 */
export function authorizerChanges(before: Program, after: Program): readonly Undecided[] {
  const [old, young] = [authorizersOf(before), authorizersOf(after)];
  const names = [...new Set(old.map(({ provider }) => provider))];
  const named = (filters: readonly ExtAuthzFilter[], name: string): readonly ExtAuthzFilter[] =>
    filters.filter(({ provider }) => provider === name);
  return names.flatMap((name) => {
    const [here, there] = [named(old, name), named(young, name)];
    if (there.length === 0) return [];
    return asking.flatMap(([what, of]): readonly Undecided[] => {
      if (distinct(here.map(of)) === distinct(there.map(of))) return [];
      const text = `${what.replace("NAME", name)} differs: what that lets in or keeps out is not worked out`;
      return [{ because: "not-modelled", text, attribute: `provider ${name}` }];
    });
  });
}

const asking: readonly (readonly [what: string, of: (filter: ExtAuthzFilter) => unknown])[] = [
  ["what holds when NAME cannot be asked (failOpen)", ({ failOpen }) => failOpen],
  ["the status when NAME cannot be asked (statusOnError)", ({ statusOnError }) => statusOnError],
  ["which protocol NAME is asked by", ({ protocol }) => protocol],
  ["which headers NAME sees", ({ seesHeaders }) => seesHeaders],
  ["how much of a body NAME sees", ({ maxBody }) => maxBody],
  ["which headers of a denial by NAME are passed on", ({ clientHeaders }) => clientHeaders],
];

/** Values as text, equal ones once, in whatever order. */
function distinct(values: readonly unknown[]): string {
  return [...new Set(values.map((value) => JSON.stringify(value) ?? ""))].sort().join("\n");
}

/**
 * Of issuers that both sides know: what changes in how their tokens are found and verified. Requests are told apart by what a token
 * says, so what such a change does is not worked out.
 */
function tokenChanges(before: Program, after: Program): readonly Undecided[] {
  const [old, young] = [byIssuer(before), byIssuer(after)];
  return [...old].flatMap(([issuer, providers]) => {
    const others = young.get(issuer);
    if (others === undefined) return [];
    return aspects.flatMap(([what, of]): readonly Undecided[] => {
      if (JSON.stringify(providers.map(of)) === JSON.stringify(others.map(of))) return [];
      const text = `${what.replace("ISSUER", issuer)} differs: what that lets in or keeps out is not worked out`;
      return [{ because: "not-modelled", text, attribute: "claim iss" }];
    });
  });
}

/** The providers of each issuer, equal ones once. */
function byIssuer(program: Program): ReadonlyMap<string, readonly JwtProvider[]> {
  const issuers = new Map<string, JwtProvider[]>();
  const known = new Set<string>();
  for (const provider of jwtProvidersOf(program)) {
    const text = JSON.stringify(aspects.map(([, of]) => of(provider)));
    if (known.has(`${provider.issuer}\n${text}`)) continue;
    known.add(`${provider.issuer}\n${text}`);
    issuers.set(provider.issuer, [...(issuers.get(provider.issuer) ?? []), provider]);
  }
  return issuers;
}

const aspects: readonly (readonly [what: string, of: (provider: JwtProvider) => unknown])[] = [
  ["the key set of ISSUER", ({ keys }) => source(keys)],
  [
    "where a token of ISSUER is read from",
    ({ headers, params, cookies }) => [headers, params, cookies],
  ],
  ["whether a token of ISSUER is passed on", ({ forward }) => forward],
  ["which claims of ISSUER are lists of words", ({ spaceDelimited }) => spaceDelimited],
];

/** Where keys come from; what a release falls back on is not asked of a mesh. */
function source(keys: JwtKeys): unknown {
  switch (keys.kind) {
    case "inline":
      return keys.jwks;
    case "uri":
      return keys.uri;
    case "discovery":
      return keys.kind;
  }
}
