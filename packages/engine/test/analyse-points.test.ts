import { describe, expect, test } from "vitest";
import type { MeshDiff, Region } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { meshFrom } from "./gateway-world.ts";

const gateway = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: gw, namespace: istio-system}
spec:
  template:
    metadata:
      labels: {istio: ingressgateway}
      annotations: {inject.istio.io/templates: gateway}
    spec: {serviceAccountName: gw}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 8080, name: http, protocol: HTTP}, hosts: ["*"]}
  - {port: {number: 8443, name: https, protocol: HTTPS}, hosts: [shop.example.com], tls: {mode: SIMPLE, credentialName: c}}
  - {port: {number: 9443, name: mutual, protocol: HTTPS}, hosts: [ops.example.com], tls: {mode: MUTUAL, credentialName: c}}
---
`;

const waypoint = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: shop, labels: {istio.io/waypoint-for: service}}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: waypoint, namespace: shop}
spec:
  template:
    metadata: {labels: {gateway.networking.k8s.io/gateway-name: waypoint, gateway.istio.io/managed: istio.io-mesh-controller}}
    spec: {serviceAccountName: waypoint}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {clusterIP: 10.96.0.9, selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: stock, namespace: shop}
spec: {clusterIP: 10.96.0.10, selector: {app: stock}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
`;

function policy(namespace: string, spec: string): string {
  return `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: ${namespace}}
spec: ${spec}
---`;
}

function regionsOf(diff: MeshDiff, name: string): readonly Region[] {
  const found = diff.diffs.filter(({ points }) => points.some((point) => point.name === name));
  expect(found.flatMap(({ undecided }) => undecided)).toEqual([]);
  return found.flatMap(({ changes }) => changes.flatMap(({ regions }) => regions));
}

const only = (part: string) => ({
  only: ({ name }: { readonly name: string }) => name.includes(part),
});

describe("a gateway", () => {
  const diff = (before: string, after: string): readonly Region[] =>
    regionsOf(
      diffMeshes(meshFrom(gateway + before), meshFrom(gateway + after), only("gw")),
      "deploy/istio-system/gw",
    );

  test("is looked at through each of its servers", () => {
    const found = diff(
      policy("istio-system", "{action: DENY, rules: [{to: [{operation: {paths: [/admin*]}}]}]}"),
      policy("istio-system", "{action: DENY, rules: [{to: [{operation: {paths: [/admin]}}]}]}"),
    );
    expect(found.map(({ text }) => text)).toEqual(["path is /admin* except /admin"]);
  });

  test("knows peers only where it asks for certificates", () => {
    const found = diff(
      policy("istio-system", "{action: DENY, rules: [{}]}"),
      policy("istio-system", '{rules: [{from: [{source: {principals: ["*"]}}]}]}'),
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.witness.request).toMatchObject({ transport: "mtls", sni: "ops.example.com" });
  });

  test("takes the address of its peer for that of the client", () => {
    const same = diff(
      policy("istio-system", "{rules: [{from: [{source: {remoteIpBlocks: [10.0.0.0/8]}}]}]}"),
      policy("istio-system", "{rules: [{from: [{source: {ipBlocks: [10.0.0.0/8]}}]}]}"),
    );
    expect(same).toEqual([]);
  });
});

describe("a waypoint", () => {
  const diff = (before: string, after: string): readonly Region[] =>
    regionsOf(
      diffMeshes(meshFrom(waypoint + before), meshFrom(waypoint + after), only("waypoint")),
      "deploy/shop/waypoint",
    );
  const forOrders =
    "targetRefs: [{kind: Service, group: '', name: orders}], rules: [{to: [{operation: {paths: [/a]}}]}]";

  test("is looked at through each of its Services", () => {
    const found = diff("", policy("shop", `{${forOrders}}`));
    expect(found.map(({ text }) => text)).toEqual([
      "what is called is orders.shop.svc.cluster.local:80 and path is not /a",
    ]);
    expect(found[0]?.witness.request.to).toBe("svc/shop/orders:80");
  });

  test("knows nobody's address", () => {
    const found = diff(
      "",
      policy(
        "shop",
        `{action: DENY, targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: waypoint}], rules: [{from: [{source: {ipBlocks: [0.0.0.0/0]}}]}]}`,
      ),
    );
    expect(found).toEqual([]);
  });
});

const tokens = `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: jwt, namespace: shop}
spec:
  jwtRules:
  - issuer: https://i
    outputClaimToHeaders: [{header: x-role, claim: role}]
---`;

function provesFor(mesh: Mesh, requests: object, expects: "never-allowed" | "always-allowed") {
  const [proof] = prove(
    mesh,
    [
      {
        name: "x",
        target: { namespace: "shop" },
        requests: { protocol: "http", ...requests },
        expect: expects,
      },
    ],
    only("ns/shop"),
  );
  expect(proof?.undecided).toEqual([]);
  return proof;
}

