import { parseAddress, parseCidr } from "../match/address.ts";
import { hostsMeet, isSubset } from "../match/host.ts";
import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { exportFaults } from "./export-to.ts";
import { isSet, type Part, part, parts, type Value, values } from "./read.ts";
import { destinationsFaults } from "./route-destination.ts";
import { httpRouteFaults } from "./route-http.ts";
import { peerFaults } from "./route-match.ts";
import { gatewayFaults, isClaim, isWildcardDomain, routeFault } from "./route-words.ts";

/**
 * What istiod's webhook says of a VirtualService. Its warnings are left out.
 * Follows istio/istio:pkg/config/validation/validation.go, ValidateVirtualService.
 */
export function webhookVirtualService(object: Part): readonly Remark[] {
  const spec = part(object, "spec");
  const namespace = textOf(part(object, "metadata").fields["namespace"]) ?? "default";
  const hosts = values(spec, "hosts");
  const isDelegate = hosts.length === 0;
  const forGateway =
    isSet(spec, "gateways") && values(spec, "gateways").every(({ text }) => text !== "mesh");
  const isEmpty = !["http", "tls", "tcp"].some((name) => isSet(spec, name));
  return [
    ...(isDelegate ? delegateFaults(spec) : []),
    ...gatewayFaults(values(spec, "gateways")),
    ...(forGateway ? [] : claimFaults(spec)),
    ...hostFaults(spec, hosts, forGateway),
    ...(isEmpty ? [routeFault(spec.path, "no `http`, `tls` or `tcp`")] : []),
    ...httpRouteFaults(spec, isDelegate),
    ...parts(spec, "tls").flatMap((route) => tlsFaults(route, hosts, forGateway)),
    ...parts(spec, "tcp").flatMap(tcpFaults),
    ...exportFaults(values(spec, "exportTo"), namespace),
  ];
}

function delegateFaults(spec: Part): readonly Remark[] {
  return ["gateways", "tls", "tcp"]
    .filter((name) => isSet(spec, name))
    .map((name) => routeFault([...spec.path, name], `\`${name}\` without \`hosts\``));
}

/** Only gateways route by claims. */
function claimFaults(spec: Part): readonly Remark[] {
  return parts(spec, "http")
    .flatMap((route) => parts(route, "match"))
    .flatMap((match) => [part(match, "headers"), part(match, "withoutHeaders")])
    .flatMap(({ path, fields }) =>
      Object.keys(fields)
        .filter(isClaim)
        .map((name) => routeFault([...path, name], "only gateways route by claims")),
    );
}

function hostFaults(spec: Part, hosts: readonly Value[], forGateway: boolean): readonly Remark[] {
  const bySni = parts(spec, "tls").some((route) =>
    parts(route, "match").some((match) => isSet(match, "sniHosts")),
  );
  const wrong = hosts.flatMap(({ path, text }) => {
    if (!isHost(text, forGateway && bySni))
      return parseAddress(text) ? [] : [routeFault(path, `\`${text}\` cannot be a host`)];
    return text === "*" && !forGateway ? [routeFault(path, "`*` is for gateways only")] : [];
  });
  return wrong.length > 0 ? wrong : twins(hosts);
}

/** A host; at gateways also the name that a sidecar's TLS has inside the mesh. `agent`, ValidateWildcardDomainForVirtualServiceBoundToGateway */
function isHost(text: string, bySni: boolean): boolean {
  if (!bySni || !text.startsWith("outbound_")) return isWildcardDomain(text);
  const [, port = "", , host] = text.split("_");
  return /[0-9]/.test(port) && host !== undefined && /[a-zA-Z]/.test(host);
}

function twins(hosts: readonly Value[]): readonly Remark[] {
  return hosts.flatMap(({ path, text }, index) =>
    hosts.slice(0, index).some((earlier) => hostsMeet(earlier.text, text))
      ? [routeFault(path, `\`${text}\` is there twice`)]
      : [],
  );
}

/** `validation.go`, validateTLSRoute. */
function tlsFaults(route: Part, hosts: readonly Value[], forGateway: boolean): readonly Remark[] {
  const matches = parts(route, "match");
  const faults = [
    ...(matches.length > 0 ? [] : [routeFault(route.path, "a TLS route without a match")]),
    ...(isSet(route, "route") ? [] : [routeFault(route.path, "no `route`")]),
  ];
  return [
    ...faults,
    ...matches.flatMap((match) => [
      ...(isSet(match, "sniHosts") ? [] : [routeFault(match.path, "no `sniHosts`")]),
      ...values(match, "sniHosts").flatMap((sni) => sniFaults(sni, hosts, forGateway)),
      ...subnetFaults(match),
      ...peerFaults(match),
    ]),
    ...destinationsFaults(route),
  ];
}

function sniFaults(
  { path, text }: Value,
  hosts: readonly Value[],
  forGateway: boolean,
): readonly Remark[] {
  if (!isHost(text, forGateway))
    return parseAddress(text) ? [] : [routeFault(path, `\`${text}\` cannot be a server name`)];
  if (hosts.some((host) => isSubset(text, host.text))) return [];
  return [routeFault(path, `\`${text}\` is in none of the \`hosts\``)];
}

/** `validation.go`, validateTCPRoute. */
function tcpFaults(route: Part): readonly Remark[] {
  return [
    ...(isSet(route, "route") ? [] : [routeFault(route.path, "no `route`")]),
    ...parts(route, "match").flatMap((match) => [...subnetFaults(match), ...peerFaults(match)]),
    ...destinationsFaults(route),
  ];
}

function subnetFaults(match: Part): readonly Remark[] {
  return values(match, "destinationSubnets")
    .filter(({ text }) => parseCidr(text) === undefined)
    .map(({ path, text }) => routeFault(path, `\`${text}\` is no address or CIDR block`));
}
