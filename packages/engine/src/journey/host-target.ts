import { deployedGateway } from "../kubernetes/deployed-gateway.ts";
import { isApiGateway } from "../kubernetes/gateway-class.ts";
import { hostsMeet, isSubset } from "../match/host.ts";
import type { Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Original } from "./addressed.ts";
import { mapping, mappings, text, texts } from "./body.ts";
import { type Endpoint, type Nowhere, workloadText } from "./endpoint.ts";
import { gatewayPort, gatewayProxy } from "./gateway.ts";
import { selectedGateways, whyUnserved } from "./gateway-target.ts";
import type { Inquiry } from "./inquiry.ts";
import { outsideOf } from "./outside.ts";
import type { Target } from "./target.ts";

type HostTarget = Extract<Target, { readonly kind: "host" }>;

/** What a name that no Service has resolves to: the gateway that serves it, or something outside. */
export function hostOf(mesh: Mesh, target: HostTarget, inquiry: Inquiry): Endpoint | Nowhere {
  const { host, port } = target;
  const gateway = isExternal(mesh, host) ? undefined : gatewayFor(mesh, target, inquiry);
  if (gateway !== undefined) {
    const { namespace, name } = gateway.key;
    const listening = portOf(mesh, gateway, port);
    return {
      subject: `gateway/${namespace}/${name}`,
      workload: gateway,
      port: listening,
      by: "name",
    };
  }
  return outsideOf(mesh, host, port, inquiry);
}

/** Where an application in the mesh connects to for such a name: an address of its ServiceEntry, if it has one. */
export function hostOriginal(mesh: Mesh, target: HostTarget, inquiry: Inquiry): Original {
  const { host, port } = target;
  const entry = mesh.inventory.others.find(
    ({ key, body }) =>
      key.kind === "ServiceEntry" && (texts(mapping(body, "spec"), "hosts") ?? []).includes(host),
  );
  const [address] =
    entry === undefined ? [] : (texts(mapping(entry.body, "spec"), "addresses") ?? []);
  const isOne = address !== undefined && !address.includes("/");
  const gateway = isExternal(mesh, host) ? undefined : gatewayFor(mesh, target, inquiry);
  return {
    host,
    port,
    ...(target.tls ? { tls: { sni: host } } : {}),
    ...(isOne ? { address } : {}),
    ...(gateway === undefined ? {} : { workload: gateway, listening: portOf(mesh, gateway, port) }),
  };
}

function portOf(mesh: Mesh, workload: Workload, port: number): number {
  return gatewayPort(mesh, gatewayProxy(mesh, { workload }), port);
}

/** A host that a ServiceEntry has, or routes of the mesh itself: whatever gateway knows it, too, is one on the way out. */
function isExternal({ inventory }: Mesh, host: string): boolean {
  return inventory.others.some(({ key, body }) => {
    const spec = mapping(body, "spec");
    const hosts = texts(spec, "hosts") ?? [];
    if (key.kind === "ServiceEntry") return hosts.some((each) => isSubset(host, each));
    if (key.kind !== "VirtualService" || !hosts.some((each) => isSubset(host, each))) return false;
    const gateways = texts(spec, "gateways") ?? [];
    return gateways.length === 0 || gateways.includes("mesh");
  });
}

/** Why no gateway takes a request for a name that nothing else has. */
export function whyNoGateway(mesh: Mesh, target: HostTarget): string {
  const { host, port } = target;
  const [gateway] = gatewaysFor(mesh, target);
  if (gateway === undefined) return `no loaded Gateway has a server for ${host} on port ${port}`;
  const { namespace, name } = gateway.key;
  const why = whyUnserved(mesh, gateway);
  return `Gateway ${namespace}/${name} has a server for ${host} on port ${port}, and ${why}`;
}

function gatewaysFor({ inventory }: Mesh, target: HostTarget): readonly Other[] {
  return inventory.others
    .filter(({ key }) => key.kind === "Gateway")
    .filter((gateway) => serves(gateway, target));
}

/** The gateway with a server for a host and port; of several, which one DNS names is asked. */
function gatewayFor(mesh: Mesh, target: HostTarget, { ask }: Inquiry): Workload | undefined {
  const found = gatewaysFor(mesh, target).flatMap((gateway) => workloadsOf(mesh, gateway));
  const distinct = [...new Map(found.map((each) => [workloadText(each), each])).values()];
  const [first, ...others] = distinct;
  if (first === undefined || others.length === 0) return first;
  const candidates = distinct.map(workloadText);
  const picked = ask({ id: `gateway:${target.host}`, candidates });
  return distinct[candidates.indexOf(picked)] ?? first;
}

function serves({ apiVersion, body }: Other, { host, port }: HostTarget): boolean {
  const spec = mapping(body, "spec");
  if (apiVersion.startsWith("gateway.networking.k8s.io/"))
    return mappings(spec, "listeners").some(
      (listener) => listener["port"] === port && hostsMeet(host, text(listener, "hostname") ?? "*"),
    );
  return mappings(spec, "servers").some(
    (server) =>
      mapping(server, "port")["number"] === port &&
      (texts(server, "hosts") ?? []).some((each) => hostsMeet(host, each.replace(/^.*\//, ""))),
  );
}

function workloadsOf(mesh: Mesh, gateway: Other): readonly Workload[] {
  if (isApiGateway(gateway)) return [deployedGateway(mesh, gateway, "gateway")];
  return selectedGateways(mesh, gateway);
}
