import type { Note } from "../model/note.ts";
import type { PeerAuthentication } from "../model/policy.ts";
import type { Clause, Group, Rule } from "../model/rule.ts";
import { modeOf, type PeerLevels } from "./ztunnel-peer-levels.ts";

/** What a workload's PeerAuthentications come to at its ztunnel: rules that deny, and what is surprising about them. */
export interface PeerRules {
  readonly rules: readonly Rule[];
  readonly notes: readonly Note[];
}

/**
 * STRICT as ztunnel knows it: "deny who has no principal" (an:PA-64), as a static policy or as one converted from the
 * workload's port-level modes; never both. `istio:pilot/pkg/serviceregistry/ambient/authorization.go#convertedSelectorPeerAuthentications`
 */
export function peerRules(levels: PeerLevels, root: string): PeerRules {
  const { workload } = levels;
  const strict = strictest(levels);
  if (!(workload && pointsAtConverted(workload, strict !== undefined))) {
    const rules = strict ? [staticRule(strict, root)] : [];
    return { rules, notes: portNotes(levels, strict ? allClosed : noneClosed) };
  }
  const ports = convert(workload, levels);
  const closed: Closed = {
    exceptions: ports.exceptions,
    ports: ports.strict,
    others: ports.exceptions.length > 0,
  };
  const rules = convertedRules(workload, ports);
  const missing: readonly Note[] = rules.length > 0 ? [] : [neverBuilt(workload)];
  return { rules, notes: [...missing, ...portNotes(levels, closed)] };
}

/** The policy that makes a workload STRICT as a whole, if one does (an:PA-67). */
function strictest({ mesh, namespace, workload }: PeerLevels): PeerAuthentication | undefined {
  const decisive = [workload, namespace, mesh].find((policy) => modeOf(policy) !== "UNSET");
  return modeOf(decisive) === "STRICT" ? decisive : undefined;
}

/** Under a parent's STRICT only PERMISSIVE ports are looked for, so that a DISABLE port stays STRICT (an:PA-68). */
function pointsAtConverted(workload: PeerAuthentication, strict: boolean): boolean {
  const modes = new Set(portModes(workload).map(({ mode }) => mode));
  if (!strict) return modes.has("STRICT");
  return modes.has("PERMISSIVE") || (modeOf(workload) === "STRICT" && modes.has("DISABLE"));
}

function portModes({ spec }: PeerAuthentication) {
  return Object.entries(spec.portLevelMtls ?? {})
    .map(([port, mtls]) => ({ port: Number(port), mode: mtls?.mode ?? "UNSET" }))
    .sort((a, b) => a.port - b.port);
}

interface Ports {
  readonly strict: readonly number[]; // each denies plaintext on its own
  readonly exceptions: readonly number[]; // if any: every other port denies plaintext
}

/**
 * The policy istiod builds from port-level modes, which asks the parents again and in its own way: it may come to nothing
 * although the workload points at it (an:PA-69). `istio:pilot/pkg/serviceregistry/ambient/authorization.go#convertPeerAuthentication`
 */
function convert(workload: PeerAuthentication, levels: PeerLevels): Ports {
  const mode = modeOf(workload);
  const namespace = modeOf(levels.convertedNamespace);
  const meshStrict = modeOf(levels.convertedMesh) === "STRICT";
  const covered =
    mode === "STRICT" ||
    (mode === "UNSET" && namespace === "STRICT") ||
    (namespace === "UNSET" && meshStrict);
  const parentStrict = namespace === "STRICT" || (!levels.convertedNamespace && meshStrict);
  const excepts = mode === "STRICT" || (mode === "UNSET" && parentStrict);
  const ports = portModes(workload);
  const open = ports.filter((port) => port.mode === "PERMISSIVE" || port.mode === "DISABLE");
  const strict = ports.filter((port) => port.mode === "STRICT");
  return {
    strict: covered ? [] : strict.map(({ port }) => port),
    exceptions: excepts ? open.map(({ port }) => port) : [],
  };
}

const anonymous: Clause = {
  attribute: { kind: "peer" },
  field: "principals",
  none: [{ kind: "sequence", pieces: [{ run: "any", min: 1 }], of: 0 }],
};

function portClause(side: "any" | "none", port: number): Clause {
  return {
    attribute: { kind: "destination.port" },
    field: "ports",
    [side]: [{ kind: "port", port, of: 0 }],
  };
}

function clauses(...all: readonly Clause[]): Group {
  return { of: "rule", any: [{ index: 0, all }] };
}

/** Lives in the root namespace and exists as soon as there is any PeerAuthentication (an:PA-65). */
function staticRule({ key }: PeerAuthentication, root: string): Rule {
  const name = `${root}/istio_converted_static_strict[0]`;
  return { name, policy: key, index: -1, groups: [clauses(anonymous)] };
}

function convertedRules(
  { key }: PeerAuthentication,
  { strict, exceptions }: Ports,
): readonly Rule[] {
  const name = `${key.namespace}/converted_peer_authentication_${key.name}`;
  const groups = strict.map((port) => [clauses(anonymous, portClause("any", port))]);
  if (exceptions.length > 0) {
    groups.push([
      clauses(anonymous),
      ...exceptions.map((port) => clauses(portClause("none", port))),
    ]);
  }
  return groups.map((each, at) => ({
    name: `${name}[${at}]`,
    policy: key,
    index: -1,
    groups: each,
  }));
}

function neverBuilt({ key: resource }: PeerAuthentication): Note {
  const at = { resource, path: ["spec", "portLevelMtls"] };
  return { kind: "missing-reference", because: "ztunnel-never-built", at, effect: "wider" };
}

interface Closed {
  readonly exceptions: readonly number[];
  readonly ports: readonly number[];
  readonly others: boolean;
}
const allClosed: Closed = { exceptions: [], ports: [], others: true };
const noneClosed: Closed = { exceptions: [], ports: [], others: false };

/** A note for each port of the winning policy, and one for all others, where plaintext fares otherwise than is documented. */
function portNotes(levels: PeerLevels, closed: Closed): readonly Note[] {
  const { workload } = levels;
  if (!workload) return [];
  const whole = strictest(levels) !== undefined;
  const notes = portModes(workload).flatMap(({ port, mode }) => {
    const isClosed =
      closed.ports.includes(port) || (closed.others && !closed.exceptions.includes(port));
    return portNote(
      workload,
      ["portLevelMtls", String(port)],
      mode === "UNSET" ? whole : mode === "STRICT",
      isClosed,
    );
  });
  return [...notes, ...portNote(workload, ["mtls"], whole, closed.others)];
}

function portNote(
  { key: resource }: PeerAuthentication,
  path: readonly string[],
  documented: boolean,
  closed: boolean,
): readonly Note[] {
  if (documented === closed) return [];
  const at = { resource, path: ["spec", ...path] };
  return [
    {
      kind: "condition-dropped",
      because: "ztunnel-port-mode",
      at,
      effect: closed ? "narrower" : "wider",
    },
  ];
}
