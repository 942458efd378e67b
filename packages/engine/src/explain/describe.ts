import { workloadText } from "../journey/endpoint.ts";
import { programOf, ztunnelOf } from "../journey/programs.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import type { Problem } from "../model/access-request.ts";
import type { DataPlane, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Note } from "../model/note.ts";
import { keyText, type ResourceKey } from "../model/place.ts";
import type {
  FilterChain,
  JwtProvider,
  Program,
  Proxy,
  ProxyPort,
  Refusal,
} from "../model/program.ts";
import { portMode } from "./chain-reason.ts";
import {
  type DescribedPlane,
  type DescribedWaypoint,
  isUnknown,
  planeOf,
  waypointsOf,
  workloadNamed,
} from "./described.ts";
import {
  type DescribedPolicy,
  type DescribedStatus,
  policiesOf,
  statusesOf,
  targetStatuses,
} from "./described-policies.ts";
import type { PortMode } from "./explanation.ts";

/** Everything that is to be said of a workload: what applies to it, what does not and why, and what its proxy is told. */
export interface Description {
  readonly subject: string; // deploy/shop/orders
  readonly workload: Workload;
  readonly plane: DescribedPlane;
  readonly proxy?: Proxy; // absent: nothing enforces anything
  readonly program?: Program;
  readonly ports: readonly DescribedPort[]; // the last one stands for every other port
  readonly policies: readonly DescribedPolicy[]; // those that apply, in the order in which they are asked
  readonly unbound: readonly Note[];
  readonly notes: readonly Note[]; // what istiod left out or changed of those that apply
  readonly statuses: readonly DescribedStatus[]; // in ambient mode: of what applies, and of what istiod does not take as it stands
  readonly waypoints: readonly DescribedWaypoint[]; // of a workload in ambient mode
  readonly issuers: readonly JwtProvider[];
  readonly refused?: Refusal; // the data plane does not take this configuration
}

/** A port, what it takes, and what happens to what no rule is about. */
export interface DescribedPort {
  readonly port?: ProxyPort; // absent: every port that nobody declares
  readonly listener?: { readonly name: string; readonly port?: number }; // of a gateway or a waypoint, in place of a port
  readonly mode?: PortMode; // of a sidecar
  readonly chains: readonly FilterChain[];
  readonly otherwise: "allow" | "deny"; // where no rule matches
}

/** How a workload is described. */
export interface DescribeOptions {
  readonly namespace?: string; // of references without one
  readonly dataPlane?: DataPlane; // where nothing says
}

/** Describes the workload that a text names (deploy/NS/NAME, ns/NS,label=value, ...); what is wrong with the text otherwise. */
export function describe(
  mesh: Mesh,
  text: string,
  { namespace, dataPlane }: DescribeOptions = {},
): Description | Problem {
  const workload = workloadNamed(mesh, text, namespace);
  if (isUnknown(workload)) return workload;
  const plane = planeOf(mesh, workload, dataPlane);
  const about = { subject: workloadText(workload), workload, plane };
  const kind = kinds[plane.plane];
  if (kind === undefined) return { ...about, ...nothing };
  const proxy = proxyOf(mesh.inventory, workload, kind);
  const waypoints = kind === "ztunnel" ? waypointsOf(mesh, workload) : [];
  return { ...about, ...told(mesh, proxy), waypoints };
}

const nothing = {
  ...{ ports: [], policies: [], unbound: [], notes: [] },
  ...{ statuses: [], waypoints: [], issuers: [] },
} as const;

const kinds: Readonly<Record<DataPlane, Proxy["kind"] | undefined>> = {
  sidecar: "sidecar",
  ambient: "ztunnel",
  gateway: "gateway",
  waypoint: "waypoint",
  proxyless: "proxyless",
  none: undefined,
};

type Told = Omit<Description, "subject" | "workload" | "plane" | "waypoints">;

function told(mesh: Mesh, proxy: Proxy): Told {
  const program =
    proxy.kind === "ztunnel" ? ztunnelOf(mesh, proxy).programs[0] : programOf(mesh, proxy);
  const { notes, listeners } = program;
  const chains = listeners.flatMap((listener) => listener.chains);
  const refused = listeners.find((listener) => listener.refused)?.refused;
  const policies = policiesOf(mesh, proxy, program);
  const bound = new Set(policies.map(({ key }) => keyText(key)));
  const isBound = (key: ResourceKey): boolean => bound.has(keyText(key));
  return {
    proxy,
    program,
    ports:
      proxy.kind === "sidecar" || proxy.kind === "ztunnel"
        ? portsOf(mesh, proxy, chains)
        : listenersOf(program),
    policies,
    unbound: notes.filter(({ kind, at }) => kind === "policy-not-bound" && !isBound(at.resource)),
    notes: notes.filter(({ kind, chains: on }) => kind !== "policy-not-bound" && on?.length !== 0),
    statuses:
      proxy.kind === "ztunnel" ? statusesOf(mesh, proxy, program) : targetStatuses(mesh, policies),
    issuers: issuersOf(chains),
    ...(refused === undefined ? {} : { refused }),
  };
}

function portsOf(
  mesh: Mesh,
  proxy: Proxy,
  chains: readonly FilterChain[],
): readonly DescribedPort[] {
  const served = chains.filter(({ kind }) => kind !== "blackhole");
  const others = served.filter(({ match }) => match.port === undefined);
  const mode = (port: number): Pick<DescribedPort, "mode"> =>
    proxy.kind === "sidecar" ? { mode: portMode(mesh, proxy, port) } : {};
  const declared = [...proxy.ports, ...otherPorts(proxy, served)]
    .toSorted((a, b) => a.port - b.port)
    .map((port): DescribedPort => {
      const own = served.filter(({ match }) => match.port === port.port);
      const taking = own.length > 0 ? own : others;
      return { port, ...mode(port.port), chains: taking, otherwise: otherwiseOf(taking) };
    });
  return [...declared, { ...mode(0), chains: others, otherwise: otherwiseOf(others) }];
}

/** Ports that no Service has and a PeerAuthentication names: `portLevelMtls` makes chains of their own for them. */
function otherPorts({ ports }: Proxy, served: readonly FilterChain[]): readonly ProxyPort[] {
  const known = new Set(ports.map(({ port }) => port));
  const named = new Set(served.flatMap(({ match }) => match.port ?? []));
  return [...named].filter((port) => !known.has(port)).map((port) => ({ port, protocol: "auto" }));
}

/** A gateway listens where its servers say. */
function listenersOf({ listeners }: Program): readonly DescribedPort[] {
  return listeners.map(({ name, port, chains }) => ({
    listener: { name, ...(port === undefined ? {} : { port }) },
    chains,
    otherwise: otherwiseOf(chains),
  }));
}

/** Where an ALLOW policy is enforced, what no rule allows is denied. */
function otherwiseOf(chains: readonly FilterChain[]): DescribedPort["otherwise"] {
  const closed = chains.some(({ filters }) =>
    filters.some(
      (filter) => filter.kind === "rbac" && filter.action === "ALLOW" && filter.rules !== undefined,
    ),
  );
  return closed ? "deny" : "allow";
}

function issuersOf(chains: readonly FilterChain[]): readonly JwtProvider[] {
  const providers = chains.flatMap(({ filters }) =>
    filters.flatMap((filter) => (filter.kind === "jwt" ? filter.providers : [])),
  );
  return [...new Map(providers.map((provider) => [provider.name, provider])).values()];
}
