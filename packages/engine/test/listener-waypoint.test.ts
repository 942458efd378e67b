import { describe, expect, test } from "vitest";
import { isLayered, waypointListeners } from "../src/istiod/listener/waypoint.ts";
import type { Inventory, Other, Service, Workload } from "../src/model/kubernetes.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { TargetRef } from "../src/model/policy.ts";
import type { FilterChain, Proxy, ServerTls } from "../src/model/program.ts";
import { ap, meshOf, ra, type World } from "./istiod-world.ts";

const proxy: Proxy = {
  kind: "waypoint",
  namespace: "foo",
  name: "waypoint-1",
  labels: { "gateway.networking.k8s.io/gateway-name": "waypoint" },
  serviceAccount: "waypoint",
  addresses: ["10.9.9.11"],
  ports: [],
};
const tls: ServerTls = {
  clientCertificate: "required",
  authority: "mesh",
  trustDomains: ["cluster.local"],
};
const use = { "istio.io/use-waypoint": "waypoint" };
const bare = { annotations: {}, labels: {} };

function gateway(labels: Readonly<Record<string, string>>): Other {
  return {
    ...bare,
    key: { kind: "Gateway", namespace: "foo", name: "waypoint" },
    apiVersion: "gateway.networking.k8s.io/v1",
    labels,
    body: {},
  };
}

function service(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): Service {
  return {
    ...bare,
    key: { kind: "Service", namespace, name },
    labels,
    clusterIps: ["10.96.0.9"],
    ports: [
      { port: 80, name: "http", targetPort: 8080, transport: "TCP" },
      { port: 9000, name: "tcp", targetPort: 9000, transport: "TCP" },
      { port: 9090, name: "odd", targetPort: 9090, transport: "TCP" },
      { port: 53, name: "dns", targetPort: 53, transport: "UDP" },
    ],
  };
}

const pod: Workload = {
  ...bare,
  key: { kind: "Pod", namespace: "foo", name: "reviews-1" },
  labels: use,
  serviceAccount: "reviews",
  addresses: ["10.9.9.9"],
  ports: [],
};

const all = { "istio.io/waypoint-for": "all" };

function meshWith(inventory: Partial<Inventory>, world: World = {}): Mesh {
  const mesh = meshOf(world);
  const nothing = { namespaces: [], workloads: [], services: [], others: [gateway(all)] };
  return { ...mesh, inventory: { ...nothing, ...inventory, complete: true } };
}

function chainsOf(mesh: Mesh): readonly FilterChain[] {
  return waypointListeners({ mesh, proxy, tls }).listeners[1]?.chains ?? [];
}

/** A chain as "name address ...". */
function text({ name, match }: FilterChain): string {
  return [name, ...(match.addresses ?? [])].join(" ");
}

const direct = ["direct-tcp", "direct-http"];

test("each port of a Service has the chains of its protocol, and pods have both for any port", () => {
  const mesh = meshWith({ services: [service("foo", "reviews", use)], workloads: [pod] });
  const host = "reviews.foo.svc.cluster.local";
  expect(chainsOf(mesh).map(text)).toEqual([
    `inbound-vip|80|http|${host} 10.96.0.9`,
    `inbound-vip|9000|tcp|${host} 10.96.0.9`,
    `inbound-vip|9090|tcp|${host} 10.96.0.9`,
    `inbound-vip|9090|http|${host} 10.96.0.9`,
    "direct-tcp 10.9.9.9",
    "direct-http 10.9.9.9",
  ]);
});

test("a host of a ServiceEntry is served like a Service", () => {
  const entry: Other = {
    ...bare,
    key: { kind: "ServiceEntry", namespace: "foo", name: "api" },
    apiVersion: "networking.istio.io/v1",
    labels: use,
    body: {
      spec: {
        hosts: ["api.example.com"],
        addresses: ["240.0.0.1"],
        ports: [{ number: 443, protocol: "TLS" }, { number: 80, protocol: "HTTP" }, { number: 81 }],
      },
    },
  };
  const names = chainsOf(meshWith({ others: [gateway(all), entry] })).map(text);
  expect(names).toEqual([
    "inbound-vip|443|tcp|api.example.com 240.0.0.1",
    "inbound-vip|80|http|api.example.com 240.0.0.1",
    "inbound-vip|81|tcp|api.example.com 240.0.0.1",
    "inbound-vip|81|http|api.example.com 240.0.0.1",
    ...direct,
  ]);
});

describe("a policy", () => {
  const group = "gateway.networking.k8s.io";
  const reviews: TargetRef = { kind: "Service", name: "reviews" };
  const inventory = { services: [service("foo", "reviews", use)], workloads: [pod] };

  function boundChains(id: string, spec: object): readonly string[] {
    const mesh = meshWith(inventory, {
      policies: [ap(id, { action: "DENY", rules: [{}], ...spec })],
    });
    const bound = chainsOf(mesh).filter(({ filters }) => filters.length > 0);
    return [...new Set(bound.map(({ match }) => match.service ?? ""))];
  }

  test.each<[string, string, object, readonly string[]]>([
    [
      "for the Service counts at the Service only",
      "foo/p",
      { targetRefs: [reviews] },
      ["reviews.foo.svc.cluster.local"],
    ],
    [
      "for another Service counts nowhere",
      "foo/p",
      { targetRefs: [{ ...reviews, name: "other" }] },
      [],
    ],
    ["for the Service from elsewhere counts nowhere", "bar/p", { targetRefs: [reviews] }, []],
    [
      "for the Gateway counts everywhere",
      "foo/p",
      { targetRefs: [{ group, kind: "Gateway", name: "waypoint" }] },
      ["reviews.foo.svc.cluster.local", ""],
    ],
    [
      "for the class counts everywhere",
      "istio-system/p",
      { targetRefs: [{ group, kind: "GatewayClass", name: "istio-waypoint" }] },
      ["reviews.foo.svc.cluster.local", ""],
    ],
    ["without a target counts nowhere", "foo/p", {}, []],
  ])("%s", (_, id, spec, services) => {
    expect(boundChains(id, spec)).toEqual(services);
  });

  test("that is no policy of pods says for which chains", () => {
    const policies = [
      ap("foo/p", { rules: [{}], targetRefs: [reviews] }),
      ap("foo/q", { rules: [{}] }),
    ];
    const { notes } = waypointListeners({ mesh: meshWith(inventory, { policies }), proxy, tls });
    expect(notes.map(({ because, chains }) => [because, chains])).toEqual([
      ["waypoint-without-target", undefined],
      ["other-target", direct],
    ]);
  });

  test("that Envoy does not take keeps all chains from being served, but not the tunnel", () => {
    const jwtRules = [{ issuer: "a", jwks: '{"keys":[]}' }];
    const policies = [ra("foo/r", { jwtRules, targetRefs: [reviews] })];
    const { listeners } = waypointListeners({
      mesh: meshWith(inventory, { policies }),
      proxy,
      tls,
    });
    expect(listeners.map(({ refused }) => refused?.effect)).toEqual([undefined, "update-refused"]);
  });
});

test("layered policies are only known by their feature", () => {
  expect(isLayered(meshOf())).toBe(false);
  const features = { ENABLE_LAYERED_WAYPOINT_AUTHORIZATION_POLICIES: "true" };
  expect(isLayered(meshOf({ features }))).toBe(true);
});
