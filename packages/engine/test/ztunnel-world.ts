import { tellZtunnel } from "../src/istiod/ztunnel.ts";
import type { Facts, Question } from "../src/model/fact.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { AuthorizationPolicySpec, PeerAuthenticationSpec } from "../src/model/policy.ts";
import type { Proxy } from "../src/model/program.ts";
import type { Connection } from "../src/model/request.ts";
import { serveZtunnel } from "../src/ztunnel/serve.ts";

/** The workload that all of it is about. */
export const orders: Proxy = {
  kind: "ztunnel",
  namespace: "shop",
  name: "orders-1",
  labels: { app: "orders" },
  serviceAccount: "orders",
  addresses: ["10.9.9.9"],
  ports: [],
};

/** A connection without an identity. */
export const plaintext: Connection = {
  transport: "plaintext",
  sourceIp: "10.0.0.5",
  destinationPort: 8080,
};
/** A connection of the Service account `web`. */
export const web = hbone("spiffe://cluster.local/ns/shop/sa/web");

/** A tunnel with a certificate for these URIs. */
export function hbone(...uris: readonly string[]): Connection {
  return { ...plaintext, transport: "hbone", certificate: { uris } };
}

/** A mesh without policies. */
export const empty: Mesh = {
  release: { istio: "1.31.0", envoy: "1.39.3", stated: true },
  features: {},
  config: {},
  configLoaded: true,
  authorizationPolicies: [],
  requestAuthentications: [],
  peerAuthentications: [],
  inventory: { namespaces: [], workloads: [], services: [], others: [] },
  locate: () => undefined,
};

/** A mesh of AuthorizationPolicies `p0`, `p1`, ... in the namespace of the workload. */
export function policies(...specs: readonly AuthorizationPolicySpec[]): Mesh {
  return {
    ...empty,
    authorizationPolicies: specs.map((spec, index) =>
      resource("AuthorizationPolicy", "shop", `p${index}`, spec),
    ),
  };
}

/** A mesh of PeerAuthentications: namespace, name, spec, age. */
export function peers(
  ...all: readonly (readonly [string, string, PeerAuthenticationSpec, number?])[]
): Mesh {
  return {
    ...empty,
    peerAuthentications: all.map(([namespace, name, spec, createdAt]) => ({
      ...resource("PeerAuthentication", namespace, name, spec),
      ...(createdAt === undefined ? {} : { createdAt }),
    })),
  };
}

/** An object as the cluster holds it. */
export function resource<Spec>(kind: string, namespace: string, name: string, spec: Spec) {
  return { key: { kind, namespace, name }, labels: {}, annotations: {}, spec };
}

/** Facts that answer each question with its candidate of that index, and keep the questions. */
export function answering(index: number, asked: Question[] = []): Facts {
  return {
    now: 0,
    ask: (question) => {
      asked.push(question);
      return question.candidates[index] ?? "";
    },
  };
}

/** What the workload's ztunnel does with a connection. */
export function serve(mesh: Mesh, connection: Connection, facts: Facts = answering(0)) {
  return serveZtunnel(tellZtunnel(mesh, orders, []), connection, facts);
}
