import { parseAddress } from "../match/address.ts";
import type { Release } from "../model/mesh.ts";
import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { behaves } from "../release.ts";
import { connectionPoolFaults } from "./connection-pool.ts";
import { isProtocol, isUnix, isUnixAddress, protocolHint, scopedHostFaults } from "./names.ts";
import { isPresent, isSet, type Part, part, parts, values } from "./read.ts";
import { destinationFaults } from "./route-destination.ts";
import { isPortNumber } from "./route-match.ts";
import { isDnsLabel, isDomain, routeFault } from "./route-words.ts";
import { ingressTlsFaults } from "./sidecar-tls.ts";
import { workloadLabelFaults } from "./workload-entry.ts";

const anything = ["egress", "ingress"];

/**
 * What istiod's webhook says of a Sidecar. Its warnings are left out.
 * Follows istio/istio:pkg/config/validation/validation.go, ValidateSidecar.
 */
export function webhookSidecar(object: Part, release: Release): readonly Remark[] {
  const spec = part(object, "spec");
  const isEmpty =
    !anything.some((name) => isSet(spec, name)) &&
    !["outboundTrafficPolicy", "inboundConnectionPool"].some((name) => isPresent(spec, name));
  if (isEmpty) return [routeFault(spec.path, "a Sidecar that says nothing", "write `egress`")];
  return [
    ...workloadLabelFaults(spec),
    ...parts(spec, "ingress").flatMap(ingressFaults),
    ...sameNumbers(parts(spec, "ingress")),
    ...connectionPoolFaults(spec, "inboundConnectionPool"),
    ...egressFaults(spec, release),
    ...outboundFaults(spec),
  ];
}

function ingressFaults(listener: Part): readonly Remark[] {
  if (!isPresent(listener, "port")) return [routeFault(listener.path, "no `port`")];
  return [
    ...portFaults(listener),
    ...numberFaults(listener),
    ...addressFaults(listener),
    ...defaultEndpointFaults(listener),
    ...(isPresent(listener, "tls") ? ingressTlsFaults(listener) : []),
    ...connectionPoolFaults(listener, "connectionPool"),
  ];
}

/** What holds for every port: its name, its protocol, nothing that has no effect. */
function portFaults(listener: Part): readonly Remark[] {
  const { path, fields } = part(listener, "port");
  const name = textOf(fields["name"]) ?? "";
  const protocol = textOf(fields["protocol"]) ?? "";
  const hasTarget = (numberOf(fields["targetPort"]) ?? 0) > 0;
  const isName = name === "" || isDnsLabel(name);
  const isGood = protocol === "" || isProtocol(protocol);
  return [
    ...(hasTarget
      ? [routeFault([...path, "targetPort"], "`targetPort` has no effect on Sidecars", "remove it")]
      : []),
    ...(isName ? [] : [routeFault([...path, "name"], `\`${name}\` cannot be the name of a port`)]),
    ...(isGood
      ? []
      : [routeFault([...path, "protocol"], `\`${protocol}\` is no protocol`, protocolHint)]),
  ];
}

function numberOfPort(listener: Part): number {
  return numberOf(part(listener, "port").fields["number"]) ?? 0;
}

function numberFaults(listener: Part): readonly Remark[] {
  const number = numberOfPort(listener);
  if (isPortNumber(number)) return [];
  return [routeFault([...listener.path, "port", "number"], `\`${number}\` is no port`)];
}

function addressFaults({ path, fields }: Part): readonly Remark[] {
  const bind = textOf(fields["bind"]) ?? "";
  if (bind === "" || parseAddress(bind)) return [];
  return [routeFault([...path, "bind"], `\`${bind}\` is no address`)];
}

/** Listeners that would listen on one port. */
function sameNumbers(listeners: readonly Part[]): readonly Remark[] {
  const numbers = listeners.map(numberOfPort);
  return listeners.flatMap(({ path }, index) => {
    const number = numbers[index] ?? 0;
    if (number === 0 || numbers.indexOf(number) === index) return [];
    return [routeFault([...path, "port", "number"], `\`${number}\` is there twice`)];
  });
}

const local = ["", "127.0.0.1", "0.0.0.0", "::1", "::"];

