import type { JwtFilter, JwtProvider } from "../../model/program.ts";
import { recallJwks } from "../../parse/jwks.ts";
import { always, and, type Formula, not, or } from "./formula.ts";
import { isExactly } from "./reading.ts";

/** What a JWT filter makes of tokens. */
export interface Tokens {
  readonly none: Formula;
  readonly known: Formula; // of an issuer that is known and has keys
  readonly taken: Formula; // and for one of its audiences; or none
}

/** The tokens that a filter knows and takes. */
export function tokensOf({ providers }: JwtFilter): Tokens {
  const none: Formula = { kind: "absent", attribute: "claim iss" };
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

function issuedBy(issuer: string): Formula {
  return issuer === ""
    ? not({ kind: "absent", attribute: "claim iss" })
    : isExactly("claim iss", "issuer", issuer);
}

/** Audiences are compared without scheme and closing slash. */
function meantFor(audiences: readonly string[]): Formula {
  if (audiences.length === 0) return always;
  const spellings = audiences.flatMap((audience) => {
    const bare = audience.replace(/^https?:\/\//, "").replace(/\/$/, "");
    return ["", "http://", "https://"].flatMap((scheme) => [scheme + bare, `${scheme + bare}/`]);
  });
  return or(...[...new Set(spellings)].map((each) => isExactly("claim aud", "audience", each)));
}
