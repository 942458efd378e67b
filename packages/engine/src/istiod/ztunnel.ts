import { trustDomain } from "../kubernetes/identity.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Action, AuthorizationPolicy } from "../model/policy.ts";
import type { FilterChain, Program, Proxy, RbacFilter } from "../model/program.ts";
import type { Rule } from "../model/rule.ts";
import { rootNamespace } from "./attach-rules.ts";
import { isDryRun } from "./authorization/dry-run.ts";
import { ztunnelAttachment } from "./ztunnel-attachment.ts";
import { peerRules } from "./ztunnel-peer-authentication.ts";
import { peerNotes, peerPicks } from "./ztunnel-peer-levels.ts";
import { type ZtunnelRules, ztunnelRules } from "./ztunnel-rules.ts";
import { type WaypointIdentity, waypointRules } from "./ztunnel-waypoint.ts";

/**
 * What ztunnel is told of one workload. Several programs only when PeerAuthentications are equally old and istiod's choice,
 * which is chance, makes a difference: `pick` says what each chose.
 */
export interface ZtunnelTold {
  readonly proxy: Proxy;
  readonly programs: readonly [ZtunnelProgram, ...ZtunnelProgram[]];
}
export interface ZtunnelProgram extends Program {
  readonly pick: string;
}

/**
 * Tells the ztunnel in front of a workload what istiod would: two DENY and ALLOW lists, the same for HBONE and for plaintext.
 * `proxy` describes the workload, `waypoints` those of the workload and its Services (they matter only with
 * PILOT_AUTO_ALLOW_WAYPOINT_POLICY). `istio:pilot/pkg/serviceregistry/ambient/policies.go#PolicyCollections`
 */
export function tellZtunnel(
  mesh: Mesh,
  proxy: Proxy,
  waypoints: readonly WaypointIdentity[],
): ZtunnelTold {
  const attachment = ztunnelAttachment(mesh, proxy);
  const converted = attachment.bound.map((policy) => ({ policy, told: ztunnelRules(policy) }));
  const notes = [...attachment.notes, ...converted.flatMap(({ told }) => told.notes)];
  const root = rootNamespace(mesh);
  const admitted = waypointRules(mesh, waypoints);
  const programs = peerPicks(mesh, proxy).map(({ pick, levels }): ZtunnelProgram => {
    const peer = peerRules(levels, root);
    const filters = [filter("DENY", converted, peer.rules), filter("ALLOW", converted, admitted)];
    return {
      pick,
      proxy,
      listeners: [{ name: "inbound", chains: chains(mesh, filters) }],
      notes: [...notes, ...peerNotes(mesh, proxy, levels), ...peer.notes],
    };
  });
  return { proxy, programs: different(programs) };
}

interface Converted {
  readonly policy: AuthorizationPolicy;
  readonly told: ZtunnelRules;
}

/** All policies of one action; ztunnel has no order among them. */
function filter(
  action: "ALLOW" | "DENY",
  converted: readonly Converted[],
  more: readonly Rule[],
): RbacFilter {
  const ofAction = converted.filter(({ policy }) => actionOf(policy) === action);
  const enforced = ofAction.filter(({ policy }) => !isDryRun(policy));
  const tried = ofAction.filter(({ policy }) => isDryRun(policy));
  const rules = [...rulesOf(enforced), ...more];
  return {
    kind: "rbac",
    action,
    peer: "spiffe",
    ...(rules.length > 0 ? { rules } : {}),
    ...(tried.length > 0 ? { dryRun: rulesOf(tried) } : {}),
  };
}

function rulesOf(converted: readonly Converted[]): readonly Rule[] {
  return converted.flatMap(({ told }) => told.rules);
}

function actionOf({ spec }: AuthorizationPolicy): Action {
  return spec.action ?? "ALLOW";
}

/** The tunnel asks for a client certificate of the workload's own trust domain; aliases do not count (an:PA-73). */
function chains({ config }: Mesh, filters: readonly RbacFilter[]): readonly FilterChain[] {
  const trustDomains = [trustDomain(config)];
  return [
    {
      name: "hbone",
      match: { transport: "hbone" },
      tls: { clientCertificate: "required", authority: "mesh", trustDomains },
      kind: "tcp",
      filters,
    },
    { name: "plaintext", match: { transport: "raw_buffer" }, kind: "tcp", filters },
  ];
}

/** Of programs that decide alike, the first. */
function different(programs: readonly ZtunnelProgram[]): ZtunnelTold["programs"] {
  const seen = new Map<string, ZtunnelProgram>();
  for (const program of programs) {
    const decides = JSON.stringify(rulesThatDecide(program));
    if (!seen.has(decides)) seen.set(decides, program);
  }
  const [first, ...others] = seen.values();
  if (!first) throw new TypeError("a workload without a program");
  return [first, ...others];
}

function rulesThatDecide({ listeners }: Program): unknown {
  return listeners.map(({ chains }) =>
    chains.map(({ filters }) =>
      filters.map((each) => (each.kind === "rbac" ? each.rules?.map(({ groups }) => groups) : [])),
    ),
  );
}
