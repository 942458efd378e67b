import {
  type Connection,
  type Facts,
  type Hop,
  type Mesh,
  type Proxy,
  type RuleRef,
  rootNamespace,
  type Step,
  serve,
  trustDomain,
  ztunnelStatus,
} from "@meshproof/engine";
import { differing, type Judgement } from "./judgement.ts";
import { meshOf } from "./scenario-mesh.ts";
import type { KubernetesObject, Versions } from "./vector.ts";

/** One scenario of the ambient oracle: what istiod tells ztunnel, and what ztunnel's own code then decides. */
export interface AmbientVector {
  readonly id: string;
  readonly mesh: Readonly<Record<string, unknown>>;
  readonly features?: { readonly dryRun?: boolean };
  readonly objects: readonly KubernetesObject[];
  readonly workload: Pick<Proxy, "namespace" | "name" | "labels" | "serviceAccount"> & {
    readonly ips: readonly string[];
  };
  readonly connections: readonly AmbientConnection[];
  readonly results: readonly AmbientResult[];
  readonly missing?: readonly string[];
  readonly status?: Readonly<Record<string, AmbientStatus | null>>; // what istiod writes into the status of each policy
  readonly versions: { readonly istio: string };
}

interface AmbientStatus {
  readonly status: boolean;
  readonly reason: string;
  readonly message: string;
}

/** A connection of the ambient oracle. */
export interface AmbientConnection {
  readonly transport: "hbone" | "plaintext";
  readonly identity: string | null;
  readonly sourceIp: string;
  readonly destinationIp: string;
  readonly destinationPort: number;
}

interface AmbientResult {
  readonly decision: string;
  readonly reason: string;
  readonly by?: readonly string[];
  readonly dryRun?: unknown;
  readonly rbac?: AmbientResult; // what the policies alone would say
}

/**
 * What the engine makes of every connection of a scenario: decision, reason, the set of deciding policies, dry run, and references
 * to policies that do not exist; and of its policies the condition `ZtunnelAccepted`. Not compared: what istiod tells ztunnel as such.
 */
export function conformAmbient(vector: AmbientVector): readonly Judgement[] {
  const mesh = ambientMesh(vector);
  const proxy = ambientProxy(vector);
  const served = vector.connections.map((connection, index) => {
    const { rbac, ...expected } = vector.results[index] ?? { decision: "", reason: "" };
    const uris = urisOf(connection);
    const judged = (names: readonly string[]): Served => {
      const hop = serve(mesh, proxy, connectionWith(connection, names), undefined, facts);
      return { hop, got: judgedBy(hop, mesh) };
    };
    const { hop, got } = judged(uris);
    const alone = rbac && judged([...uris, ownIdentity(mesh)]).got;
    return {
      notCompared: [],
      scenario: vector.id,
      request: String(index),
      differences: differing([
        ["decision", expected.decision, got.decision],
        ["reason", expected.reason, got.reason],
        ["by", expected.by, got.by],
        ["dryRun", expected.dryRun, got.dryRun],
        ["missing", vector.missing, missingIn(hop)],
        ["rbac", rbac, alone],
      ]),
      shown: { connection, expected, got, hop },
    };
  });
  return [...served, ...conditionsOf(vector, mesh)];
}

/** What istiod says of every policy, in the words of the vectors. A policy that is not for ztunnel has no condition. */
function conditionsOf({ id, status = {} }: AmbientVector, mesh: Mesh): readonly Judgement[] {
  return Object.entries(status).map(([name, expected]) => {
    const policy = mesh.authorizationPolicies.find(
      ({ key }) => `${key.namespace}/${key.name}` === name,
    );
    const said = policy && ztunnelStatus(mesh, policy);
    const got = said
      ? { status: said.status === "True", reason: said.reason, message: said.message }
      : null;
    return {
      notCompared: [],
      scenario: id,
      request: `status of ${name}`,
      differences: differing([["status", expected, got]]),
      shown: { expected, got },
    };
  });
}

interface Served {
  readonly hop: Hop;
  readonly got: AmbientResult;
}

