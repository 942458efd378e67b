import { whyUnread } from "../kubernetes/discovery.ts";
import { selects } from "../kubernetes/service.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Note, NoteCode } from "../model/note.ts";
import type { Path } from "../model/place.ts";
import type { MutualTlsMode, PeerAuthentication } from "../model/policy.ts";
import type { Proxy } from "../model/program.ts";
import { groupedOnce } from "./attach-index.ts";
import { rootNamespace } from "./attach-rules.ts";

export type Mode = Exclude<MutualTlsMode, "UNSET">;

/** How a sidecar takes connections: the mode of the workload, and those of ports that differ. `policies`: what decided, widest first. */
export interface PeerModes {
  readonly mode: Mode;
  readonly ports: ReadonlyMap<number, Mode>;
  readonly policies: readonly PeerAuthentication[];
  readonly notes: readonly Note[];
}

const indexOf = groupedOnce((mesh) => mesh.peerAuthentications);

/**
 * The modes of a workload: of the mesh, the namespace and the workload the narrowest that is set; ports by the workload's policy
 * alone. Of several policies of one scope the oldest counts, and the others not at all.
 * Follows istio/istio:pilot/pkg/security/authn/policy_applier.go ComposePeerAuthentication (an:A.2).
 */
export function peerModes(mesh: Mesh, proxy: Proxy): PeerModes {
  const candidates = candidatesOf(mesh, proxy);
  const scopes = [candidates.mesh, candidates.namespace, candidates.workload];
  const policies = scopes.flatMap((scope) => scope.slice(0, 1));
  let mode: Mode = "PERMISSIVE";
  for (const { spec } of policies) mode = resolved(spec.mtls, mode);
  const notes = [
    ...scopes.flatMap((scope) => scope.slice(1).map(outranked)),
    ...policies.filter(isWide).flatMap(uselessPorts),
    ...candidates.notes,
  ];
  return { mode, ports: portModes(candidates.workload[0], mode), policies, notes };
}

interface Candidates {
  readonly mesh: readonly PeerAuthentication[]; // each by age
  readonly namespace: readonly PeerAuthentication[];
  readonly workload: readonly PeerAuthentication[];
  readonly notes: readonly Note[]; // on those that count nowhere
}

/** In the root namespace there is one level only, and selectors have no effect (an:PA-10, an:PA-11). */
function candidatesOf(mesh: Mesh, proxy: Proxy): Candidates {
  const root = rootNamespace(mesh);
  const { byNamespace, selecting } = indexOf(mesh);
  const read = (policies: readonly PeerAuthentication[] = []): readonly PeerAuthentication[] =>
    policies.filter((policy) => whyUnread(mesh, policy) === undefined);
  const inRoot = read(byNamespace.get(root));
  const own = proxy.namespace === root ? [] : read(byNamespace.get(proxy.namespace));
  const near = [...new Set([root, proxy.namespace])].flatMap((each) => byNamespace.get(each) ?? []);
  const isHere = (policy: PeerAuthentication): boolean => isSelected(policy, proxy);
  const narrow = own.filter(hasSelector);
  const elsewhere = selecting(proxy.labels).filter(
    ({ key }) => key.namespace !== root && key.namespace !== proxy.namespace,
  );
  return {
    mesh: inRoot.filter(isWide),
    namespace: own.filter(isWide),
    workload: narrow.filter(isHere),
    notes: [
      ...near.flatMap((policy) => {
        const unread = whyUnread(mesh, policy);
        return unread === undefined ? [] : [unbound(unread.because, unread.at)(policy)];
      }),
      ...narrow.filter((policy) => !isHere(policy)).map(unbound("selector-mismatch", selector)),
      ...inRoot
        .filter((policy) => hasSelector(policy) && isHere(policy))
        .map(unbound("root-selector", selector)),
      ...elsewhere.map(unbound("other-namespace", ["metadata", "namespace"])),
    ],
  };
}

const selector: Path = ["spec", "selector"];

/** The mode on a port of the workload: its own, else the workload's. Port 0 is any that nothing names. */
export function modeOfPort({ mode, ports }: PeerModes, port: number): Mode {
  return ports.get(port) ?? mode;
}

/** Whether it is about some workloads of its namespace, not all. */
export function hasSelector({ spec }: PeerAuthentication): boolean {
  return Object.keys(spec.selector?.matchLabels ?? {}).length > 0;
}

function isWide(policy: PeerAuthentication): boolean {
  return !hasSelector(policy);
}

function isSelected({ spec }: PeerAuthentication, { labels }: Proxy): boolean {
  return selects(spec.selector?.matchLabels ?? {}, labels);
}

function portModes(policy: PeerAuthentication | undefined, mode: Mode): ReadonlyMap<number, Mode> {
  const ports = Object.entries(policy?.spec.portLevelMtls ?? {});
  return new Map(ports.map(([port, mtls]) => [Number(port), resolved(mtls, mode)]));
}

function resolved(mtls: PeerAuthentication["spec"]["mtls"], above: Mode): Mode {
  const mode = mtls?.mode ?? "UNSET";
  return mode === "UNSET" ? above : mode;
}

function outranked({ key }: PeerAuthentication): Note {
  return {
    kind: "policy-outranked",
    because: "older-peer-authentication",
    at: { resource: key, path: ["spec"] },
    effect: "none",
  };
}

function uselessPorts({ key, spec }: PeerAuthentication): readonly Note[] {
  if (Object.keys(spec.portLevelMtls ?? {}).length === 0) return [];
  const at = { resource: key, path: ["spec", "portLevelMtls"] };
  return [{ kind: "condition-dropped", because: "ports-without-selector", at, effect: "none" }];
}

function unbound(because: NoteCode, path: Path): (policy: PeerAuthentication) => Note {
  return ({ key }) => ({
    kind: "policy-not-bound",
    because,
    at: { resource: key, path },
    effect: "none",
  });
}
