import { approach } from "../src/journey/approach.ts";
import type { Approach } from "../src/journey/arrive.ts";
import { replay } from "../src/journey/replay.ts";
import { isRefused, understand } from "../src/journey/request.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Workload } from "../src/model/kubernetes.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { handMesh, handNamespace, handService, handWorkload } from "./mesh.ts";

export type Parts = Parameters<typeof handMesh>[0];

const injected = { "istio-injection": "enabled" };
export const web: Workload = handWorkload("Deployment/c/web");
export const orders: Workload = handWorkload("Deployment/shop/orders");
const to = "svc/shop/orders:80";

/** Orders in `shop` and web in `c`, both with sidecars. */
export function cluster(parts: Parts = {}): Mesh {
  return handMesh({
    namespaces: [handNamespace("shop", injected), handNamespace("c", injected)],
    services: [handService("shop/orders", [{ port: 80, name: "http", targetPort: 8080 }])],
    workloads: [orders, web],
    ...parts,
  });
}

/** Every way a request can come to its workload. */
export function ways(mesh: Mesh, request: Partial<AccessRequest>): readonly Approach[] {
  const understood = understand(mesh, { from: "deploy/c/web", to, http: "GET /", ...request }, {});
  if (isRefused(understood)) throw new TypeError(JSON.stringify(understood));
  const run = replay(
    (inquiry) => approach(mesh, understood, {}, inquiry),
    () => undefined,
    true,
  );
  return run.leaves.map(({ result }) => result);
}

/** The transport of each way, or why there is none. */
export function transports(mesh: Mesh, request: Partial<AccessRequest> = {}): readonly string[] {
  return ways(mesh, request).map((way) => {
    if (way.kind === "nowhere" || way.kind === "nobody") return "not evaluated";
    if (way.kind === "blocked") return "blocked";
    return way.kind === "unenforced" ? `unenforced, ${way.transport}` : way.connection.transport;
  });
}
