import type { AccessRequest } from "../../src/model/access-request.ts";
import { type handMesh, handNamespace, handObject, handWorkload } from "../mesh.ts";

/** A proxy that decides, in a world that leads to it. */
export interface Point {
  readonly name: string;
  readonly to: AccessRequest["to"];
  readonly sees: readonly string[]; // the parts of a request that it looks at, by name
  readonly paths?: readonly string[]; // patterns of paths that are told apart besides those of the policies
  readonly secure?: "mtls" | "hbone"; // how identities come to it
  readonly world: Parameters<typeof handMesh>[0];
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
  route: [{ destination: { host: "a.shop.svc.cluster.local" } }],
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
      ],
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
];
