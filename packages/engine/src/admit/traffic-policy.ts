import { parseAddress } from "../match/address.ts";
import type { Release } from "../model/mesh.ts";
import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { clientTlsFaults } from "./client-tls.ts";
import { connectionPoolFaults } from "./connection-pool.ts";
import { parseDuration } from "./duration.ts";
import { loadBalancerFaults } from "./load-balancer.ts";
import { isPresent, isSet, type Part, part, parts } from "./read.ts";
import { durationFaults } from "./route-extras.ts";
import { isPortNumber } from "./route-match.ts";
import { isDomain, routeFault } from "./route-words.ts";

/** Where a rule stands, and who judges it. */
export interface Ruled {
  readonly namespace: string;
  readonly release: Release;
}

const portFields = ["outlierDetection", "connectionPool", "loadBalancer", "tls"];
const fields = [...portFields, "tunnel", "proxyProtocol", "retryBudget"];

/** How connections to a host are made. istio/istio:pkg/config/validation/validation.go, validateTrafficPolicy */
export function trafficPolicyFaults(of: Part, ruled: Ruled): readonly Remark[] {
  if (!isPresent(of, "trafficPolicy")) return [];
  const policy = part(of, "trafficPolicy");
  const isEmpty =
    !fields.some((name) => isPresent(policy, name)) && !isSet(policy, "portLevelSettings");
  if (isEmpty) return [routeFault(policy.path, "a `trafficPolicy` that says nothing", "remove it")];
  if (isPresent(policy, "tunnel") && isPresent(policy, "proxyProtocol"))
    return [routeFault([...policy.path, "tunnel"], "`tunnel` beside `proxyProtocol`", "keep one")];
  return [
    ...sharedFaults(policy, ruled),
    ...parts(policy, "portLevelSettings").flatMap((port) => portFaults(port, ruled)),
    ...tunnelFaults(policy),
    ...budgetFaults(policy),
  ];
}

/** No rule asks for the form of this duration: istiod cannot decode it. */
function budgetFaults(policy: Part): readonly Remark[] {
  const { path, fields: budget } = part(policy, "retryBudget");
  const interval = textOf(budget["budgetInterval"]);
  if (interval === undefined || parseDuration(interval) !== undefined) return [];
  return [
    routeFault([...path, "budgetInterval"], `\`${interval}\` is no duration`, "such as `10s`"),
  ];
}

function sharedFaults(policy: Part, { namespace, release }: Ruled): readonly Remark[] {
  return [
    ...outlierFaults(policy),
    ...connectionPoolFaults(policy, "connectionPool"),
    ...loadBalancerFaults(policy, release),
    ...clientTlsFaults(policy, namespace),
  ];
}

/** `validation.go`, validatePortTrafficPolicies. */
function portFaults(settings: Part, ruled: Ruled): readonly Remark[] {
  const isEmpty = !portFields.some((name) => isPresent(settings, name));
  return [
    ...(isPresent(settings, "port") ? [] : [routeFault(settings.path, "no `port`")]),
    ...(isEmpty
      ? [routeFault(settings.path, "settings for a port that say nothing", "remove them")]
      : sharedFaults(settings, ruled)),
  ];
}

/** `validation.go`, validateOutlierDetection. */
function outlierFaults(policy: Part): readonly Remark[] {
  const outlier = part(policy, "outlierDetection");
  const locals = numberOf(outlier.fields["consecutiveLocalOriginFailures"]) ?? 0;
  const isUnread = locals > 0 && outlier.fields["splitExternalLocalOriginErrors"] !== true;
  return [
    ...["baseEjectionTime", "interval"].flatMap((name) => durationFaults(outlier, name)),
    ...(isUnread
      ? [
          routeFault(
            [...outlier.path, "consecutiveLocalOriginFailures"],
            "`consecutiveLocalOriginFailures` has no effect",
            "write `splitExternalLocalOriginErrors: true`",
          ),
        ]
      : []),
    ...["maxEjectionPercent", "minHealthPercent"].flatMap((name) => {
      const percent = numberOf(outlier.fields[name]) ?? 0;
      const isPercent = percent >= 0 && percent <= 100;
      return isPercent
        ? []
        : [routeFault([...outlier.path, name], `\`${percent}\` is no percentage`)];
    }),
  ];
}

/** `validation.go`, validateTunnelSettings. */
function tunnelFaults(policy: Part): readonly Remark[] {
  if (!isPresent(policy, "tunnel")) return [];
  const { path, fields: tunnel } = part(policy, "tunnel");
  const protocol = textOf(tunnel["protocol"]) ?? "";
  const host = textOf(tunnel["targetHost"]) ?? "";
  const isHost = isDomain(host) || parseAddress(host) !== undefined;
  return [
    ...(["", "CONNECT", "POST"].includes(protocol)
      ? []
      : [routeFault([...path, "protocol"], `\`${protocol}\` is neither CONNECT nor POST`)]),
    ...(isHost ? [] : [routeFault([...path, "targetHost"], `\`${host}\` is no name or address`)]),
    ...(isPortNumber(tunnel["targetPort"])
      ? []
      : [routeFault([...path, "targetPort"], "no port", "a number from 1 to 65535")]),
  ];
}
