import { whyUnread } from "../kubernetes/discovery.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Note, NoteCode } from "../model/note.ts";
import type { MutualTlsMode, PeerAuthentication } from "../model/policy.ts";
import type { Proxy } from "../model/program.ts";
import { rootNamespace } from "./attach-rules.ts";
import { hasSelector } from "./peer-authentication.ts";
import { selects } from "./ztunnel-attachment.ts";

/** The PeerAuthentication that counts on each level. The converter has its own idea of the two parents (an:PA-70). */
export interface PeerLevels {
  readonly mesh?: PeerAuthentication;
  readonly namespace?: PeerAuthentication;
  readonly workload?: PeerAuthentication;
  readonly convertedMesh?: PeerAuthentication;
  readonly convertedNamespace?: PeerAuthentication;
}

/** One way istiod may choose, and how it differs from the others: "" when there is only one. */
export interface PeerPick {
  readonly pick: string;
  readonly levels: PeerLevels;
}

type Level = keyof PeerLevels;
type Candidates = Readonly<Record<Level, readonly PeerAuthentication[]>>;

/**
 * Every choice istiod may make for a workload: of several PeerAuthentications of one level the oldest counts, and which of
 * equally old ones does is chance (an:PA-66). `istio:pilot/pkg/serviceregistry/ambient/workloads.go#fetchPeerAuthentications`
 */
export function peerPicks(mesh: Mesh, workload: Proxy): readonly PeerPick[] {
  const candidates = candidatesOf(mesh, workload);
  let picks: readonly PeerPick[] = [{ pick: "", levels: {} }];
  for (const level of levelNames)
    picks = picks.flatMap((pick) => extend(pick, level, candidates[level]));
  return picks;
}

const levelNames: readonly Level[] = [
  ...(["mesh", "namespace", "workload", "convertedMesh", "convertedNamespace"] as const),
];

function extend(
  { pick, levels }: PeerPick,
  level: Level,
  candidates: readonly PeerAuthentication[],
): readonly PeerPick[] {
  if (candidates.length === 0) return [{ pick, levels }];
  return candidates.map((candidate) => {
    const name = `${level} ${candidate.key.namespace}/${candidate.key.name}`;
    const longer = pick === "" ? name : `${pick}, ${name}`;
    return {
      pick: candidates.length === 1 ? pick : longer,
      levels: { ...levels, [level]: candidate },
    };
  });
}

function candidatesOf(mesh: Mesh, workload: Proxy): Candidates {
  const root = rootNamespace(mesh);
  const levels: Record<Level, PeerAuthentication[]> = {
    mesh: [],
    namespace: [],
    workload: [],
    convertedMesh: [],
    convertedNamespace: [],
  };
  for (const policy of mesh.peerAuthentications) {
    if (unused(mesh, workload, policy)) continue;
    const inRoot = policy.key.namespace === root;
    if (hasSelector(policy)) levels.workload.push(policy);
    else levels[inRoot ? "mesh" : "namespace"].push(policy);
    if (!policy.spec.selector) levels[inRoot ? "convertedMesh" : "convertedNamespace"].push(policy);
  }
  return {
    mesh: distinct(oldest(levels.mesh)),
    namespace: distinct(oldest(levels.namespace)),
    workload: distinct(oldest(levels.workload)),
    convertedMesh: distinct(oldest(levels.convertedMesh)),
    convertedNamespace: distinct(oldest(levels.convertedNamespace)),
  };
}

/** Why a PeerAuthentication does not count for a workload, whatever its age. */
function unused(mesh: Mesh, workload: Proxy, policy: PeerAuthentication): NoteCode | undefined {
  const { namespace } = policy.key;
  const { selector } = policy.spec;
  const root = rootNamespace(mesh);
  if (namespace !== root && namespace !== workload.namespace) return "other-namespace";
  const unread = whyUnread(mesh, policy);
  if (unread) return unread.because;
  if (!selector) return undefined;
  if (namespace === root && hasSelector(policy)) return "ztunnel-root-selector";
  if (namespace !== workload.namespace) return "ztunnel-root-empty-selector";
  return selects(selector, workload.labels) ? undefined : "ztunnel-selector-mismatch";
}

/** Those that may be the oldest: an age that is not stated may be any. */
function oldest(policies: readonly PeerAuthentication[]): readonly PeerAuthentication[] {
  const first = policies.reduce(
    (age, { createdAt = age }) => Math.min(age, createdAt),
    Number.POSITIVE_INFINITY,
  );
  return policies.filter(({ createdAt }) => createdAt === undefined || createdAt === first);
}

/** Of those that say the same, the first. */
function distinct(policies: readonly PeerAuthentication[]): readonly PeerAuthentication[] {
  const seen = new Map<string, PeerAuthentication>();
  for (const policy of policies) {
    const { mtls, portLevelMtls } = policy.spec;
    const said = JSON.stringify([mtls?.mode ?? "UNSET", hasSelector(policy) ? portLevelMtls : {}]);
    if (!seen.has(said)) seen.set(said, policy);
  }
  return [...seen.values()];
}

/** A note for each PeerAuthentication that does not count for a workload under a choice. */
export function peerNotes(mesh: Mesh, workload: Proxy, levels: PeerLevels): readonly Note[] {
  const counting = new Set([levels.mesh, levels.namespace, levels.workload]);
  return mesh.peerAuthentications.flatMap((policy): readonly Note[] => {
    if (counting.has(policy)) return [];
    const because = unused(mesh, workload, policy);
    const at = {
      resource: policy.key,
      path: because === "other-namespace" ? ["metadata"] : ["spec"],
    };
    if (!because)
      return [
        {
          kind: "policy-outranked",
          because: "ztunnel-older-peer-authentication",
          at,
          effect: "none",
        },
      ];
    const effect = because === "ztunnel-root-empty-selector" ? without[modeOf(policy)] : "none";
    return [{ kind: "policy-not-bound", because, at, effect }];
  });
}

const without: Readonly<Record<MutualTlsMode, Note["effect"]>> = {
  UNSET: "none",
  DISABLE: "narrower",
  PERMISSIVE: "narrower",
  STRICT: "wider",
};

/** The mode of a whole policy; one that is absent is `UNSET`. */
export function modeOf(policy: PeerAuthentication | undefined): MutualTlsMode {
  return policy?.spec.mtls?.mode ?? "UNSET";
}
