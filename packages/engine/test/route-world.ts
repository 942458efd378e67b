import { serveEnvoy } from "../src/envoy/serve.ts";
import { sidecarHttpSettings } from "../src/istiod/listener/http-settings.ts";
import { type OutboundListener, outboundRoutes } from "../src/istiod/route/outbound.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Proxy, VirtualHost } from "../src/model/program.ts";
import type { HttpRequest } from "../src/model/request.ts";
import type { RouteDestination } from "../src/model/route.ts";
import type { Hop } from "../src/model/verdict.ts";

/** Services `shop` and `other` in namespace `s`, `db` with TCP and TLS, and one that is headless. */
const services = `
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: s}
spec: {clusterIP: 10.1.0.1, selector: {app: shop}, ports: [{name: http, port: 80}, {name: http-alt, port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: other, namespace: s}
spec: {clusterIP: 10.1.0.2, selector: {app: other}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: sniffed, namespace: s}
spec: {clusterIP: 10.1.0.3, selector: {app: sniffed}, ports: [{name: web, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: s}
spec: {clusterIP: 10.1.0.4, selector: {app: db}, ports: [{name: tcp, port: 5432}, {name: tls, port: 443}]}
---
apiVersion: v1
kind: Service
metadata: {name: pods, namespace: s}
spec: {clusterIP: None, selector: {app: pods}, ports: [{name: http, port: 80}]}
`;

/** A mesh of these Services, what a test adds, and nothing else. */
export function routeMesh(
  more: string,
  meshConfig: Readonly<Record<string, unknown>> = {},
  options: {
    readonly istio?: string;
    readonly features?: Readonly<Record<string, string>>;
  } = {},
): Mesh {
  const { mesh } = loadMesh({
    files: [{ path: "mesh.yaml", text: `${services}---\n${more}` }],
    istio: "1.31",
    admission: "bypass",
    meshConfig,
    allowEmpty: true,
    ...options,
  });
  return { ...mesh, inventory: { ...mesh.inventory, complete: true } };
}

/** The client of the tests: in namespace `c`, of team `a`. */
export const client: Proxy = {
  kind: "sidecar",
  namespace: "c",
  name: "client",
  labels: { app: "client", team: "a" },
  serviceAccount: "client",
  addresses: ["10.2.0.1"],
  ports: [],
};

/** A request that goes through a proxy with these routes. */
export function through(
  routes: readonly VirtualHost[],
  request: Partial<HttpRequest>,
  { mesh, proxy = client }: { readonly mesh: Mesh; readonly proxy?: Proxy },
): Hop {
  const http = { ...sidecarHttpSettings(mesh, proxy), clientCertHeader: "sanitize" } as const;
  const chain = { name: "", match: {}, kind: "http", http, filters: [], routes } as const;
  const program = { proxy, notes: [], listeners: [{ name: "", chains: [chain] }] };
  const connection = {
    transport: "plaintext",
    sourceIp: "10.2.0.1",
    destinationIp: "10.1.0.1",
    destinationPort: 80,
  } as const;
  const whole = { version: "1.1", method: "GET", target: "/", headers: [], ...request } as const;
  return serveEnvoy(program, connection, whole, {
    now: 0,
    ask: ({ id }) => {
      throw new TypeError(`asked: ${id}`);
    },
  });
}

/** A request of the client, on its way out. */
export function outward(
  mesh: Mesh,
  request: Partial<HttpRequest>,
  listener: OutboundListener = { port: 80 },
  proxy: Proxy = client,
): Hop {
  return through(outboundRoutes(mesh, proxy, listener), request, { mesh, proxy });
}

/** Where a request goes, as "shop.s.svc.cluster.local:80[0] default -> shop.s:80"; or what answers it. */
export function wayText({ outcome, onward }: Hop): string {
  if (outcome.kind !== "forwarded") return `${outcome.status}`;
  const { virtualHost, index, name = "-", ways = [] } = onward ?? {};
  return `${virtualHost}[${index}] ${name} -> ${waysText(ways)}`;
}

export function waysText(ways: readonly RouteDestination[]): string {
  if (ways.length === 0) return "nowhere";
  const isOne = ways.length === 1;
  return ways.map((way) => `${isOne ? "" : `${way.weight} `}${clusterText(way)}`).join(", ");
}

function clusterText({ host, port, subset }: RouteDestination): string {
  const name = host.replace(/\.svc\.cluster\.local$/, "");
  return `${name}${port === undefined ? "" : `:${port}`}${subset === undefined ? "" : `/${subset}`}`;
}

/** What arrives at the first destination, as "GET /path of host {x-a: b}": only headers that start with `x-` and are not of every request. */
export function arrivalText({ outcome, onward }: Hop): string {
  const request = onward?.ways[0]?.request;
  if (request === undefined) return `${outcome.status}`;
  const usual = new Set(["x-forwarded-proto", "x-envoy-attempt-count", "x-request-id"]);
  const headers = request.headers
    .filter(([name]) => name.startsWith("x-") && !usual.has(name))
    .filter(([name]) => name !== "x-envoy-decorator-operation")
    .map(([name, value]) => `${name}: ${value}`);
  const said = headers.length === 0 ? "" : ` {${headers.join(", ")}}`;
  return `${request.target} of ${request.host}${said}`;
}

/** A VirtualService for the mesh, its spec in flow style. */
export function virtualService(name: string, spec: string, metadata = ""): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: s${metadata}}
spec: ${spec}
`;
}

/** A route of the Gateway API. */
export function apiRoute(kind: string, spec: string, namespace = "s", name = "r"): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
---
`;
}

export const parent: string = '{group: "", kind: Service, name: shop, namespace: s}';
