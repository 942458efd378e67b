import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { tellZtunnel, type ZtunnelTold } from "../src/istiod/ztunnel.ts";
import { ztunnelStatus } from "../src/istiod/ztunnel-status.ts";
import type { Facts } from "../src/model/fact.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { keyText } from "../src/model/place.ts";
import type { AuthorizationPolicy, PeerAuthentication, Resource } from "../src/model/policy.ts";
import type { Proxy } from "../src/model/program.ts";
import type { Connection } from "../src/model/request.ts";
import type { Hop, RuleRef, Step } from "../src/model/verdict.ts";
import { ztunnelKey } from "../src/ztunnel/decide.ts";
import { serveZtunnel } from "../src/ztunnel/serve.ts";

/** What a file of vectors comes to. `divergences` names the first few. */
export interface Outcomes {
  readonly scenarios: number;
  readonly connections: number;
  readonly statuses: number;
  readonly missing: number;
  readonly divergences: readonly string[];
}

interface WrittenObject {
  readonly kind: string;
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly annotations?: Record<string, string>;
    readonly creationTimestamp?: string;
  };
  readonly spec?: object;
}
interface WrittenConnection {
  readonly transport: "hbone" | "plaintext";
  readonly identity: string | null;
  readonly sourceIp: string;
  readonly destinationIp: string;
  readonly destinationPort: number;
}
interface WrittenResult {
  readonly decision: string;
  readonly reason: string;
  readonly by?: readonly string[];
  readonly dryRun?: unknown;
  readonly rbac?: WrittenResult;
}
/** One line of a file, as the oracle writes it. */
export interface Scenario {
  readonly id: string;
  readonly mesh: { readonly rootNamespace?: string; readonly trustDomain?: string };
  readonly features?: { readonly dryRun?: boolean };
  readonly objects: readonly WrittenObject[];
  readonly workload: {
    readonly namespace: string;
    readonly name: string;
    readonly labels?: Record<string, string>;
    readonly serviceAccount: string;
    readonly ips: readonly string[];
  };
  readonly connections: readonly WrittenConnection[];
  readonly results: readonly WrittenResult[];
  readonly missing?: readonly string[];
  readonly status: Readonly<
    Record<string, { status: boolean; reason: string; message: string } | null>
  >;
}

