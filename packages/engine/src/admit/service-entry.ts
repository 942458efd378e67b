import { parseAddress, parseCidr } from "../match/address.ts";
import type { Release } from "../model/mesh.ts";
import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { dynamicDnsFaults } from "./dynamic-dns.ts";
import { exportFaults } from "./export-to.ts";
import { isHttp, isProtocol, isTls, protocolHint } from "./names.ts";
import { isPresent, isSet, type Part, part, parts, type Value, values } from "./read.ts";
import { isPortNumber } from "./route-match.ts";
import { isDnsLabel, isDomain, isWildcardDomain, labelFaults, routeFault } from "./route-words.ts";
import { endpointPortFaults, staticEndpointFaults, workloadLabelFaults } from "./workload-entry.ts";

/**
 * What istiod's webhook says of a ServiceEntry. Its warnings are left out.
 * Follows istio/istio:pkg/config/validation/validation.go, ValidateServiceEntry.
 */
export function webhookServiceEntry(object: Part, release: Release): readonly Remark[] {
  const spec = part(object, "spec");
  const namespace = textOf(part(object, "metadata").fields["namespace"]) ?? "default";
  const hosts = values(spec, "hosts");
  const resolution = textOf(spec.fields["resolution"]) ?? "NONE";
  const noHosts = hosts.length === 0;
  return [
    ...(isPresent(spec, "workloadSelector") && isSet(spec, "endpoints")
      ? [
          routeFault(
            [...spec.path, "endpoints"],
            "`endpoints` beside `workloadSelector`",
            "keep one",
          ),
        ]
      : []),
    ...workloadLabelFaults(spec),
    ...(noHosts ? [routeFault(spec.path, "no `hosts`")] : []),
    ...hosts.flatMap(hostFaults),
    ...addressFaults(values(spec, "addresses"), resolution),
    ...portFaults(parts(spec, "ports")),
    ...resolutionFaults(object, resolution, release),
    ...(resolution !== "NONE" && hosts.length > 1 ? ambiguousPorts(spec) : []),
    ...exportFaults(values(spec, "exportTo"), namespace, true),
  ];
}

function hostFaults({ path, text }: Value): readonly Remark[] {
  if (text === "*")
    return [routeFault(path, "`*` alone cannot be a host", "name a domain: `*.example.com`")];
  return isWildcardDomain(text) ? [] : [routeFault(path, `\`${text}\` cannot be a host`)];
}

function addressFaults(addresses: readonly Value[], resolution: string): readonly Remark[] {
  const mayBeBlock = ["NONE", "STATIC"].includes(resolution);
  return addresses.flatMap(({ path, text }) => {
    if (parseCidr(text) === undefined)
      return [routeFault(path, `\`${text}\` is no address or CIDR block`)];
    if (mayBeBlock || !text.includes("/")) return [];
    return [
      routeFault(
        path,
        `a block of addresses with resolution ${resolution}`,
        "for NONE and STATIC only",
      ),
    ];
  });
}

function portFaults(ports: readonly Part[]): readonly Remark[] {
  const names = ports.map(({ fields }) => textOf(fields["name"]) ?? "");
  const numbers = ports.map(({ fields }) => numberOf(fields["number"]) ?? 0);
  return ports.flatMap(({ path, fields }, index) => {
    const name = names[index] ?? "";
    const number = numbers[index] ?? 0;
    const target = numberOf(fields["targetPort"]) ?? 0;
    const protocol = textOf(fields["protocol"]) ?? "";
    const wrong: readonly (readonly [field: string, message: string | false, hint?: string])[] = [
      ["name", names.indexOf(name) < index && `\`${name}\` names another port already`],
      ["number", numbers.indexOf(number) < index && `\`${number}\` is there twice`],
      ["targetPort", target !== 0 && !isPortNumber(target) && `\`${target}\` is no port`],
      ["name", !isDnsLabel(name) && `\`${name}\` cannot be the name of a port`],
      [
        "protocol",
        protocol !== "" && !isProtocol(protocol) && `\`${protocol}\` is no protocol`,
        protocolHint,
      ],
      ["number", !isPortNumber(number) && `\`${number}\` is no port`],
    ];
    return wrong.flatMap(([field, message, hint]) =>
      message === false ? [] : [routeFault([...path, field], message, hint)],
    );
  });
}

/** What each way to find addresses asks for. */
function resolutionFaults(object: Part, resolution: string, release: Release): readonly Remark[] {
  const spec = part(object, "spec");
  const endpoints = parts(spec, "endpoints");
  const ports = parts(spec, "ports").map(({ fields }) => textOf(fields["name"]) ?? "");
  switch (resolution) {
    case "NONE":
      return endpoints.length === 0
        ? []
        : [
            routeFault(
              [...spec.path, "endpoints"],
              "`endpoints` with resolution NONE",
              "write `resolution: STATIC` or `DNS`",
            ),
          ];
    case "STATIC":
      return endpoints.flatMap((each) => staticEndpointFaults(each, { mayBeName: false, ports }));
    case "DNS":
    case "DNS_ROUND_ROBIN":
      return dnsFaults(spec, resolution, ports);
    default:
      return dynamicDnsFaults(object, release);
  }
}

function dnsFaults(spec: Part, resolution: string, ports: readonly string[]): readonly Remark[] {
  const endpoints = parts(spec, "endpoints");
  const nameless =
    endpoints.length > 0 ? [] : values(spec, "hosts").filter(({ text }) => !isDomain(text));
  return [
    ...nameless.map(({ path, text }) =>
      routeFault(
        path,
        `\`${text}\` cannot be looked up`,
        "name `endpoints`, or write `resolution: NONE`",
      ),
    ),
    ...(resolution === "DNS_ROUND_ROBIN" && endpoints.length > 1
      ? [
          routeFault(
            [...spec.path, "endpoints"],
            "several `endpoints` with DNS_ROUND_ROBIN",
            "keep one",
          ),
        ]
      : []),
    ...endpoints.flatMap((endpoint) => {
      const address = textOf(endpoint.fields["address"]) ?? "";
      const isPlace = parseAddress(address) !== undefined || isDomain(address);
      const path = [...endpoint.path, "address"];
      return [
        ...(isPlace ? [] : [routeFault(path, `\`${address}\` is neither an address nor a name`)]),
        ...labelFaults(endpoint, "labels"),
        ...endpointPortFaults(endpoint, ports),
      ];
    }),
  ];
}

/** Over plain TCP nothing says which of several hosts is meant. */
function ambiguousPorts(spec: Part): readonly Remark[] {
  const plain = parts(spec, "ports").find(({ fields }) => {
    const protocol = textOf(fields["protocol"]) ?? "";
    return !isHttp(protocol) && !isTls(protocol);
  });
  if (plain === undefined) return [];
  const hint = "state an HTTP or TLS `protocol`, or write one ServiceEntry for each host";
  return [routeFault(plain.path, "several `hosts` at a port without HTTP or TLS", hint)];
}
