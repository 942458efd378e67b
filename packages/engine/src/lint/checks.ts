import type { Check } from "./check.ts";
import { allowsAnyone } from "./checks/allows-anyone.ts";
import { allowsEverything } from "./checks/allows-everything.ts";
import { alwaysDenied } from "./checks/always-denied.ts";
import { ambientAction } from "./checks/ambient-action.ts";
import { ambientAddresses } from "./checks/ambient-addresses.ts";
import { ambientClusterLocal } from "./checks/ambient-cluster-local.ts";
import { ambientDiffers } from "./checks/ambient-differs.ts";
import { ambientDisable } from "./checks/ambient-disable.ts";
import { ambientEmptySelector } from "./checks/ambient-empty-selector.ts";
import { ambientHttp } from "./checks/ambient-http.ts";
import { ambientNamespaceStar } from "./checks/ambient-namespace-star.ts";
import { ambientNeverBuilt } from "./checks/ambient-never-built.ts";
import { ambientPortMode } from "./checks/ambient-port-mode.ts";
import { ambientStatus } from "./checks/ambient-status.ts";
import { ambientTrustDomains } from "./checks/ambient-trust-domains.ts";
import { blockAsText } from "./checks/block-as-text.ts";
import { claimRouting } from "./checks/claim-routing.ts";
import { clientWithoutTls } from "./checks/client-without-tls.ts";
import { clientsRefused } from "./checks/clients-refused.ts";
import { controllerLabels } from "./checks/controller-labels.ts";
import { deniesNothing } from "./checks/denies-nothing.ts";
import { doubleSlash } from "./checks/double-slash.ts";
import { dryRunCustom } from "./checks/dry-run-custom.ts";
import { dryRunIgnored } from "./checks/dry-run-ignored.ts";
import { dryRunLeftOn } from "./checks/dry-run-left-on.ts";
import { dryRunUnreadable } from "./checks/dry-run-unreadable.ts";
import { emptyNamespace } from "./checks/empty-namespace.ts";
import { envoyFilter } from "./checks/envoy-filter.ts";
import { foreignGateway } from "./checks/foreign-gateway.ts";
import { forwardedAddress } from "./checks/forwarded-address.ts";
import { gatewayMeshWide } from "./checks/gateway-mesh-wide.ts";
import { gatewayUnserved } from "./checks/gateway-unserved.ts";
import { grpcMethod } from "./checks/grpc-method.ts";
import { hostPort } from "./checks/host-port.ts";
import { httpOnTcp } from "./checks/http-on-tcp.ts";
import { hygieneLimits } from "./checks/hygiene-limits.ts";
import { hygieneProbes } from "./checks/hygiene-probes.ts";
import { hygieneProxy } from "./checks/hygiene-proxy.ts";
import { hygieneRetries } from "./checks/hygiene-retries.ts";
import { hygieneTimeout } from "./checks/hygiene-timeout.ts";
import { identityUnknown } from "./checks/identity-unknown.ts";
import { innerStar } from "./checks/inner-star.ts";
import { jwtAmbient } from "./checks/jwt-ambient.ts";
import { jwtGluedStar } from "./checks/jwt-glued-star.ts";
import { jwtIssuerSlash } from "./checks/jwt-issuer-slash.ts";
import { jwtMixedKeys } from "./checks/jwt-mixed-keys.ts";
import { jwtNoAuthentication } from "./checks/jwt-no-authentication.ts";
import { jwtNotForwarded } from "./checks/jwt-not-forwarded.ts";
import { jwtNothingRequires } from "./checks/jwt-nothing-requires.ts";
import { jwtOnTcp } from "./checks/jwt-on-tcp.ts";
import { jwtOutputHeader } from "./checks/jwt-output-header.ts";
import { jwtPreflight } from "./checks/jwt-preflight.ts";
import { jwtScopeWords } from "./checks/jwt-scope-words.ts";
import { jwtUnknownIssuer } from "./checks/jwt-unknown-issuer.ts";
import { methodCase } from "./checks/method-case.ts";
import { neverMatches } from "./checks/never-matches.ts";
import { otherNamespace } from "./checks/other-namespace.ts";
import { pathAlias } from "./checks/path-alias.ts";
import { pathQuery } from "./checks/path-query.ts";
import { pathRelative } from "./checks/path-relative.ts";
import { peerOutranked } from "./checks/peer-outranked.ts";
import { peerPermissive } from "./checks/peer-permissive.ts";
import { peerRootSelector } from "./checks/peer-root-selector.ts";
import { peerServicePort } from "./checks/peer-service-port.ts";
import { plaintextBypass } from "./checks/plaintext-bypass.ts";
import { portExcluded } from "./checks/port-excluded.ts";
import { principalScheme } from "./checks/principal-scheme.ts";
import { processDies } from "./checks/process-dies.ts";
import { provider } from "./checks/provider.ts";
import { providerOnTcp } from "./checks/provider-on-tcp.ts";
import { redundantRule } from "./checks/redundant-rule.ts";
import { regexCharacters } from "./checks/regex-characters.ts";
import { repeatedPolicy } from "./checks/repeated-policy.ts";
import { rewriteBypass } from "./checks/rewrite-bypass.ts";
import { rewritten } from "./checks/rewritten.ts";
import { selectsNothing } from "./checks/selects-nothing.ts";
import { servicePort } from "./checks/service-port.ts";
import { sharedAccount } from "./checks/shared-account.ts";
import { splitRule } from "./checks/split-rule.ts";
import { status } from "./checks/status.ts";
import { suppression } from "./checks/suppression.ts";
import { targetNotFound } from "./checks/target-not-found.ts";
import { targetWithoutWaypoint } from "./checks/target-without-waypoint.ts";
import { unenforced } from "./checks/unenforced.ts";
import { unknownAccount } from "./checks/unknown-account.ts";
import { unknownGateway } from "./checks/unknown-gateway.ts";
import { unknownHost } from "./checks/unknown-host.ts";
import { unknownMethod } from "./checks/unknown-method.ts";
import { unknownNamespace } from "./checks/unknown-namespace.ts";
import { unknownTrustDomain } from "./checks/unknown-trust-domain.ts";
import { unprotected } from "./checks/unprotected.ts";
import { updateRefused } from "./checks/update-refused.ts";
import { valueCovered } from "./checks/value-covered.ts";
import { valueDead } from "./checks/value-dead.ts";
import { waypointAddress } from "./checks/waypoint-address.ts";
import { waypointBypass } from "./checks/waypoint-bypass.ts";
import { waypointIdentity } from "./checks/waypoint-identity.ts";
import { waypointNotReady } from "./checks/waypoint-not-ready.ts";
import { waypointPort } from "./checks/waypoint-port.ts";