describe("headers that filters write", () => {
  const roleRule = '[{when: [{key: "request.headers[x-role]", values: [admin]}]}]';
  const mesh = meshFrom(tokens + policy("shop", `{rules: ${roleRule}}`));

  const noPreflight = { to: [{ operation: { notMethods: ["OPTIONS"] } }] };

  test("nobody forges what a token's claim is written to, but with a preflight in releases before 1.32", () => {
    const forged = (release: string, requests: object): string | undefined => {
      const [file] = [tokens + policy("shop", `{rules: ${roleRule}}`)];
      const loaded = loadMesh({ files: [{ path: "m.yaml", text: file }], istio: release });
      return provesFor(loaded.mesh, { token: "none", ...requests }, "never-allowed")?.result;
    };
    expect(forged("1.31", noPreflight)).toBe("holds");
    expect(forged("1.31", {})).toBe("violated");
    expect(forged("1.32-dev", {})).toBe("holds");
  });

  test("who has the claim gets through, and it is in the witness", () => {
    const proof = provesFor(mesh, noPreflight, "never-allowed");
    expect(proof?.result).toBe("violated");
    expect(proof?.violations[0]?.regions[0]?.witness.claims).toEqual({
      iss: "https://i",
      role: "admin",
    });
  });

  test("a provider may set the headers that the mesh config lets through, and no other", () => {
    const custom = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: c, namespace: shop}
spec: {action: CUSTOM, provider: {name: oauth}, rules: [{}]}
---`;
    const withProvider = (headers: string): Mesh => {
      const config = `{extensionProviders: [{name: oauth, envoyExtAuthzHttp: {service: o.o.svc.cluster.local, port: 80, headersToUpstreamOnAllow: [${headers}]}}]}`;
      return meshFrom(
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: '${config}'}\n---${custom}${policy("shop", `{rules: ${roleRule}}`)}`,
      );
    };
    const without = { when: [{ key: "request.headers[x-role]", notValues: ["*"] }] };
    const found = provesFor(withProvider("x-role"), without, "never-allowed");
    expect(found?.violations[0]?.regions[0]?.witness.request.providers).toEqual({
      oauth: { allow: { set: { "x-role": "admin" } } },
    });
    expect(provesFor(withProvider("x-user"), without, "never-allowed")?.result).toBe("holds");
  });
});

describe("headers that proxies change", () => {
  test.each([
    ["one that is taken away never matches", "x-envoy-max-retries", "holds"],
    ["one that is always there never lacks", "x-request-id", "holds"],
  ] as const)("%s", (_, header, result) => {
    const condition = header === "x-request-id" ? `notValues: ["*"]` : `values: ["*"]`;
    const mesh = meshFrom(
      policy("shop", `{rules: [{when: [{key: "request.headers[${header}]", ${condition}}]}]}`),
    );
    expect(provesFor(mesh, {}, "never-allowed")?.result).toBe(result);
  });

  test("the address of the client is what x-forwarded-for says at a sidecar", () => {
    const mesh = meshFrom(
      policy(
        "shop",
        "{rules: [{from: [{source: {remoteIpBlocks: [10.9.0.0/16], notIpBlocks: [10.0.0.0/8]}}]}]}",
      ),
    );
    const proof = provesFor(mesh, {}, "never-allowed");
    expect(proof?.violations[0]?.regions[0]?.witness.request.http).toMatchObject({
      headers: { "x-forwarded-for": ["10.9.0.1"] },
    });
  });

  test("the path with its query, the host and the method have other names", () => {
    const mesh = meshFrom(
      policy(
        "shop",
        '{rules: [{to: [{operation: {paths: [/a]}}], when: [{key: "request.headers[:path]", notValues: [/a]}, {key: "request.headers[:method]", values: [GET]}]}]}',
      ),
    );
    const query = {
      when: [{ key: "request.headers[:path]", values: ["/a?*"] }],
      to: [{ operation: { methods: ["GET"] } }],
    };
    expect(provesFor(mesh, query, "always-allowed")?.result).toBe("holds");
    expect(provesFor(mesh, { not: query }, "never-allowed")?.result).toBe("holds");
  });
});

describe("two releases", () => {
  test("differ where one took a name for a regular expression", () => {
    const text = policy("shop", "{rules: [{from: [{source: {serviceAccounts: [shop/web.v1]}}]}]}");
    const diff = diffMeshes(
      meshFrom(text, { istio: "1.29.1" }),
      meshFrom(text, { istio: "1.29.2" }),
      only("ns/shop"),
    );
    const [region] = regionsOf(diff, "ns/shop");
    expect(diff.result).toBe("narrower");
    expect(region?.witness.request.from).toMatch(/\/sa\/web[^.]v1$/);
  });

  test("are the same where the difference cannot be seen", () => {
    const text = policy(
      "shop",
      "{rules: [{from: [{source: {namespaces: [web], serviceAccounts: []}}]}]}",
    );
    const [old, young] = ["1.29.2", "1.30.0"].map((istio) => meshFrom(text, { istio }));
    if (old && young) expect(diffMeshes(old, young, only("ns/shop")).result).toBe("same");
  });
});