/** `:PORT`, with an address of the workload itself, or a socket. */
function defaultEndpointFaults(listener: Part): readonly Remark[] {
  const text = textOf(listener.fields["defaultEndpoint"]) ?? "";
  if (text === "") return [];
  const [, bracketed, plain, port = ""] = /^(?:\[(.*)\]|([^:[\]]*)):([^:]*)$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const isNumber = /^[+-]?\d+$/.test(port) && isPortNumber(Number(port));
  const isGood = isUnix(text)
    ? isUnixAddress(text)
    : host !== undefined && local.includes(host) && isNumber;
  if (isGood) return [];
  const path = [...listener.path, "defaultEndpoint"];
  const hint =
    "`127.0.0.1:PORT`, `0.0.0.0:PORT`, `[::1]:PORT`, `[::]:PORT`, `:PORT` or `unix://PATH`";
  return [routeFault(path, `\`${text}\` is no endpoint of the workload itself`, hint)];
}

function egressFaults(spec: Part, release: Release): readonly Remark[] {
  const listeners = parts(spec, "egress");
  const mayExclude = behaves(release, "excluded-egress-hosts");
  return [
    ...listeners.flatMap((listener, index) => {
      const hosts = values(listener, "hosts");
      const isLast = index === listeners.length - 1;
      return [
        ...(isPresent(listener, "port")
          ? egressPortFaults(listener)
          : catchAllFaults(listener, isLast)),
        ...(hosts.length > 0
          ? []
          : [routeFault(listener.path, "no `hosts`", '`["*/*"]` stands for all')]),
        ...hosts.flatMap((host) => scopedHostFaults(host, { isGateway: false, mayExclude })),
      ];
    }),
    ...sameNumbers(listeners),
    ...sameSockets(listeners),
  ];
}

function catchAllFaults({ path }: Part, isLast: boolean): readonly Remark[] {
  return isLast
    ? []
    : [routeFault(path, "without a `port`, and not the last one", "write it last")];
}

/** `validation.go`, validateSidecarEgressPortBindAndCaptureMode: without a number a socket. */
function egressPortFaults(listener: Part): readonly Remark[] {
  const bind = textOf(listener.fields["bind"]) ?? "";
  if (numberOfPort(listener) !== 0)
    return [...portFaults(listener), ...numberFaults(listener), ...addressFaults(listener)];
  const mode = textOf(listener.fields["captureMode"]) ?? "DEFAULT";
  const isSocket = isUnix(bind) && isUnixAddress(bind);
  return [
    ...portFaults(listener),
    ...(isSocket
      ? []
      : [
          routeFault(
            [...listener.path, "port"],
            "without a number, and `bind` is no `unix://PATH`",
          ),
        ]),
    ...(mode === "IPTABLES"
      ? [
          routeFault(
            [...listener.path, "captureMode"],
            "nothing is captured for a socket",
            "remove it",
          ),
        ]
      : []),
  ];
}

function sameSockets(listeners: readonly Part[]): readonly Remark[] {
  const sockets = listeners.map((listener) =>
    isPresent(listener, "port") && numberOfPort(listener) === 0
      ? (textOf(listener.fields["bind"]) ?? "")
      : undefined,
  );
  return listeners.flatMap(({ path }, index) => {
    const socket = sockets[index];
    if (socket === undefined || sockets.indexOf(socket) === index) return [];
    return [routeFault([...path, "bind"], `\`${socket}\` is there twice`)];
  });
}

/** `validation.go`, validateSidecarOutboundTrafficPolicy. */
function outboundFaults(spec: Part): readonly Remark[] {
  const policy = part(spec, "outboundTrafficPolicy");
  const proxy = part(policy, "egressProxy");
  if (!isPresent(policy, "egressProxy")) return [];
  const mode = textOf(policy.fields["mode"]) ?? "REGISTRY_ONLY";
  const host = textOf(proxy.fields["host"]) ?? "";
  if (mode !== "ALLOW_ANY")
    return [routeFault(proxy.path, `\`egressProxy\` with ${mode}`, "it is for ALLOW_ANY")];
  return [
    ...(isDomain(host) ? [] : [routeFault([...proxy.path, "host"], `\`${host}\` is no name`)]),
    ...(isPresent(proxy, "port") ? [] : [routeFault(proxy.path, "no `port`")]),
    ...destinationFaults(policy, "egressProxy"),
  ];
}