/** The scenarios of a gzipped file of lines. */
export function readScenarios(path: string): readonly Scenario[] {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** Runs scenarios and compares decision, reason, the set of deciding policies, dry run, status and missing references. */
export function compare(scenarios: readonly Scenario[]): Outcomes {
  const differences = scenarios.flatMap(compareScenario);
  const count = (of: (scenario: Scenario) => number) =>
    scenarios.reduce((sum, each) => sum + of(each), 0);
  return {
    scenarios: scenarios.length,
    connections: count(({ connections }) => connections.length),
    statuses: count(({ status }) => Object.keys(status).length),
    missing: count(({ missing }) => missing?.length ?? 0),
    divergences: differences,
  };
}

function compareScenario(scenario: Scenario): readonly string[] {
  const mesh = meshOf(scenario);
  const told = tellZtunnel(mesh, proxyOf(scenario), []);
  const differences: string[] = [];
  const same = (what: string, ours: unknown, theirs: unknown) => {
    const [left, right] = [JSON.stringify(ours), JSON.stringify(theirs)];
    if (left !== right) differences.push(`${scenario.id} ${what}: ours ${left}, ztunnel ${right}`);
  };
  same("picks", told.programs.length, 1);
  const judge = (uris: readonly string[], connection: WrittenConnection) =>
    judged(serveZtunnel(told, connectionOf(connection, uris), facts), (refs) =>
      ztunnelKeys(told, refs),
    );
  scenario.connections.forEach((connection, index) => {
    const { rbac, ...theirs } = scenario.results[index] ?? {};
    const uris = connection.identity ? [connection.identity] : [];
    same(`connection ${index}`, judge(uris, connection), theirs);
    if (rbac) same(`policies alone ${index}`, judge([...uris, own(scenario)], connection), rbac);
  });
  for (const policy of mesh.authorizationPolicies) {
    const { namespace, name } = policy.key;
    const said = ztunnelStatus(mesh, policy);
    const ours = said && {
      status: said.status === "True",
      reason: said.reason,
      message: said.message,
    };
    same(`status of ${name}`, ours ?? null, scenario.status[`${namespace}/${name}`]);
  }
  const missing = told.programs[0].notes.filter(({ kind }) => kind === "missing-reference");
  const keys = missing.map(
    ({ at }) => `${at.resource.namespace}/converted_peer_authentication_${at.resource.name}`,
  );
  same("missing", keys, scenario.missing ?? []);
  return differences;
}

/** A hop in the words of the vectors. */
function judged({ steps, outcome }: Hop, names: (refs: Step["by"]) => readonly string[]) {
  if (outcome.kind === "tls-failed") return { decision: "deny", reason: "trust-domain" };
  const [, deny, allow] = steps;
  const denied = deny?.result === "refuse";
  const reasons = { pass: "allow-policy", refuse: "no-allow-match", skip: "no-allow-policy" };
  return {
    decision: outcome.kind === "forwarded" ? "allow" : "deny",
    reason: denied ? "deny-policy" : reasons[allow?.result ?? "skip"],
    ...deciding(names((denied ? deny : allow)?.by ?? [])),
    dryRun: triedOf(deny, allow, names),
  };
}

function deciding(by: readonly string[]) {
  return by.length > 0 ? { by } : {};
}

function triedOf(
  deny: Step | undefined,
  allow: Step | undefined,
  names: (refs: Step["by"]) => readonly string[],
) {
  if (!deny?.dryRun && !allow?.dryRun) return undefined;
  return {
    deny: names(deny?.dryRun?.by ?? []),
    allow: names(allow?.dryRun?.by ?? []),
    wouldDenyByDefault: allow?.dryRun?.wouldDeny ?? false,
  };
}

const facts: Facts = {
  now: 0,
  ask: ({ id }) => {
    throw new TypeError(`nothing is unknown here: ${id}`);
  },
};

function meshOf({ mesh, features, objects }: Scenario): Mesh {
  const of = <Policy>(kind: string) =>
    objects.filter((each) => each.kind === kind).map(resource<Policy>);
  return {
    release: { istio: "1.31.0", envoy: "1.39.3", stated: true },
    features: { AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY: String(features?.dryRun ?? false) },
    config: mesh,
    configLoaded: true,
    authorizationPolicies: of<AuthorizationPolicy["spec"]>("AuthorizationPolicy"),
    requestAuthentications: [],
    peerAuthentications: of<PeerAuthentication["spec"]>("PeerAuthentication"),
    inventory: { namespaces: [], workloads: [], services: [], others: [] },
    locate: () => undefined,
  };
}

function resource<Spec>({ kind, metadata, spec }: WrittenObject): Resource<Spec> {
  const { namespace, name, annotations, creationTimestamp } = metadata;
  return {
    key: { kind, namespace, name },
    labels: {},
    annotations: annotations ?? {},
    ...(creationTimestamp ? { createdAt: Date.parse(creationTimestamp) } : {}),
    spec: (spec ?? {}) as Spec,
  };
}

function proxyOf({ workload }: Scenario): Proxy {
  const { namespace, name, labels, serviceAccount, ips } = workload;
  return {
    kind: "ztunnel",
    namespace,
    name,
    labels: labels ?? {},
    serviceAccount,
    addresses: ips,
    ports: [],
  };
}

function connectionOf(
  { identity: _, ...connection }: WrittenConnection,
  uris: readonly string[],
): Connection {
  return { ...connection, ...(uris.length > 0 ? { certificate: { uris } } : {}) };
}

/** A second identity that opens the handshake; policies look at the first. */
function own({ mesh }: Scenario): string {
  return `spiffe://${mesh.trustDomain ?? "cluster.local"}/ns/none/sa/none`;
}

/** The names ztunnel has for the policies of some references: those in its log, sorted. A reference it does not know is left out. */
function ztunnelKeys({ programs }: ZtunnelTold, refs: readonly RuleRef[]): readonly string[] {
  const rules = programs.flatMap(({ listeners }) =>
    listeners.flatMap(({ chains }) =>
      chains.flatMap(({ filters }) =>
        filters.flatMap((filter) =>
          filter.kind === "rbac" ? [...(filter.rules ?? []), ...(filter.dryRun ?? [])] : [],
        ),
      ),
    ),
  );
  const names = new Map(rules.map((rule) => [keyText(rule.policy), ztunnelKey(rule)]));
  return refs.flatMap(({ policy }) => names.get(keyText(policy)) ?? []).sort();
}
