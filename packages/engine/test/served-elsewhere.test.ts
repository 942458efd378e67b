import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";

const gateway = (address: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, addresses: [${address}], listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
`;
const pods = `apiVersion: v1
kind: Service
metadata: { name: ingress, namespace: net }
spec: { selector: { app: ingress }, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: ingress-1, namespace: net, labels: { app: ingress }, annotations: { inject.istio.io/templates: gateway } }
spec: { containers: [{ name: istio-proxy, args: [proxy, router] }] }
`;

interface Asked {
  readonly decision: string;
  readonly why: string;
  readonly proxy: string | undefined;
}

function asked(text: string, to: string, complete = false): Asked {
  const { mesh } = loadMesh({ files: [{ path: "g.yaml", text }], istio: "1.31" });
  const known = complete ? { ...mesh, inventory: { ...mesh.inventory, complete } } : mesh;
  const request = { from: "external/203.0.113.9", to, http: "GET /" };
  const { decision, branches } = evaluate(known, request);
  const hop = branches[0]?.hops[0];
  return { decision, why: hop?.outcome.details ?? "", proxy: hop?.proxy };
}

const named = "{ type: Hostname, value: ingress.net.svc.cluster.local }";

test("a Gateway that a Service serves is asked at the pods of that Service, and says so", () => {
  for (const complete of [false, true]) {
    const { decision, why } = asked(gateway(named) + pods, "gateway/shop/edge:80", complete);
    expect(decision).toBe("undetermined");
    expect(why).toBe(
      "istiod deploys nothing for Gateway `shop/edge`, its addresses say who serves it (ingress.net.svc.cluster.local): ask at `gateway/net/ingress-1`",
    );
  }
  const there = asked(gateway(named) + pods, "gateway/net/ingress-1:80");
  expect(there.why).not.toContain("istiod deploys nothing");
  expect(there.proxy).toBe("net/ingress-1");
});

test("where its pods were not loaded, they are wanted", () => {
  const { why } = asked(gateway(named), "gateway/shop/edge:80");
  expect(why).toContain("load that Service and its pods");
});

test("one that istiod deploys is asked itself", () => {
  const own = asked(gateway("") + pods, "gateway/shop/edge:80");
  expect(own.why).not.toContain("istiod deploys nothing");
});
