import {
  decider,
  type EvaluateOptions,
  type Fact,
  type Finding,
  type LoadOptions,
  loadMesh,
  type Mesh,
} from "@meshproof/engine";
import { later } from "./later.ts";
import type { Setting } from "./logged.ts";
import { type Replayer, replayer } from "./replayer.ts";

/** Everything that a thread needs: plain data, each thread loads the mesh itself. */
export interface ReplayJob {
  readonly load: LoadOptions;
  readonly candidate?: LoadOptions; // its policies take the place of those of `load`
  readonly options: EvaluateOptions;
  readonly to?: string;
  readonly calibrate: boolean;
}

/** What stands ready to take lines, with what is wrong about its meshes. */
export interface Ready {
  readonly replayer: Replayer;
  readonly findings: readonly Finding[];
  readonly assumptions: readonly Fact[];
}

/** Loads the meshes of a job. */
export function prepare({ load, candidate, options, to, calibrate }: ReplayJob): Ready {
  const current = loadMesh(load);
  const other = candidate && loadMesh({ ...candidate, allowEmpty: true });
  const setting: Setting = {
    ...(to === undefined ? {} : { to }),
    workloadAt: addresses(current.mesh),
  };
  const now = decider(current.mesh, options);
  const mesh = other && withPolicies(current.mesh, other.mesh);
  const then = mesh && decider(mesh, options);
  const deciders = { current: now, ...(then ? { candidate: then } : {}) };
  const wait = {
    current: later(current.mesh, options, now),
    ...(mesh && then ? { candidate: later(mesh, options, then) } : {}),
  };
  return {
    replayer: replayer(deciders, setting, calibrate, wait),
    findings: [...current.findings, ...(other?.findings ?? [])],
    assumptions: [...current.assumptions, ...(other?.assumptions ?? [])],
  };
}

/** A mesh under other policies: the inventory stays, and what else came along with the policies joins it. */
function withPolicies(current: Mesh, other: Mesh): Mesh {
  const { authorizationPolicies, requestAuthentications, peerAuthentications, locate } = other;
  return {
    ...current,
    ...{ authorizationPolicies, requestAuthentications, peerAuthentications },
    locate: (place) => locate(place) ?? current.locate(place),
  };
}

/** Which workload of the inventory has an address. */
function addresses({ inventory }: Mesh): Setting["workloadAt"] {
  const known = new Map<string, string>();
  for (const { key, addresses: own } of inventory.workloads)
    for (const address of own)
      known.set(address, `${words[key.kind] ?? "workload"}/${key.namespace}/${key.name}`);
  return (address) => known.get(address);
}

const words: Readonly<Record<string, string>> = {
  Deployment: "deploy",
  StatefulSet: "sts",
  DaemonSet: "ds",
  Job: "job",
  Pod: "pod",
};