/** Every check, in the order of the page that describes them. */
export const checks: readonly Check[] = [
  ...[processDies, updateRefused, envoyFilter],
  ...[
    selectsNothing,
    otherNamespace,
    controllerLabels,
    emptyNamespace,
    targetNotFound,
    unenforced,
    portExcluded,
    unknownNamespace,
    unknownAccount,
    unknownTrustDomain,
    unknownHost,
    foreignGateway,
    gatewayMeshWide,
    status,
  ],
  ...[httpOnTcp, splitRule, neverMatches, redundantRule, alwaysDenied, deniesNothing],
  ...[
    innerStar,
    blockAsText,
    methodCase,
    grpcMethod,
    unknownMethod,
    principalScheme,
    pathQuery,
    pathRelative,
    hostPort,
    servicePort,
    forwardedAddress,
    rewritten,
    valueDead,
    valueCovered,
  ],
  ...[plaintextBypass, identityUnknown, clientWithoutTls, sharedAccount],
  ...[clientsRefused, peerOutranked, peerRootSelector, peerServicePort, peerPermissive],
  ...[
    jwtNoAuthentication,
    jwtNothingRequires,
    jwtUnknownIssuer,
    jwtIssuerSlash,
    jwtGluedStar,
    jwtNotForwarded,
    jwtOutputHeader,
    jwtScopeWords,
    jwtOnTcp,
    jwtMixedKeys,
    claimRouting,
    jwtPreflight,
  ],
  ...[provider, providerOnTcp],
  ...[
    ambientStatus,
    ambientNeverBuilt,
    ambientEmptySelector,
    ambientHttp,
    ambientAction,
    ambientTrustDomains,
    ambientPortMode,
    ambientAddresses,
    ambientDisable,
    ambientClusterLocal,
    ambientNamespaceStar,
    jwtAmbient,
    ambientDiffers,
  ],
  ...[
    targetWithoutWaypoint,
    waypointNotReady,
    waypointBypass,
    waypointIdentity,
    waypointPort,
    waypointAddress,
  ],
  ...[doubleSlash, gatewayUnserved, unknownGateway],
  ...[pathAlias, rewriteBypass, allowsEverything, allowsAnyone, unprotected],
  ...[dryRunLeftOn, dryRunUnreadable, dryRunIgnored, dryRunCustom],
  ...[regexCharacters],
  ...[repeatedPolicy],
  ...[suppression],
  ...[hygieneLimits, hygieneProbes, hygieneProxy, hygieneRetries, hygieneTimeout],
];
