import { parseAddress } from "../match/address.ts";
import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { isUnix, isUnixAddress } from "./names.ts";
import { type Part, part } from "./read.ts";
import { isPortNumber } from "./route-match.ts";
import { isDnsLabel, isDomain, labelFaults, routeFault } from "./route-words.ts";

/** What istiod's webhook says of a WorkloadEntry. istio/istio:pkg/config/validation/validation.go, ValidateWorkloadEntry */
export function webhookWorkloadEntry(object: Part): readonly Remark[] {
  return staticEndpointFaults(part(object, "spec"), { mayBeName: true });
}

/** Where an endpoint is. `ports`: those of its ServiceEntry. `validation.go`, validateWorkloadEntry */
export function staticEndpointFaults(
  endpoint: Part,
  options: { readonly mayBeName: boolean; readonly ports?: readonly string[] },
): readonly Remark[] {
  const { ports, mayBeName } = options;
  const address = textOf(endpoint.fields["address"]) ?? "";
  if (address === "" && !textOf(endpoint.fields["network"]))
    return [routeFault(endpoint.path, "no `address`")];
  const shared = [...endpointPortFaults(endpoint, ports), ...labelFaults(endpoint, "labels")];
  const path = [...endpoint.path, "address"];
  if (isUnix(address)) return [...socketFaults(endpoint, address, ports), ...shared];
  const isPlace = address === "" || parseAddress(address) || (mayBeName && isDomain(address));
  if (isPlace) return shared;
  const hint = mayBeName ? undefined : "`resolution: DNS` takes names";
  return [routeFault(path, `\`${address}\` is no address`, hint), ...shared];
}

function socketFaults(
  endpoint: Part,
  address: string,
  ports: readonly string[] | undefined,
): readonly Remark[] {
  const path = [...endpoint.path, "address"];
  const hasPorts = Object.keys(part(endpoint, "ports").fields).length > 0;
  return [
    ...(isUnixAddress(address) ? [] : [routeFault(path, `\`${address}\` is no path of a socket`)]),
    ...(hasPorts ? [routeFault([...endpoint.path, "ports"], "a socket has no `ports`")] : []),
    ...(ports === undefined || ports.length === 1
      ? []
      : [routeFault(path, "a socket needs a ServiceEntry with one port")]),
  ];
}

/** The ports of an endpoint: each of them one of its ServiceEntry. */
export function endpointPortFaults(
  endpoint: Part,
  known: readonly string[] | undefined,
): readonly Remark[] {
  const { path, fields } = part(endpoint, "ports");
  return Object.entries(fields).flatMap(([name, port]) => {
    const at = [...path, name];
    return [
      ...(known === undefined || known.includes(name)
        ? []
        : [routeFault(at, `\`${name}\` is no port of the ServiceEntry`)]),
      ...(isDnsLabel(name) ? [] : [routeFault(at, `\`${name}\` cannot be the name of a port`)]),
      ...(isPortNumber(port) ? [] : [routeFault(at, `\`${String(port)}\` is no port`)]),
    ];
  });
}

/** Labels by which a Sidecar or a ServiceEntry picks workloads. `validation.go`, ValidateAlphaWorkloadSelector */
export function workloadLabelFaults(spec: Part): readonly Remark[] {
  const { path, fields } = part(part(spec, "workloadSelector"), "labels");
  return Object.entries(fields)
    .filter(([key, value]) => key === "" || `${key}${textOf(value) ?? ""}`.includes("*"))
    .map(([key]) =>
      routeFault(
        [...path, key],
        `\`${key}\`: a selector compares whole labels`,
        "no `*`, no empty key",
      ),
    );
}
