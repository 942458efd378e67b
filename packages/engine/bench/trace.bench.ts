import { bench, describe } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest, EvaluateOptions } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { handMesh, handPolicy } from "../test/mesh.ts";

/** Forty policies of one workload: 120 rules, of which the last one holds. */
const mesh: Mesh = handMesh({
  authorizationPolicies: Array.from({ length: 40 }, (_, at) =>
    handPolicy(`shop/p${at}`, {
      action: at % 4 === 0 ? "DENY" : "ALLOW",
      rules: [0, 1, 2].map((part) => ({
        from: [{ source: { principals: [`cluster.local/ns/team-${at}/sa/client-${part}`] } }],
        to: [{ operation: { methods: ["GET"], paths: [`/api/v${part}/items-${at}/*`] } }],
      })),
    }),
  ),
});

const request: AccessRequest = {
  from: "spiffe://cluster.local/ns/team-39/sa/client-2",
  to: {
    namespace: "shop",
    labels: { app: "a" },
    port: 8080,
    protocol: "http",
    dataPlane: "sidecar",
  },
  transport: "mtls",
  source: { ip: "10.1.2.3" },
  http: { method: "GET", host: "a.shop", path: "/api/v2/items-39/7", version: "1.1" },
};

function ask(options: EvaluateOptions): () => void {
  return () => {
    evaluate(mesh, request, options);
  };
}

describe("one request to a workload with 120 rules", () => {
  bench("evaluate", ask({}));
  bench("evaluate, with a trace for an explanation", ask({ trace: true }));
});
