import type { AccessRequest } from "../../src/model/access-request.ts";
import type { Attachment } from "../../src/model/policy.ts";
import { type handMesh, handNamespace, handObject, handService, handWorkload } from "../mesh.ts";

/** A proxy that decides, in a world that leads to it. */
export interface Point {
  readonly name: string;
  readonly to: AccessRequest["to"];
  readonly sees: readonly string[]; // the parts of a request that it looks at, by name
  readonly paths?: readonly string[]; // patterns of paths that are told apart besides those of the policies
  readonly secure?: "mtls" | "hbone"; // how identities come to it
  readonly dataPlane?: "ambient"; // of callers
  readonly world: Parameters<typeof handMesh>[0];
  readonly attachment?: Attachment; // of all policies
}

const http = ["method", "path", "host", "header", "forwarded", "answer", "signature", "keys"];
const described = {
  namespace: "shop",
  labels: { app: "a" },
  port: 8080,
  protocol: "http",
} as const;

const route = (match: object): object => ({
  match: [match],
  route: [{ destination: { host: "b.out.svc.cluster.local" } }],
});

export const points: readonly Point[] = [
  {
    name: "sidecar",
    to: { ...described, dataPlane: "sidecar" },
    sees: [...http, "address", "caller"],
    secure: "mtls",
    world: {},
  },
  {
    name: "ztunnel",
    to: { ...described, dataPlane: "ambient" },
    sees: ["address", "caller", "method"],
    secure: "hbone",
    world: {},
  },
  {
    name: "gateway",
    to: "gateway/shop/gw:8080",
    sees: [...http, "address"],
    paths: ["/a*", "/"],
    world: {
      namespaces: [handNamespace("shop", {})],
      workloads: [
        handWorkload("Deployment/shop/gw", {
          labels: { app: "a" },
          dataPlane: "gateway",
          addresses: ["10.0.0.99"],
        }),
        handWorkload("Deployment/out/b", { dataPlane: "none", addresses: ["10.0.0.97"] }),
      ],
      services: [handService("out/b", [{ port: 8080, name: "http" }])],
      others: [
        handObject("Gateway/shop/g", {
          selector: { app: "a" },
          servers: [{ port: { number: 8080, name: "http", protocol: "HTTP" }, hosts: ["*"] }],
        }),
        handObject("VirtualService/shop/v", {
          hosts: ["*"],
          gateways: ["g"],
          http: [
            route({ uri: { prefix: "/a" } }),
            route({ uri: { exact: "/" } }),
            route({ method: { exact: "POST" } }),
          ],
        }),
      ],
    },
  },
  {
    name: "waypoint",
    to: "svc/shop/a:80",
    sees: [...http.filter((name) => name !== "host"), "address", "caller"], // Host is taken to be the Service
    dataPlane: "ambient",
    attachment: {
      targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "w" }],
    },
    world: {
      namespaces: [
        handNamespace("shop", {
          "istio.io/dataplane-mode": "ambient",
          "istio.io/use-waypoint": "w",
        }),
      ],
      workloads: [handWorkload("Deployment/shop/a", { addresses: ["10.0.0.98"] })],
      services: [handService("shop/a", [{ name: "http", targetPort: 8080 }])],
      others: [
        {
          ...handObject("Gateway/shop/w", {
            gatewayClassName: "istio-waypoint",
            listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
          }),
          apiVersion: "gateway.networking.k8s.io/v1",
        },
      ],
    },
  },
];
