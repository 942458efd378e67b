import { type Algorithm, keyOf } from "./keys.ts";
import type { TokenFault } from "./token.ts";

/** What a token can be signed with, for whoever offers a choice. */
export const algorithms: readonly Algorithm[] = Object.keys(keyOf).filter(isAlgorithm);

function isAlgorithm(name: string): name is Algorithm {
  return name in keyOf;
}

const faults: Readonly<Record<TokenFault, true>> = {
  "bad-signature": true,
  expired: true,
  "not-yet-valid": true,
  "unknown-issuer": true,
  "unknown-kid": true,
  "wrong-audience": true,
  malformed: true,
  "alg-none": true,
};

/** What can be wrong with a token on purpose. */
export const tokenFaults: readonly TokenFault[] = Object.keys(faults).filter(isFault);

function isFault(name: string): name is TokenFault {
  return name in faults;
}
