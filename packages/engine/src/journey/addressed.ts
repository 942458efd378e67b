import { plainAddress } from "../match/address.ts";
import type { Service, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { mapping, mappings, text, texts } from "./body.ts";
import { type Endpoint, endpointOf, type Nobody, type Nowhere } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { outsideOf } from "./outside.ts";
import { type Addressing, loadedService } from "./service-endpoint.ts";

/** Where the connection went before a proxy took it. */
export interface Original {
  readonly address?: string; // absent: not known
  readonly port: number;
  readonly service?: Service; // that is meant
  readonly workload?: Workload; // that is meant
  readonly listening?: number; // its port, where that is another one
  readonly host?: string; // that is meant, outside the cluster
  readonly tls?: { readonly sni: string }; // the application itself speaks TLS
}

function isAmong(addresses: readonly string[], address: string): boolean {
  return addresses.some((each) => plainAddress(each) === address);
}

/** The loaded Service that an address belongs to. */
function serviceAt({ inventory }: Mesh, address: string): Service | undefined {
  return inventory.services.find(({ clusterIps }) => isAmong(clusterIps, address));
}

/** The loaded workload that an address belongs to. */
function workloadAt({ inventory }: Mesh, address: string): Workload | undefined {
  return inventory.workloads.find(({ addresses }) => isAmong(addresses, address));
}

/**
 * What an address means to ztunnel, on whatever port: a workload, but not one that has its node's, else a Service. Undefined: neither that
 * was loaded. Follows istio/ztunnel:src/state.rs find_address.
 */
export function meantBy(
  mesh: Mesh,
  target: { readonly address: string; readonly port: number },
): Original | undefined {
  const workload = workloadAt(mesh, target.address);
  if (workload !== undefined && !workload.hostNetwork) return { ...target, workload };
  const service = serviceAt(mesh, target.address);
  return service && { ...target, service };
}

/** What a plain connection to an address and port comes to: a pod, one of the pods behind a Service, or something outside. */
export function addressOf(
  mesh: Mesh,
  { address, port, service, host, ...meant }: Original,
  inquiry: Inquiry,
  { podsOnly = true, byZtunnel = false }: Pick<Addressing, "podsOnly" | "byZtunnel"> = {},
): Endpoint | Nowhere | Nobody {
  const workload =
    meant.workload ?? (address === undefined ? undefined : workloadAt(mesh, address));
  if (workload !== undefined) return endpointOf(mesh, workload, meant.listening ?? port, "address");
  const through = service ?? (address === undefined ? undefined : serviceAt(mesh, address));
  if (through !== undefined)
    return loadedService(mesh, through, { port, direct: true, podsOnly, byZtunnel }, inquiry);
  if (address !== undefined && isVirtual(mesh, address))
    return {
      subject: address,
      nobody: "only a ServiceEntry has this address: nothing listens there",
    };
  return outsideOf(mesh, host ?? address ?? "", port, inquiry);
}

/** An address that sidecars know, and nobody else. With resolution NONE, the usual one, connections go to it. */
function isVirtual({ inventory }: Mesh, address: string): boolean {
  return inventory.others.some(({ key, body }) => {
    if (key.kind !== "ServiceEntry") return false;
    const spec = mapping(body, "spec");
    const endpoints = mappings(spec, "endpoints").map((each) => text(each, "address"));
    if ((text(spec, "resolution") ?? "NONE") === "NONE") return false;
    return isAmong(texts(spec, "addresses") ?? [], address) && !endpoints.includes(address);
  });
}
