import type { ClusterState } from "@meshproof/engine/admission";
import type { Log } from "../log.ts";
import type { Readiness } from "../reviewer.ts";
import type { JudgeSettings } from "../settings.ts";
import { watchCluster } from "./cluster.ts";
import { watchFiles } from "./files.ts";

/** What keeps the state of the mesh true. */
export interface Source {
  readonly readiness: () => Readiness;
  readonly close: () => Promise<void>;
}

export interface SourceWorld {
  readonly state: ClusterState;
  readonly log: Log;
  readonly now: () => number;
}

/** Starts to follow the mesh, wherever it is. */
export function sourceOf(
  mesh: JudgeSettings["mesh"],
  world: JudgeSettings["world"],
  surroundings: SourceWorld,
): Source {
  switch (mesh.kind) {
    case "none":
      return {
        readiness: () => ({ ready: true, why: "ready" }),
        close: () => Promise.resolve(),
      };
    case "files":
      return watchFiles(mesh.patterns, world, surroundings);
    case "cluster":
      return watchCluster(mesh, surroundings);
  }
}
