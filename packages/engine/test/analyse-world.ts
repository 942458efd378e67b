import type { Protocol, Requests } from "../src/analyse/api.ts";
import { limitsOf } from "../src/analyse/budget.ts";
import { agreedDomains, toldTo } from "../src/analyse/point-program.ts";
import { madePoint } from "../src/analyse/points.ts";
import { and as both } from "../src/analyse/solve/diagram.ts";
import { diagramOf, encode } from "../src/analyse/solve/encoding.ts";
import { answered, outcomesOf } from "../src/analyse/space/decisions.ts";
import type { Formula } from "../src/analyse/space/formula.ts";
import { requestsFormula } from "../src/analyse/space/requests.ts";
import { settingOf } from "../src/analyse/space/setting.ts";
import { spaceOf } from "../src/analyse/space/space.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type {
  Action,
  JwtRule,
  MutualTlsMode,
  PolicyRule,
  RequestAuthentication,
} from "../src/model/policy.ts";
import type { Program } from "../src/model/program.ts";
import { handMesh, handPeer, handPolicy } from "./mesh.ts";

/** A policy of an example: its action, its rules, and the provider of CUSTOM. */
export interface Stated {
  readonly action: Action;
  readonly rules?: readonly PolicyRule[];
  readonly provider?: string;
}

export interface World {
  readonly mtls?: MutualTlsMode;
  readonly jwtRules?: readonly JwtRule[];
  readonly anyDomain?: true;
  readonly tunnels?: true; // sidecars take HBONE
}

/** A mesh with some policies in namespace prod. */
export function worldOf(policies: readonly Stated[], world: World = {}): Mesh {
  const { mtls, jwtRules, anyDomain, tunnels } = world;
  const authentication: RequestAuthentication = {
    key: { kind: "RequestAuthentication", namespace: "prod", name: "jwt" },
    labels: {},
    annotations: {},
    spec: { jwtRules: jwtRules ?? [] },
  };
  return handMesh({
    features: anyDomain ? { PILOT_SKIP_VALIDATE_TRUST_DOMAIN: "true" } : {},
    config: {
      ...(tunnels ? { defaultConfig: { proxyMetadata: { ISTIO_META_ENABLE_HBONE: "true" } } } : {}),
      extensionProviders: [
        { name: "oauth", envoyExtAuthzHttp: { service: "oauth.prod.svc.cluster.local", port: 80 } },
      ],
    },
    authorizationPolicies: policies.map(({ action, rules, provider }, index) =>
      handPolicy(`prod/${action.toLowerCase()}-${index}`, {
        action,
        ...(rules ? { rules } : {}),
        ...(provider ? { provider: { name: provider } } : {}),
      }),
    ),
    requestAuthentications: jwtRules ? [authentication] : [],
    peerAuthentications: mtls ? [handPeer("prod/default", { mtls: { mode: mtls } })] : [],
  });
}

/** What istiod tells a workload of namespace prod that no file holds. */
export function toldProd(mesh: Mesh, plane: "sidecar" | "ambient" = "sidecar"): Program {
  const [point] = madePoint("prod", {}, plane);
  const program = point && toldTo(mesh, point.proxy);
  if (program === undefined || typeof program === "string") throw new Error(program);
  return program;
}

/** What a program allows, as a formula. */
export function allowedBy(program: Program, protocol: Protocol): Formula {
  const anyDomain = agreedDomains([program]) ? {} : ({ anyDomain: true } as const);
  return answered(outcomesOf(program, { protocol, queries: false, ...anyDomain }), "allowed");
}

/** Requests of the rule grammar as a formula. */
export function requested(mesh: Mesh, requests: Requests, protocol: Protocol): Formula {
  return requestsFormula(requests, { mesh, namespace: "prod", protocol, queries: false });
}

/** Whether two formulas say the same of every request that there can be. */
export function sameRequests(a: Formula, b: Formula, program: Program): boolean {
  const domains = agreedDomains([program]);
  const setting = settingOf({
    queries: false,
    addresses: [],
    calledAt: new Map(),
    doors: [],
    seeds: new Map(),
    limits: limitsOf(),
    ...(domains ? { domains } : {}),
  });
  const encoding = encode(spaceOf([a, b], setting));
  const within = (formula: Formula): number =>
    both(encoding.diagrams, encoding.possible, diagramOf(encoding, formula));
  return within(a) === within(b);
}
