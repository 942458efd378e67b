import type { JwtFilter, JwtProvider, Program } from "../../model/program.ts";
import { recallJwks } from "../../parse/jwks.ts";
import { always, and, type Formula, not, or } from "./formula.ts";
import { isExactly, matchingAny } from "./reading.ts";

/** What a JWT filter makes of tokens. */
export interface Tokens {
  readonly none: Formula;
  readonly known: Formula; // of an issuer that is known and has keys
  readonly taken: Formula; // and for one of its audiences; or none
}

/** The tokens that a filter knows and takes. */
export function tokensOf({ providers }: JwtFilter): Tokens {
  const none = noToken;
  const usable = providers.filter(hasKeys);
  const known = or(...usable.map(({ issuer }) => issuedBy(issuer)));
  const accepted = usable.map(({ issuer, audiences }) =>
    and(issuedBy(issuer), meantFor(audiences)),
  );
  return { none, known, taken: or(none, ...accepted) };
}

function hasKeys({ keys }: JwtProvider): boolean {
  return keys.kind !== "inline" || recallJwks(keys.jwks).unusable === undefined;
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
  return matchingAny("claim aud", "audience", texts);
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
