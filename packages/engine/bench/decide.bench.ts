import { bench, describe } from "vitest";
import { attributeReader, type Sight } from "../src/envoy/attributes.ts";
import { decide } from "../src/envoy/rbac.ts";
import { serveEnvoy } from "../src/envoy/serve.ts";
import { programFor } from "../src/istiod/program.ts";
import type { Facts } from "../src/model/fact.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { AuthorizationPolicy } from "../src/model/policy.ts";
import type { Program, Proxy, RbacFilter } from "../src/model/program.ts";
import type { Connection, HttpRequest } from "../src/model/request.ts";
import { handMesh } from "../test/mesh.ts";

const services = 50;
const perService = 20; // policies, of three rules each

/** Policies as teams write them: some callers, some methods, some paths; every fourth denies. */
function policy(service: number, index: number): AuthorizationPolicy {
  const rule = (part: number): NonNullable<AuthorizationPolicy["spec"]["rules"]>[number] => ({
    from: [
      {
        source: {
          principals: [`cluster.local/ns/team-${(service + part) % 40}/sa/client-${index}`],
          ...(part === 2 ? { notNamespaces: ["sandbox"] } : {}),
        },
      },
    ],
    to: [
      {
        operation: {
          methods: ["GET", "POST"],
          paths: [`/api/v${part}/items-${index}/*`, `/health-${index}`],
        },
      },
    ],
  });
  return {
    key: { kind: "AuthorizationPolicy", namespace: "shop", name: `p-${service}-${index}` },
    labels: {},
    annotations: {},
    spec: {
      selector: { matchLabels: { app: `service-${service}` } },
      action: index % 4 === 0 ? "DENY" : "ALLOW",
      rules: [rule(0), rule(1), rule(2)],
    },
  };
}

const mesh: Mesh = handMesh({
  authorizationPolicies: Array.from({ length: services * perService }, (_, at) =>
    policy(at % services, Math.floor(at / services)),
  ),
});

function proxy(service: number): Proxy {
  return {
    kind: "sidecar",
    namespace: "shop",
    name: `service-${service}`,
    labels: { app: `service-${service}` },
    serviceAccount: `service-${service}`,
    addresses: ["10.9.9.9"],
    ports: [{ port: 8080, protocol: "http" }],
  };
}

const programs: readonly Program[] = Array.from({ length: services }, (_, at) =>
  programFor(mesh, proxy(at)),
);
const facts: Facts = { now: 0, ask: ({ candidates }) => candidates[0] ?? "" };

interface Case {
  readonly program: Program;
  readonly connection: Connection;
  readonly http: HttpRequest;
}

/** Requests over all services: a third meets a rule, the others just miss. */
const cases: readonly Case[] = Array.from({ length: 256 }, (_, at) => {
  const service = (at * 7) % services;
  const index = at % perService;
  const identity = `spiffe://cluster.local/ns/team-${(service + (at % 3)) % 40}/sa/client-${index}`;
  return {
    program: programs[service] ?? { proxy: proxy(service), listeners: [], notes: [] },
    connection: {
      transport: "mtls",
      sourceIp: "10.1.2.3",
      destinationIp: "10.9.9.9",
      destinationPort: 8080,
      alpn: ["istio-http/1.1", "istio", "http/1.1"],
      certificate: { uris: [identity] },
    },
    http: {
      version: "1.1",
      method: "GET",
      target: `/api/v${at % 2}/items-${index}/${at}`,
      host: "shop.example.com",
      headers: [
        ["user-agent", "curl/8.5"],
        ["accept", "*/*"],
      ],
    },
  };
});

let turn = 0;
function next(): Case {
  turn = (turn + 1) % cases.length;
  const [first] = cases;
  const found = cases[turn] ?? first;
  if (!found) throw new TypeError("no cases");
  return found;
}

describe("a mesh of 1,000 policies, programs built", () => {
  bench("serve one request at one sidecar", () => {
    const { program, connection, http } = next();
    serveEnvoy(program, connection, http, facts);
  });

  bench("the same with a trace", () => {
    const { program, connection, http } = next();
    serveEnvoy(program, connection, http, facts, { trace: true });
  });
});

/** All the policies on one workload: 3,000 rules in one filter. */
const crowded = programFor(
  handMesh({
    authorizationPolicies: mesh.authorizationPolicies.map((one) => ({
      ...one,
      spec: { ...one.spec, selector: {}, action: "ALLOW" as const },
    })),
  }),
  proxy(0),
);
const filters = (crowded.listeners[0]?.chains ?? [])
  .filter(({ kind }) => kind === "http")
  .flatMap((chain) => chain.filters)
  .filter((filter): filter is RbacFilter => filter.kind === "rbac");

function sight({ connection, http }: Case): Sight {
  return {
    identities: () => connection.certificate?.uris ?? [],
    sourceIp: () => ["10.1.2.3"],
    remoteIp: () => ["10.1.2.3"],
    destinationIp: () => ["10.9.9.9"],
    destinationPort: () => 8080,
    sni: "",
    http: {
      request: {
        version: "1.1",
        method: "GET",
        path: http.target ?? "/",
        authority: "a",
        scheme: "https",
        headers: [],
      },
      headerLines: "each",
      unknown: {},
    },
  };
}

describe("1,000 policies on one workload", () => {
  bench("decide one filter of 3,000 rules", () => {
    const [filter] = filters;
    if (filter) decide(filter, attributeReader(sight(next()), filter.peer));
  });
});
