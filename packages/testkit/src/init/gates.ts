import {
  type AuthorizationPolicy,
  describe,
  gatewayNameLabel,
  isProblem,
  type Mesh,
  type ResourceKey,
  rootNamespace,
  selects,
  type Workload,
} from "@meshproof/engine";
import type { StatedWorkload } from "../suite.ts";
import { accountNamed } from "./callers.ts";
import { type Fields, fieldsOf, listOf, textOf, textsOf } from "./plain.ts";

export type Labels = Readonly<Record<string, string>>;

/** One server of a gateway that reads HTTP, and the pods that serve it. `stated`: no file holds one. */
export interface Gate {
  readonly gateway: ResourceKey;
  readonly isClassic: boolean; // networking.istio.io; else the Gateway API's
  readonly namespace: string; // of the pods
  readonly labels: Labels; // of the pods
  readonly scheme: "http" | "https";
  readonly port: number;
  readonly hosts: readonly string[]; // "*", "*.example.com", "shop.example.com"
  readonly stated?: readonly [name: string, workload: StatedWorkload];
}

type Server = Pick<Gate, "scheme" | "port" | "hosts">;
type Pods = Pick<Gate, "namespace" | "labels" | "stated">;

/** The servers of all gateways that read HTTP; waypoints are none. */
export function gatesOf(mesh: Mesh): readonly Gate[] {
  return mesh.inventory.others
    .filter(({ key }) => key.kind === "Gateway")
    .flatMap(({ key, apiVersion, body }): readonly Gate[] => {
      const spec = fieldsOf(body["spec"]);
      if (apiVersion.startsWith("networking.istio.io/")) return classicGates(mesh, key, spec);
      return apiGates(mesh, key, spec);
    });
}

/** Where a policy is asked that targets a gateway, or selects its pods. */
export function gatesAt({ key, spec }: AuthorizationPolicy, mesh: Mesh): readonly Gate[] {
  const refs = [...(spec.targetRefs ?? []), ...(spec.targetRef ? [spec.targetRef] : [])];
  const wanted = spec.selector?.matchLabels ?? {};
  const isHere = (gate: Gate): boolean =>
    gate.namespace === key.namespace || rootNamespace(mesh) === key.namespace;
  return gatesOf(mesh).filter((gate) => {
    if (!isHere(gate)) return false;
    if (Object.keys(wanted).length > 0) return selects(wanted, gate.labels);
    return refs.some(
      ({ kind, name }) => kind === "Gateway" && name === gate.labels[gatewayNameLabel],
    );
  });
}

/** Without an object of the cluster nobody knows which labels the pods have besides those that are selected. */
function classicGates(mesh: Mesh, gateway: ResourceKey, spec: Fields): readonly Gate[] {
  const selector = labelsOf(spec["selector"]);
  if (Object.keys(selector).length === 0) return [];
  const loaded = mesh.inventory.workloads.filter(({ labels }) => selects(selector, labels));
  const pods = loaded.length > 0 ? loaded.map(podsOf) : [madeUp(mesh, gateway, selector)];
  const servers = listOf(spec["servers"]).flatMap((each) => classicServer(fieldsOf(each)));
  return pods.flatMap((each) =>
    servers.map((server) => ({ gateway, isClassic: true, ...each, ...server })),
  );
}

function podsOf({ key, labels }: Workload): Pods {
  return { namespace: key.namespace, labels };
}

/** Pods where the policies about such labels are, else where the Service, or else where the Gateway is. */
function madeUp(mesh: Mesh, gateway: ResourceKey, selector: Labels): Pods {
  const about = mesh.authorizationPolicies.find(({ spec }) => {
    const wanted = spec.selector?.matchLabels ?? {};
    return Object.keys(wanted).length > 0 && agree(wanted, selector);
  });
  const service = mesh.inventory.services.find(
    ({ selector: pods = {} }) => Object.keys(pods).length > 0 && agree(pods, selector),
  );
  const labels = { ...service?.selector, ...about?.spec.selector?.matchLabels, ...selector };
  const { namespace } = about?.key ?? service?.key ?? gateway;
  const account = accountNamed(namespace, mesh);
  const runsAs = account === undefined ? {} : { serviceAccount: account };
  const stated: StatedWorkload = { namespace, labels, ...runsAs, dataPlane: "gateway" };
  return { namespace, labels, stated: [[namespace, ...Object.values(labels)].join("-"), stated] };
}

/** Whether pods may have both, and share a label. */
function agree(some: Labels, other: Labels): boolean {
  const both = Object.keys(some).filter((name) => Object.hasOwn(other, name));
  return both.length > 0 && both.every((name) => some[name] === other[name]);
}

function classicServer({ port: stated, hosts, tls }: Fields): readonly Server[] {
  const { number: port, protocol } = fieldsOf(stated);
  const mode = textOf(fieldsOf(tls)["mode"]) ?? "SIMPLE";
  const scheme = schemes[textOf(protocol)?.toUpperCase() ?? ""];
  if (scheme === undefined || typeof port !== "number") return [];
  if (scheme === "https" && mode !== "SIMPLE") return []; // others ask for a certificate, or open nothing
  return [{ scheme, port, hosts: textsOf(hosts).map((host) => host.replace(/^[^/]*\//, "")) }];
}

const schemes: Readonly<Record<string, Gate["scheme"]>> = {
  HTTP: "http",
  HTTP2: "http",
  GRPC: "http",
  HTTPS: "https",
};

/** Of what istiod deploys; it deploys nothing for a Gateway of another controller, or with the address of a Service. */
function apiGates(mesh: Mesh, gateway: ResourceKey, spec: Fields): readonly Gate[] {
  const deployed = describe(mesh, `gateway/${gateway.namespace}/${gateway.name}`);
  if (isProblem(deployed) || deployed.plane.plane !== "gateway") return [];
  const pods = { namespace: gateway.namespace, labels: deployed.workload.labels };
  return listOf(spec["listeners"]).flatMap((each): readonly Gate[] => {
    const { port, protocol, hostname, tls } = fieldsOf(each);
    const scheme = schemes[textOf(protocol) ?? ""];
    if (scheme === undefined || typeof port !== "number") return [];
    if (textOf(fieldsOf(tls)["mode"]) === "Passthrough") return [];
    return [{ gateway, isClassic: false, ...pods, scheme, port, hosts: [textOf(hostname) ?? "*"] }];
  });
}

function labelsOf(value: unknown): Labels {
  const pairs = Object.entries(fieldsOf(value)).map(([name, each]) => [name, String(each)]);
  return Object.fromEntries(pairs);
}
