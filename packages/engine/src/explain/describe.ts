import { boundAuthorizationPolicies, boundRequestAuthentications } from "../istiod/attach.ts";
import { isDryRun } from "../istiod/authorization/dry-run.ts";
import { peerModes } from "../istiod/peer-authentication.ts";
import { type ZtunnelCondition, ztunnelStatus } from "../istiod/ztunnel-status.ts";
import { workloadText } from "../journey/endpoint.ts";
import { programOf, ztunnelOf } from "../journey/programs.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import type { Problem } from "../model/access-request.ts";
import type { DataPlane, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Note } from "../model/note.ts";
import { keyText, type ResourceKey } from "../model/place.ts";
import type { Action } from "../model/policy.ts";
import type {
  FilterChain,
  JwtProvider,
  Program,
  Proxy,
  ProxyPort,
  Refusal,
} from "../model/program.ts";
import { portMode } from "./chain-reason.ts";
import { type DescribedPlane, isUnknown, planeOf, workloadNamed } from "./described.ts";
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

export interface DescribedPolicy {
  readonly key: ResourceKey;
  readonly action?: Action; // of an AuthorizationPolicy
  readonly dryRun?: true;
  readonly rules?: number;
}

/** A condition that istiod writes into a policy's status. */
export interface DescribedStatus {
  readonly key: ResourceKey;
  readonly condition: ZtunnelCondition;
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
  if (kind === undefined)
    return { ...about, ports: [], policies: [], unbound: [], notes: [], statuses: [], issuers: [] };
  const proxy = proxyOf(mesh.inventory, workload, kind);
  return { ...about, ...told(mesh, proxy) };
}

const kinds: Readonly<Record<DataPlane, Proxy["kind"] | undefined>> = {
  sidecar: "sidecar",
  ambient: "ztunnel",
  gateway: "gateway",
  waypoint: "waypoint",
  proxyless: "proxyless",
  none: undefined,
};

type Told = Omit<Description, "subject" | "workload" | "plane">;

function told(mesh: Mesh, proxy: Proxy): Told {
  const program =
    proxy.kind === "ztunnel" ? ztunnelOf(mesh, proxy).programs[0] : programOf(mesh, proxy);
  const { notes, listeners } = program;
  const chains = listeners.flatMap((listener) => listener.chains);
  const refused = listeners.find((listener) => listener.refused)?.refused;
  return {
    proxy,
    program,
    ports:
      proxy.kind === "sidecar" || proxy.kind === "ztunnel"
        ? portsOf(mesh, proxy, chains)
        : listenersOf(program),
    policies: policiesOf(mesh, proxy, program),
    unbound: notes.filter(({ kind }) => kind === "policy-not-bound"),
    notes: notes.filter(({ kind }) => kind !== "policy-not-bound"),
    statuses: proxy.kind === "ztunnel" ? statusesOf(mesh, proxy, program) : [],
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
  const declared = proxy.ports
    .toSorted((a, b) => a.port - b.port)
    .map((port): DescribedPort => {
      const own = served.filter(({ match }) => match.port === port.port);
      const taking = own.length > 0 ? own : others;
      return { port, ...mode(port.port), chains: taking, otherwise: otherwiseOf(taking) };
    });
  return [...declared, { ...mode(0), chains: others, otherwise: otherwiseOf(others) }];
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

const order: readonly Action[] = ["CUSTOM", "AUDIT", "DENY", "ALLOW"];

function policiesOf(mesh: Mesh, proxy: Proxy, program: Program): readonly DescribedPolicy[] {
  const authorization = boundIn(mesh, proxy, program)
    .map((policy): DescribedPolicy => {
      const { key, spec } = policy;
      const action = spec.action ?? "ALLOW";
      const rules = spec.rules?.length ?? 0;
      return { key, action, rules, ...(isDryRun(policy) ? { dryRun: true } : {}) };
    })
    .toSorted((a, b) => order.indexOf(a.action ?? "ALLOW") - order.indexOf(b.action ?? "ALLOW"));
  if (proxy.kind === "ztunnel") return authorization;
  const requests = boundRequestAuthentications(mesh, proxy).bound;
  const peers = proxy.kind === "sidecar" ? peerModes(mesh, proxy).policies : [];
  return [...[...peers, ...requests].map(({ key }) => ({ key })), ...authorization];
}

/** ztunnel is told of some policies only: those that its program, or a note on it, names. */
function boundIn(mesh: Mesh, proxy: Proxy, program: Program): Mesh["authorizationPolicies"] {
  if (proxy.kind !== "ztunnel") return boundAuthorizationPolicies(mesh, proxy).bound;
  const names = new Set(
    program.listeners
      .flatMap(({ chains }) => chains.flatMap(({ filters }) => filters))
      .flatMap((filter) =>
        filter.kind === "rbac" ? [...(filter.rules ?? []), ...(filter.dryRun ?? [])] : [],
      )
      .map(({ policy }) => keyText(policy)),
  );
  return mesh.authorizationPolicies.filter(({ key }) => names.has(keyText(key)));
}

/** What a policy's author sees in the cluster; one that is taken as it stands but selects other workloads is left out. */
function statusesOf(mesh: Mesh, proxy: Proxy, program: Program): readonly DescribedStatus[] {
  const bound = new Set(boundIn(mesh, proxy, program).map(({ key }) => keyText(key)));
  const told = new Set([...bound, ...program.notes.map(({ at }) => keyText(at.resource))]);
  return mesh.authorizationPolicies.flatMap((policy) => {
    const name = keyText(policy.key);
    const condition = told.has(name) ? ztunnelStatus(mesh, policy) : undefined;
    if (condition === undefined) return [];
    return bound.has(name) || condition.reason !== "Accepted" ? { key: policy.key, condition } : [];
  });
}

function issuersOf(chains: readonly FilterChain[]): readonly JwtProvider[] {
  const providers = chains.flatMap(({ filters }) =>
    filters.flatMap((filter) => (filter.kind === "jwt" ? filter.providers : [])),
  );
  return [...new Map(providers.map((provider) => [provider.name, provider])).values()];
}
