import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { evaluate } from "@meshproof/engine";
import { type ClusterState, clusterState } from "@meshproof/engine/admission";
import { expect, test, vi } from "vitest";
import { keptKinds } from "../../engine/src/parse/kinds.ts";
import type { Ask } from "../src/webhook/source/api-server.ts";
import { watchCluster } from "../src/webhook/source/cluster.ts";
import { watchedKinds } from "../src/webhook/source/resources.ts";
import { stops } from "./webhook-world.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What files may hold and a cluster is not asked for: docs/webhook.md says why. */
const notFollowed = [
  ...["WorkloadGroup", "Endpoints", "ReplicaSet", "ReplicationController", "Job"],
];

test("whatever the engine reads of files is followed, but for what says nothing more in a cluster", () => {
  const followed = new Set(
    watchedKinds.map(({ apiVersion, kind }) => {
      const [group, version] = apiVersion.split("/");
      return `${version === undefined ? "" : group}/${kind}`;
    }),
  );
  const missing = keptKinds.filter(([group, kind]) => !followed.has(`${group}/${kind}`));
  expect(missing.map(([, kind]) => kind).toSorted()).toEqual(notFollowed.toSorted());
  expect(followed.size).toBe(watchedKinds.length);
});

function answer(status: number, body?: Fields): IncomingMessage {
  const stream = Object.assign(new PassThrough(), { statusCode: status, complete: true });
  if (body !== undefined) stream.end(`${JSON.stringify(body)}\n`);
  return stream as unknown as IncomingMessage;
}

/** An API server that has some objects, by the path of their kind, and what it will tell who watches that. */
function serverOf(objects: Readonly<Record<string, readonly Fields[]>>): {
  readonly ask: Ask;
  readonly tell: (path: string, event: Fields) => void;
} {
  const watches = new Map<string, PassThrough>();
  const ask: Ask = async (url, signal) => {
    const [path = "", query = ""] = url.split("?");
    const items = objects[path];
    if (items === undefined) return answer(404, {});
    if (!query.includes("watch=true"))
      return answer(200, { metadata: { resourceVersion: "1" }, items });
    const open = answer(200);
    watches.set(path, open as unknown as PassThrough);
    signal.addEventListener("abort", () => open.destroy(new Error("over")));
    return open;
  };
  return {
    ask,
    tell: (path, event) => void watches.get(path)?.write(`${JSON.stringify(event)}\n`),
  };
}

const slices = "/apis/discovery.k8s.io/v1/endpointslices";
const slice = {
  metadata: {
    ...{ namespace: "shop", name: "orders-1" },
    labels: { "kubernetes.io/service-name": "orders" },
  },
  addressType: "IPv4",
  ports: [{ name: "http", port: 9000 }],
  endpoints: [
    { addresses: ["10.0.0.7"], targetRef: { kind: "Pod", namespace: "shop", name: "a" } },
  ],
};
const objects = {
  "/api/v1/namespaces": [{ metadata: { name: "shop", labels: { "istio-injection": "enabled" } } }],
  "/api/v1/services": [
    {
      metadata: { namespace: "shop", name: "orders" },
      spec: { ports: [{ name: "http", port: 80 }] },
    },
  ],
  "/api/v1/pods": [
    {
      metadata: { namespace: "shop", name: "a" },
      spec: { containers: [{ name: "istio-proxy", args: ["proxy", "sidecar"] }] },
      status: { podIP: "10.0.0.7" },
    },
  ],
  "/apis/security.istio.io/v1/authorizationpolicies": [
    {
      metadata: { namespace: "shop", name: "p" },
      spec: { rules: [{ to: [{ operation: { ports: ["9000"], paths: ["/open"] } }] }] },
    },
  ],
  [slices]: [slice],
};

const cluster = {
  kind: "cluster",
  rootNamespace: "istio-system",
  configMap: "istio",
  stale: 30_000,
} as const;

function asked(state: ClusterState, path: string): string {
  const request = {
    from: "none",
    to: "svc/shop/orders:80",
    http: { path },
    transport: "plaintext",
  } as const;
  return evaluate(state.view(0).mesh, request).decision;
}

test("a Service that selects nothing leads where the EndpointSlices of the cluster say, as long as they are there", async () => {
  const state = clusterState({ istio: "1.31" });
  const { ask, tell } = serverOf(objects);
  const world = { state, log: () => undefined, now: () => 0 };
  const source = watchCluster(cluster, world, () => Promise.resolve(ask));
  stops.push(source.close);
  await vi.waitFor(() => expect(source.readiness().ready).toBe(true));
  expect(asked(state, "/open")).toBe("allow");
  expect(asked(state, "/")).toBe("deny");
  tell(slices, { type: "DELETED", object: slice });
  await vi.waitFor(() => expect(asked(state, "/open")).toBe("undetermined"));
});
