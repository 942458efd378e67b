import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { meshFrom } from "./gateway-world.ts";

/** A ServiceEntry that has every address, beside a Service and its pod that nobody may call. */
const world = (entry: string, pod = "containers: [{ name: app }]"): string => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Pod
metadata: { name: own, namespace: shop, labels: { app: own }, annotations: { ambient.istio.io/redirection: enabled } }
spec: { ${pod} }
status: { podIP: 10.9.0.2 }
---
apiVersion: v1
kind: Service
metadata: { name: own, namespace: shop }
spec: { clusterIP: 10.96.0.9, ports: [{ port: 80, name: http }], selector: { app: own } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: nobody, namespace: shop }
spec: {}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: all, namespace: out, labels: { istio.io/use-waypoint: wp } }
spec: { hosts: [all.example.com], addresses: [0.0.0.0/0], ports: [{ number: 80, name: http, protocol: HTTP }], ${entry} }
`;

const waypoint = `---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: out }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`;

function ask(to: string, text: string): Verdict {
  const options = { dataPlane: "ambient" } as const;
  return evaluate(meshFrom(text), { from: "sa/shop/web", to, http: "GET /" }, options);
}

const through = ({ branches }: Verdict): readonly string[] =>
  branches[0].hops.map(({ proxy }) => proxy);

// As a real ztunnel has it: workloads come before Services, and these before blocks, on whatever port.
test.each(["resolution: NONE", "resolution: STATIC, endpoints: [{ address: 198.51.100.1 }]"])(
  "a block around the address of a Service or a pod takes nothing from them: %s",
  (entry) => {
    for (const text of [
      world(entry).replace("istio.io/use-waypoint: wp", ""),
      world(entry) + waypoint,
    ]) {
      expect(ask("host/10.96.0.9:80", text).decision).toBe("deny");
      expect(ask("host/10.9.0.2:80", text).decision).toBe("deny");
      for (const to of ["host/10.96.0.9:80", "host/10.9.0.2:80", "host/10.9.0.2:9999"])
        expect(through(ask(to, text))).toEqual(["shop/own"]);
      expect(ask("host/10.96.0.9:81", text).decision).not.toBe("allow");
    }
    expect(through(ask("host/8.8.8.8:80", world(entry) + waypoint))[0]).toBe("out/wp");
  },
);

test("the address of a node is in the block, whichever pods have it", () => {
  const text =
    world("resolution: NONE", "hostNetwork: true, containers: [{ name: app }]") + waypoint;
  expect(through(ask("host/10.9.0.2:80", text))[0]).toBe("out/wp");
});
