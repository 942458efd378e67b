import type { Header } from "@meshproof/engine";
import type {
  KubernetesObject,
  Rules,
  ScenarioConnection,
  ScenarioHttp,
  Versions,
} from "../vector.ts";

/** One scenario of the journey oracle: a small cluster, requests, and what really happened to them on their way. */
export interface JourneyVector {
  readonly versions?: Versions;
  readonly scenario: {
    readonly id: string;
    readonly mesh: Readonly<Record<string, unknown>>;
    readonly features?: Readonly<Record<string, string>>;
    readonly objects: readonly KubernetesObject[];
    readonly requests: readonly JourneyRequest[];
    readonly dns?: Readonly<Record<string, string>>;
  };
  readonly results?: readonly {
    readonly id: string;
    readonly branches: readonly JourneyBranch[];
  }[];
  readonly rejected?: unknown;
  readonly crashed?: unknown;
  readonly error?: string;
}

/** `client`: the pod that sends; absent: somebody outside. `proxy`: the first proxy that takes it, if one does. */
export interface JourneyRequest {
  readonly id: string;
  readonly connection: ScenarioConnection & {
    readonly client?: string;
    readonly proxy?: string;
    readonly certificate?: { readonly untrusted?: boolean };
  };
  readonly http?: ScenarioHttp;
}

/** One way that a random choice may lead. */
export interface JourneyBranch {
  readonly choice?: string; // "90 outbound|80||shop.s.svc.cluster.local"
  readonly hops?: readonly JourneyHop[];
  readonly application?: readonly Arrival[];
  readonly mirrored?: readonly Arrival[];
  readonly outcome: {
    readonly kind: string;
    readonly status?: number;
    readonly body?: string;
    readonly headers?: readonly Header[];
  };
  readonly decidedBy: string;
}

export interface Arrival {
  readonly pod: string;
  readonly protocol: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly Header[];
}

export interface JourneyHop {
  readonly hop: string;
  readonly side: "outbound" | "gateway" | "inbound";
  readonly protocol: "http" | "tcp";
  readonly at?: string;
  readonly chain?: string;
  readonly sourceIp?: string;
  readonly remoteIp?: string;
  readonly tls?: boolean;
  readonly sni?: string;
  readonly identity?: string;
  readonly view?: {
    readonly method?: string;
    readonly path?: string;
    readonly host?: string;
    readonly headers: readonly Header[];
  };
  readonly route?: {
    readonly virtualHost?: string;
    readonly index?: number;
    readonly name?: string;
    readonly rule?: string;
    readonly weights?: readonly string[];
  };
  readonly cluster?: string;
  readonly endpoint?: string;
  readonly transport?: string;
  readonly handshake?: string;
  readonly serverIdentity?: string;
  readonly status?: number;
  readonly details?: string;
  readonly flags?: string;
  readonly failure?: string;
  readonly attempts?: number;
  readonly mirror?: boolean;
  readonly rules?: Rules;
  readonly verdict: string;
}
