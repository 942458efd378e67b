import type { Mesh } from "../../model/mesh.ts";
import type { Note, NoteCode } from "../../model/note.ts";
import { compareBytes } from "../../model/place.ts";
import type { AuthorizationPolicy } from "../../model/policy.ts";
import type {
  FilterChain,
  HttpSettings,
  Listener,
  Program,
  Proxy,
  RbacFilter,
} from "../../model/program.ts";
import type { Attribute, Rule } from "../../model/rule.ts";
import { boundAuthorizationPolicies, boundRequestAuthentications } from "../attach.ts";
import { isDryRun } from "../authorization/dry-run.ts";
import { meshReading } from "../authorization/filters.ts";
import { actionOf, policyNote, translatePolicies } from "../authorization/policies.ts";
import { modeOfPort, peerModes } from "../peer-authentication.ts";

/**
 * What istiod tells a gRPC server that has no proxy: of its policies ALLOW and DENY only, of its modes STRICT or none (ctx:5.6,
 * an:PA-63, az:GRPC-1, az:GRPC-2). Read from istio/istio:pilot/pkg/networking/grpcgen/lds.go; nothing was recorded. Rules that gRPC
 * may read otherwise than Envoy make the program unsupported.
 */
export function proxylessProgram(mesh: Mesh, proxy: Proxy): Program {
  const { bound, notes } = boundAuthorizationPolicies(mesh, proxy);
  const deny = filterOf("DENY", bound, mesh);
  const allow = filterOf("ALLOW", bound, mesh);
  const modes = peerModes(mesh, proxy);
  const filters = [...deny.filters, ...allow.filters];
  const said = {
    proxy,
    notes: [
      ...notes,
      ...modes.notes,
      ...bound.flatMap(noteOf),
      ...ignoredTokens(mesh, proxy),
      ...deny.notes,
      ...allow.notes,
    ],
  };
  if (deny.unsure || allow.unsure) return { ...said, listeners: [], unsupported: true };
  const listeners = proxy.ports.map(({ port }): Listener => {
    const mode = modeOfPort(modes, port);
    const permissive = proxy.labels["security.istio.io/tlsMode"] === "istio";
    const isStrict = mode === "STRICT" || (mode === "PERMISSIVE" && permissive);
    return { name: `inbound:${port}`, port, chains: [chainOf(isStrict, filters)] };
  });
  return { ...said, listeners };
}

/** Every trust domain is taken: gRPC servers cannot be told which names to ask for. */
function chainOf(isStrict: boolean, filters: readonly RbacFilter[]): FilterChain {
  return {
    name: isStrict ? "inbound-mtls" : "inbound-plaintext",
    match: {},
    ...(isStrict ? { tls: { clientCertificate: "required", authority: "mesh" } as const } : {}),
    kind: "http",
    http: settings,
    filters,
  };
}

/** gRPC leaves a request as it is, and takes the other end of the connection for the client. */
const settings: HttpSettings = {
  normalizePath: false,
  mergeSlashes: false,
  escapedSlashes: "keep",
  underscores: "keep",
  remoteAddress: "peer",
  trustedHops: 0,
  headerLines: "joined",
  clientCertHeader: "always-forward-only",
};

interface Made {
  readonly filters: readonly RbacFilter[];
  readonly notes: readonly Note[];
  readonly unsure: boolean;
}

/** Without any rule there is no filter, also of ALLOW. Names may clash; then a rule is lost. */
function filterOf(
  action: "ALLOW" | "DENY",
  bound: readonly AuthorizationPolicy[],
  mesh: Mesh,
): Made {
  const policies = bound.filter((policy) => actionOf(policy) === action && hasRules(policy));
  const reading = { ...meshReading(mesh), trustDomains: [] };
  const { rules, notes, refused } = translatePolicies(policies, "http", reading);
  const named = rules
    .map((rule) => ({ ...rule, name: nameOf(rule) }))
    .toSorted((a, b) => compareBytes(a.name, b.name));
  const clashes = new Set(named.map(({ name }) => name)).size < named.length;
  const unsure =
    refused !== undefined ||
    clashes ||
    notes.some(({ kind }) => kind === "rule-skipped") ||
    named.some(mayDiffer);
  const filter: RbacFilter = { kind: "rbac", action, peer: "certificate", rules: named };
  return { filters: named.length > 0 ? [filter] : [], notes, unsure };
}

function nameOf({ policy, index }: Rule): string {
  return `${policy.namespace}-${policy.name}-${index}`;
}

function hasRules({ spec }: AuthorizationPolicy): boolean {
  return (spec.rules ?? []).length > 0;
}

/** Server names, foreign metadata, templates, and headers that one of the two sets, hides or joins in its own way. */
function mayDiffer({ groups }: Rule): boolean {
  const clauses = groups.flatMap(({ any }) => any.flatMap(({ all }) => all));
  return (
    JSON.stringify(groups).includes('"run":"template') ||
    clauses.some(({ attribute }) => isOwn(attribute))
  );
}

function isOwn(attribute: Attribute): boolean {
  if (attribute.kind !== "header") return attribute.kind === "sni" || attribute.kind === "metadata";
  return /^(?:grpc-|x-|:scheme$|te$|host$|content-|connection$)/.test(attribute.name);
}

function noteOf(policy: AuthorizationPolicy): readonly Note[] {
  const action = actionOf(policy);
  const said = (because: NoteCode, effect: Note["effect"]): readonly Note[] => [
    policyNote(policy, "policy-not-bound", because, effect),
  ];
  if (action === "CUSTOM") return said("proxyless-action", "wider");
  if (action === "AUDIT") return said("proxyless-action", "none");
  if (!hasRules(policy)) return said("proxyless-no-rules", action === "ALLOW" ? "wider" : "none");
  return isDryRun(policy)
    ? [policyNote(policy, "value-dropped", "proxyless-dry-run", "narrower")]
    : [];
}

function ignoredTokens(mesh: Mesh, proxy: Proxy): readonly Note[] {
  return boundRequestAuthentications(mesh, proxy).bound.map(({ key }) => ({
    kind: "policy-not-bound",
    because: "proxyless-tokens",
    at: { resource: key, path: ["spec"] },
    effect: "wider",
  }));
}
