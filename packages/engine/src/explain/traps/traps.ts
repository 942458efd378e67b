import type { Trap } from "../explanation.ts";
import * as binding from "./binding.ts";
import * as http from "./http.ts";
import * as identity from "./identity.ts";
import * as rules from "./rules.ts";
import type { Detector, Scene } from "./scene.ts";
import * as token from "./token.ts";

/** So many traps are told of: the first ones explain the most. */
const most = 3;

const detectors: readonly Detector[] = [
  ...[
    binding.notEnforced,
    binding.byRelease,
    binding.wrongTransport,
    rules.badProvider,
    token.noKeys,
  ],
  ...[token.issuerSpelling, token.unknownIssuer, http.preflight, token.withoutSubject],
  ...[token.tokenElsewhere, token.missingToken, token.noRequestAuthentication],
  ...[token.nestedClaim, token.wordsInClaim, token.claimNotText],
  ...[identity.identityNeedsMtls, identity.principalWithScheme, identity.otherTrustDomain],
  ...[identity.gatewayIdentity, http.servicePort, http.servicePortMode, http.hostWithPort],
  ...[http.hostAlias, http.grpcMethod, http.queryInPath, http.innerStar, http.blockAsText],
  ...[http.clientAddress, http.otherCase, http.otherSpelling, rules.splitRule, rules.httpOnTcp],
  ...[
    binding.httpAtZtunnel,
    binding.pastTheWaypoint,
    rules.unknownKey,
    rules.onlyTried,
    rules.customIsNotEnough,
  ],
  ...[rules.denyWins, binding.selectorTypo, binding.otherNamespace],
  ...[rules.allowClosesTheRest, binding.nothingApplies],
];

/** The well-known traps that explain a decision, the most telling first. */
export function trapsOf(scene: Scene): readonly Trap[] {
  const found = detectors.flatMap((detect) => detect(scene) ?? []);
  return found
    .filter(({ id }, index) => found.findIndex((other) => other.id === id) === index)
    .slice(0, most);
}
