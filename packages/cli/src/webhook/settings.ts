import type { World } from "../world-flags.ts";
import type { Entry } from "./log.ts";
import type { Fallback } from "./reply.ts";

/** What the thread that judges needs to know. Plain data: it crosses over to it. */
export interface JudgeSettings {
  readonly mesh: MeshSource;
  readonly world: World;
  readonly guardsFile?: string;
  readonly suites: readonly string[];
  readonly settle: number; // all times in milliseconds
}

/** Where the state of the mesh comes from. */
export type MeshSource =
  | { readonly kind: "none" } // only guards that need none
  | { readonly kind: "files"; readonly patterns: readonly string[] }
  | {
      readonly kind: "cluster";
      readonly kubeconfig?: string; // absent: that of the pod, else the one kubectl would take
      readonly rootNamespace: string;
      readonly configMap: string;
      readonly stale: number; // so long without a word, what is known counts no more
    };

/** What the server needs to know. */
export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  readonly cert: string;
  readonly key: string;
  readonly clientCa?: string;
  readonly reload: number;
  readonly timeout: number; // for one review, where the API server does not say less
  readonly onTimeout: Fallback;
  readonly onFault: Fallback;
  readonly mostReviews: number; // at once
  readonly mostWaiting: number;
  readonly mostBytes: number; // of one body
  readonly drain: number;
  readonly logFrom: Entry["level"];
}