const facts: Facts = {
  now: 0,
  ask: ({ id }) => {
    throw new TypeError(`nothing is unknown to a ztunnel of the vectors: ${id}`);
  },
};

/** What istiod knows, which is all that a scenario says. */
export function ambientMesh({
  id,
  mesh,
  features,
  objects,
  workload,
  versions,
}: AmbientVector): Mesh {
  const dryRun = "AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY";
  const scenario = {
    id,
    mesh,
    features: { [dryRun]: String(features?.dryRun ?? false) },
    objects,
    workload: { ...workload, kind: "sidecar" as const },
    requests: [],
  };
  const istiod: Versions = { istio: versions.istio, envoy: "1.39.3" };
  return meshOf({ versions: istiod, scenario }, { addresses: [], ports: [], objects: [] });
}

/** The ztunnel in front of the workload of a scenario. */
export function ambientProxy({ workload }: AmbientVector): Proxy {
  const { namespace, name, labels, serviceAccount, ips } = workload;
  const described = { namespace, name, labels: labels ?? {}, serviceAccount };
  return { kind: "ztunnel", ...described, addresses: ips, ports: [] };
}

/** A connection as ztunnel accepts it. */
export function ambientConnection(connection: AmbientConnection): Connection {
  return connectionWith(connection, urisOf(connection));
}

function urisOf({ identity }: AmbientConnection): readonly string[] {
  return identity === null ? [] : [identity];
}

function connectionWith(
  { identity: _identity, ...connection }: AmbientConnection,
  uris: readonly string[],
): Connection {
  return { ...connection, ...(uris.length > 0 ? { certificate: { uris } } : {}) };
}

/** A second identity that opens the handshake: policies look at the first. */
function ownIdentity({ config }: Mesh): string {
  return `spiffe://${trustDomain(config)}/ns/none/sa/none`;
}

const reasons: Readonly<Record<Step["result"], string>> = {
  pass: "allow-policy",
  refuse: "no-allow-match",
  skip: "no-allow-policy",
};

/** A hop in the words of the vectors. */
function judgedBy({ steps, outcome }: Hop, mesh: Mesh): AmbientResult {
  if (outcome.kind === "tls-failed") return { decision: "deny", reason: "trust-domain" };
  const [, deny, allow] = steps;
  const denied = deny?.result === "refuse";
  const by = keysOf((denied ? deny : allow)?.by ?? [], mesh);
  return {
    decision: outcome.kind === "forwarded" ? "allow" : "deny",
    reason: denied ? "deny-policy" : reasons[allow?.result ?? "skip"],
    ...(by.length > 0 ? { by } : {}),
    ...dryRunOf(deny, allow, mesh),
  };
}

function dryRunOf(
  deny: Step | undefined,
  allow: Step | undefined,
  mesh: Mesh,
): Pick<AmbientResult, "dryRun"> {
  if (!deny?.dryRun && !allow?.dryRun) return {};
  return {
    dryRun: {
      deny: keysOf(deny?.dryRun?.by ?? [], mesh),
      allow: keysOf(allow?.dryRun?.by ?? [], mesh),
      wouldDenyByDefault: allow?.dryRun?.wouldDeny ?? false,
    },
  };
}

/** ztunnel's names of policies: what istiod makes of a PeerAuthentication has one of its own. */
function keysOf(refs: readonly RuleRef[], mesh: Mesh): readonly string[] {
  const keys = refs.map(({ policy, at }) => {
    if (policy.kind !== "PeerAuthentication") return `${policy.namespace}/${policy.name}`;
    return at.path.includes("mtls")
      ? `${rootNamespace(mesh)}/istio_converted_static_strict`
      : `${policy.namespace}/converted_peer_authentication_${policy.name}`;
  });
  return [...new Set(keys)].sort();
}

function missingIn({ notes }: Hop): readonly string[] | undefined {
  const keys = notes
    .filter(({ kind }) => kind === "missing-reference")
    .map(
      ({ at: { resource } }) =>
        `${resource.namespace}/converted_peer_authentication_${resource.name}`,
    );
  return keys.length === 0 ? undefined : keys;
}
