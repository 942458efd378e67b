import { clauseTrace } from "../envoy/places.ts";
import { type Looked, survey, type Trace } from "../envoy/rbac.ts";
import type { ZtunnelProgram, ZtunnelTold } from "../istiod/ztunnel.ts";
import type { Facts } from "../model/fact.ts";
import type { FilterChain, RbacFilter } from "../model/program.ts";
import type { Certificate, Connection } from "../model/request.ts";
import type { Rule } from "../model/rule.ts";
import type { ClauseTrace, Hop, Outcome, Seen, Step } from "../model/verdict.ts";
import { decideZtunnel, filterOf, type ZtunnelDecision, ztunnelKey } from "./decide.ts";
import { type Identity, identitiesOf } from "./identity.ts";
import { ruleRef } from "./places.ts";
import { reader } from "./read.ts";

/**
 * What the ztunnel in front of a workload does with one connection: the handshake with its trust domain, then DENY, then
 * ALLOW. HBONE with its certificate is the only thing that has an identity; TLS of another kind is plain bytes to it.
 * `ztunnel:src/proxy/inbound.rs`, `src/proxy/inbound_passthrough.rs`
 */
export function serveZtunnel(
  told: ZtunnelTold,
  connection: Connection,
  facts: Facts,
  options: { readonly trace?: Trace } = {},
): Hop {
  const program = choose(told, facts);
  const { proxy } = told;
  const name = connection.transport === "hbone" ? "hbone" : "plaintext";
  const chain = program.listeners[0]?.chains.find((each) => each.name === name);
  const identities = chain?.tls ? identitiesOf(connection.certificate ?? { uris: [] }) : [];
  const hop = {
    point: "ztunnel",
    proxy: `${proxy.namespace}/${proxy.name}`,
    enforced: true,
    chain: name,
    notes: program.notes,
  } as const;
  const failure = chain?.tls && handshakeFailure(chain, connection.certificate, identities);
  const saw = seen(connection, identities);
  if (failure) {
    const step: Step = { layer: "mtls", result: "refuse", by: [], text: failure };
    return { ...hop, saw, steps: [step], outcome: { kind: "tls-failed", details: failure } };
  }
  const read = reader(program, connection, identities[0], facts);
  const looked = { deny: [] as ClauseTrace[], allow: [] as ClauseTrace[] };
  const record = {
    deny: (each: Looked) => looked.deny.push(clauseTrace(each)),
    allow: (each: Looked) => looked.allow.push(clauseTrace(each)),
  };
  const decided = decideZtunnel(program, read, options.trace === true ? record : {});
  if (options.trace === "all")
    for (const [action, each] of [["DENY", record.deny] as const, ["ALLOW", record.allow] as const])
      survey(rulesOf(filterOf(program, action)), read, each);
  const [handshake, deny, allow] = steps(program, name, decided);
  const traced =
    options.trace && options.trace !== "told"
      ? [handshake, { ...deny, trace: looked.deny }, { ...allow, trace: looked.allow }]
      : [handshake, deny, allow];
  return { ...hop, saw, steps: traced, outcome: outcome(name, decided) };
}

function rulesOf(filter: RbacFilter | undefined): readonly Rule[] {
  return [...(filter?.rules ?? []), ...(filter?.dryRun ?? [])];
}

/** Which of several possible programs istiod has sent is a fact that only the mesh knows. */
function choose({ programs, proxy }: ZtunnelTold, { ask }: Facts): ZtunnelProgram {
  const [first, ...others] = programs;
  if (others.length === 0) return first;
  const id = `peer-authentication:${proxy.namespace}/${proxy.name}`;
  const pick = ask({ id, candidates: programs.map((program) => program.pick) });
  return programs.find((program) => program.pick === pick) ?? first;
}

/** `ztunnel:src/tls/workload.rs#TrustDomainVerifier` */
function handshakeFailure(
  { tls }: FilterChain,
  certificate: Certificate | undefined,
  identities: readonly Identity[],
): string | undefined {
  if (!certificate) return "the tunnel requires a client certificate";
  if (certificate.untrusted) return "the client's certificate is signed by an unknown authority";
  const wanted = tls?.trustDomains;
  if (!wanted || identities.some(({ trustDomain }) => wanted.includes(trustDomain)))
    return undefined;
  return `the client's trust domain is not \`${wanted.join("`, `")}\``;
}

function seen(connection: Connection, identities: readonly Identity[]): Seen {
  const { sourceIp, destinationIp, destinationPort } = connection;
  return {
    identities: identities.map(({ uri }) => uri),
    ...(sourceIp === undefined ? {} : { sourceIp }),
    ...(destinationIp === undefined ? {} : { destinationIp }),
    destinationPort,
  };
}

function steps(
  program: ZtunnelProgram,
  chain: string,
  decided: ZtunnelDecision,
): readonly [Step, Step, Step] {
  const handshake: Step = { layer: "mtls", result: chain === "hbone" ? "pass" : "skip", by: [] };
  const { reason, by, dryRun } = decided;
  const refs = by.map(ruleRef);
  const deny = filterOf(program, "DENY");
  const allow = filterOf(program, "ALLOW");
  const denied = reason === "deny-policy";
  const denyStep: Step = {
    layer: denied && by.every(fromPeerAuthentication) ? "mtls" : "deny",
    result: denied ? "refuse" : (deny?.rules && "pass") || "skip",
    by: denied ? refs : [],
    ...counts(deny?.rules),
    ...(dryRun.deny.length > 0 ? { dryRun: tried("DENY", dryRun.deny, true) } : {}),
    ...(denied ? { text: refusal(decided) } : {}),
  };
  const allowStep: Step = {
    layer: "allow",
    result: allowResult(decided),
    by: denied ? [] : refs,
    ...counts(allow?.rules),
    ...(allow?.dryRun ? { dryRun: tried("ALLOW", dryRun.allow, dryRun.wouldDenyByDefault) } : {}),
    ...(reason === "no-allow-match" ? { text: refusal(decided) } : {}),
  };
  return [handshake, denyStep, allowStep];
}

function allowResult({ reason }: ZtunnelDecision): Step["result"] {
  if (reason === "allow-policy") return "pass";
  return reason === "no-allow-match" ? "refuse" : "skip";
}

function tried(
  action: "ALLOW" | "DENY",
  rules: readonly Rule[],
  wouldDeny: boolean,
): NonNullable<Step["dryRun"]> {
  return { action, by: rules.map(ruleRef), wouldDeny };
}

function counts(rules: readonly Rule[] | undefined): Pick<Step, "rules" | "policies"> {
  if (!rules) return {};
  const policies = new Set(rules.map(ztunnelKey)).size;
  return {
    rules: rules.filter(({ groups }) => groups.every(({ any }) => any.length > 0)).length,
    policies,
  };
}

function fromPeerAuthentication({ policy }: Rule): boolean {
  return policy.kind === "PeerAuthentication";
}

/** A refused tunnel is answered 401 to the ztunnel or proxy of the client, which closes the connection of the application. */
function outcome(chain: string, decided: ZtunnelDecision): Outcome {
  if (decided.decision === "allow") return { kind: "forwarded" };
  const details = refusal(decided);
  return {
    kind: "closed",
    details: chain === "hbone" ? `CONNECT answered 401: ${details}` : details,
  };
}

/** In ztunnel's words: `ztunnel:src/proxy.rs#AuthorizationRejectionError` */
function refusal({ reason, by }: ZtunnelDecision): string {
  if (reason === "no-allow-match") return "allow policies exist, but none allowed";
  return `explicitly denied by: ${by.map(ztunnelKey).join(", ")}`;
}
