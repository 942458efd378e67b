import {
  type AuthorizationPolicy,
  backendsOf,
  type Mesh,
  rootNamespace,
  type Service,
  selects,
  type Workload,
} from "@meshproof/engine";
import type { StatedWorkload } from "../suite.ts";
import { type Entrance, entrancesOf } from "./entrances.ts";
import { gatesAt } from "./gates.ts";

/** A workload that no file holds, under its name. */
export type Stated = readonly [name: string, workload: StatedWorkload];

/** Where a request can go to meet a policy. `entrance`: it comes in at a gateway. */
export interface Target {
  readonly to: string;
  readonly port: number;
  readonly stated: readonly Stated[];
  readonly entrance?: Entrance;
}

/** Services and workloads of the inventory that a policy may apply to, or a workload made up after its selector; of a gateway, its hosts. */
export function targetsOf(policy: AuthorizationPolicy, mesh: Mesh): readonly Target[] {
  const entrances = gatesAt(policy, mesh).flatMap((gate) => entrancesOf(gate, mesh));
  if (entrances.length > 0) return entrances.map(entranceTarget);
  const { inventory } = mesh;
  const { services, workloads } = inventory;
  const found = workloads.filter((workload) => applies(policy, workload, mesh));
  const named = services.filter((service) => isNamed(policy, service));
  const serving = services.filter((service) =>
    backendsOf(inventory, service).some((each) => found.includes(each)),
  );
  const known = [
    ...[...named, ...serving].flatMap(serviceTargets),
    ...found.flatMap(workloadTargets),
  ];
  return known.length > 0 ? known : [madeUp(policy, mesh)];
}

function entranceTarget(entrance: Entrance): Target {
  const { url, gate } = entrance;
  return { to: url, port: gate.port, stated: gate.stated ? [gate.stated] : [], entrance };
}

function applies({ key, spec }: AuthorizationPolicy, workload: Workload, mesh: Mesh): boolean {
  const root = rootNamespace(mesh);
  const within = key.namespace === root || key.namespace === workload.key.namespace;
  return within && selects(spec.selector?.matchLabels ?? {}, workload.labels);
}

/** A service that the policy targets at its waypoint. */
function isNamed({ key, spec }: AuthorizationPolicy, service: Service): boolean {
  const refs = [...(spec.targetRefs ?? []), ...(spec.targetRef ? [spec.targetRef] : [])];
  return refs.some(
    ({ kind, name, namespace = key.namespace }) =>
      kind === "Service" && name === service.key.name && namespace === service.key.namespace,
  );
}

function serviceTargets({ key, ports }: Service): readonly Target[] {
  return ports.map(({ port, targetPort }) => ({
    to: `svc/${key.namespace}/${key.name}:${port}`,
    port: typeof targetPort === "number" ? targetPort : port,
    stated: [],
  }));
}

function workloadTargets({ key, labels, ports }: Workload): readonly Target[] {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  if (pairs.length === 0) return [];
  const to = `ns/${key.namespace},${pairs.join(",")}`;
  return ports.map(({ port }) => ({ to: `${to}:${port}`, port, stated: [] }));
}

function madeUp({ key, spec }: AuthorizationPolicy, mesh: Mesh): Target {
  const labels = spec.selector?.matchLabels ?? {};
  const root = rootNamespace(mesh);
  const namespace = key.namespace === root ? "default" : key.namespace;
  const ports = spec.rules?.flatMap((rule) => rule?.to?.flatMap((each) => each?.operation?.ports));
  const port = Number(ports?.find((each) => each !== undefined) ?? ordinaryPort(mesh));
  const name = [namespace, ...Object.values(labels)].join("-");
  const stated: StatedWorkload = { namespace, labels, ports: { [port]: "http" } };
  return { to: `workload/${namespace}/${name}:${port}`, port, stated: [[name, stated]] };
}

/** A port that has the mode of its workload, and none of its own. */
function ordinaryPort({ peerAuthentications }: Mesh): number {
  const named = peerAuthentications.flatMap(({ spec }) => Object.keys(spec.portLevelMtls ?? {}));
  return [8080, 80, 8000].find((port) => !named.includes(`${port}`)) ?? 8080;
}
