import type { JwtFilter, JwtProvider, Program } from "../../model/program.ts";
import { isExactly, matchingAny } from "./atoms.ts";
import { always, and, type Formula, never, not, or } from "./formula.ts";
import { foundBy, hasKeys, isAboutSame, sentPast } from "./sent-at.ts";

/** What a JWT filter makes of tokens. */
export interface Tokens {
  readonly none: Formula;
  readonly known: Formula; // of an issuer that is known and has keys
  readonly taken: Formula; // and for one of its audiences; or none
  readonly by: ReadonlyMap<JwtProvider, Formula>; // who takes it: of several the first
}

/** The tokens that a filter knows and takes. */
export function tokensOf({ providers }: JwtFilter): Tokens {
  const none = noToken;
  const by = new Map<JwtProvider, Formula>();
  const known: Formula[] = [];
  const accepted: Formula[] = [];
  for (const provider of providers.filter(hasKeys)) {
    const found = and(issuedBy(provider.issuer), foundBy(provider, providers));
    const taken = and(found, meantFor(provider.audiences));
    const before = [...by].flatMap(([other, formula]) =>
      isAboutSame(other, provider) ? [not(formula)] : [],
    );
    by.set(provider, and(taken, ...before));
    known.push(found);
    accepted.push(taken);
  }
  return { none, known: or(...known), taken: or(none, ...accepted), by };
}

/** The tokens that a filter does not see: of issuers that only others know, sent where only they look. To this one they are none. */
export function missedBy(filter: JwtFilter, others: readonly JwtProvider[]): Formula {
  const strange = others.filter((each) => !filter.providers.some((own) => isAboutSame(own, each)));
  const issuers = [...new Set(strange.map(({ issuer }) => issuer))];
  const parts = issuers.map((issuer) =>
    and(
      issuedBy(issuer),
      sentPast(
        filter.providers,
        strange.filter((each) => each.issuer === issuer),
      ),
    ),
  );
  return parts.length === 0 ? never : or(...parts);
}

/** That a token is of an issuer. */
export function issuedBy(issuer: string): Formula {
  return issuer === ""
    ? not({ kind: "absent", attribute: "claim iss" })
    : isExactly("claim iss", "issuer", issuer);
}

/** Audiences are compared without scheme and closing slash: all spellings of one are one pattern. */
function meantFor(audiences: readonly string[]): Formula {
  if (audiences.length === 0) return always;
  const bare = audiences.map((each) => each.replace(/^https?:\/\//, "").replace(/\/$/, ""));
  return or(...[...new Set(bare)].map(spelledAs));
}

function spelledAs(audience: string): Formula {
  const texts = ["", "http://", "https://"].flatMap((scheme) =>
    ["", "/"].map((slash) => ({ kind: "exact", text: scheme + audience + slash }) as const),
  );
  const shown = `${audience} in any spelling`; // a policy may ask for one of them alone
  return matchingAny("claim aud", { field: "audience", shown }, texts);
}

/** Requests without a token. */
export const noToken: Formula = { kind: "absent", attribute: "claim iss" };

/** Requests without a token, or with one that every JWT filter of a program takes. */
export function acceptedBy({ listeners }: Program): Formula {
  const filters = new Set(
    listeners.flatMap(({ chains }) =>
      chains.flatMap((chain) => chain.filters.filter((filter) => filter.kind === "jwt")),
    ),
  );
  if (filters.size === 0) return noToken;
  return and(...[...filters].map((filter) => tokensOf(filter).taken));
}
