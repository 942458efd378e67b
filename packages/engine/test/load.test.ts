import { expect, test } from "vitest";
import { loadMesh } from "../src/load.ts";

const load = (text: string, options: object = {}): ReturnType<typeof loadMesh> =>
  loadMesh({ files: [{ path: "mesh.yaml", text }], ...options });

const policy = (spec: string, name = "p", head = "metadata"): string =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\n${head}: { name: ${name}, namespace: shop }\nspec: ${spec}\n`;

test("a broken document is a finding, and the others of the file still load", () => {
  const { mesh, findings } = load(`${policy("{}", "a")}---\na: [\n---\n${policy("{}", "b")}`);
  expect(findings.map(({ code }) => code)).toEqual(["yaml/syntax"]);
  expect(mesh.authorizationPolicies.map(({ key }) => key.name)).toEqual(["a", "b"]);
});

test("Windows line ends and a byte order mark change nothing but the offsets", () => {
  const text = `\uFEFF${policy("{ action: DENY, rules: [{}] }").replaceAll("\n", "\r\n")}`;
  const { mesh, findings } = load(text);
  expect(findings).toEqual([]);
  expect(mesh.authorizationPolicies[0]?.spec.action).toBe("DENY");
  const resource = { kind: "AuthorizationPolicy", namespace: "shop", name: "p" };
  const span = mesh.locate({ resource, path: ["spec", "action"] });
  expect(text.slice(span?.start, span?.end)).toBe("DENY");
});

test("JSON is read as YAML is, and so are the items of a List", () => {
  const object = {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "p", namespace: "shop" },
    spec: { mtls: { mode: "STRICT" } },
  };
  const list = {
    apiVersion: "v1",
    kind: "List",
    items: [object, { ...object, metadata: { name: "q", namespace: "shop" } }],
  };
  const { mesh, findings } = load(JSON.stringify(list, null, "\t"));
  expect(findings).toEqual([]);
  expect(mesh.peerAuthentications.map(({ key, spec }) => [key.name, spec.mtls?.mode])).toEqual([
    ["p", "STRICT"],
    ["q", "STRICT"],
  ]);
});

test("an object without a namespace lands in the one that is given, or in default, as an assumption", () => {
  const text =
    "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: p }\nspec: {}\n";
  const assumed = load(text);
  expect(assumed.mesh.peerAuthentications[0]?.key.namespace).toBe("default");
  expect(assumed.assumptions).toMatchObject([
    { id: "namespace:PeerAuthentication/p", state: "assumed", value: "default" },
  ]);
  const given = load(text, { namespace: "shop" });
  expect(given.mesh.peerAuthentications[0]?.key.namespace).toBe("shop");
  expect(given.assumptions).toEqual([]);
});

test("of two objects of one name the policy of duplicates decides", () => {
  const text = `${policy("{ action: DENY, rules: [{}] }")}---\n${policy("{ action: ALLOW }")}`;
  const kept = (onDuplicate: string): unknown =>
    load(text, { onDuplicate }).mesh.authorizationPolicies.map(({ spec }) => spec.action);
  expect(kept("first")).toEqual(["DENY"]);
  expect(kept("last")).toEqual(["ALLOW"]);
  const [finding] = load(text).findings;
  expect([finding?.code, finding?.related?.length]).toEqual(["load/duplicate", 1]);
});

test("what the API server refuses is in the mesh only past admission", () => {
  const text = policy("{ rules: [{ to: [{ operation: { ports: [80] } }] }], extra: 1 }");
  const state = (admission: string): unknown => {
    const { mesh, findings } = load(text, { admission });
    return [mesh.authorizationPolicies.length, findings.map(({ severity }) => severity)];
  };
  expect(state("enforce")).toEqual([0, ["error", "error"]]);
  expect(state("skip")).toEqual([0, ["error", "warning", "warning"]]); // and nothing is left
  expect(state("prune")).toEqual([0, ["error", "warning"]]);
  expect(state("bypass")).toEqual([1, []]);
});

test.each([
  [
    "a ConfigMap",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: istio, namespace: istio-system }\ndata:\n  mesh: |\n    trustDomain: a.example\n",
  ],
  [
    "an IstioOperator",
    "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: x }\nspec: { meshConfig: { trustDomain: a.example } }\n",
  ],
  [
    "Sail's Istio",
    "apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: { name: x }\nspec: { values: { meshConfig: { trustDomain: a.example } } }\n",
  ],
])("the mesh config is found in %s", (_, text) => {
  const { mesh } = load(text, { allowEmpty: true });
  expect([mesh.config.trustDomain, mesh.configLoaded]).toEqual(["a.example", true]);
});

test("a workload is the pod that a controller makes", () => {
  const text =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d, namespace: shop, labels: { of: deployment } }\nspec:\n  template:\n    metadata: { labels: { app: a } }\n    spec: { serviceAccountName: s, containers: [{ ports: [{ containerPort: 80, name: web }] }] }\n";
  expect(load(text, { allowEmpty: true }).mesh.inventory.workloads).toMatchObject([
    { labels: { app: "a" }, serviceAccount: "s", ports: [{ port: 80, name: "web" }] },
  ]);
});

test("the labels of a WorkloadEntry are those of its spec, over which its own win", () => {
  const text = `apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: shop, labels: { app: own, team: a } }
spec: { address: 10.6.0.1, labels: { app: spec, version: v1 } }
`;
  const { mesh } = loadMesh({ files: [{ path: "vm.yaml", text }], istio: "1.31" });
  expect(mesh.inventory.workloads[0]?.labels).toEqual({ app: "own", team: "a", version: "v1" });
});

test("kinds that are not ours are counted, and suites handed on", () => {
  const text =
    "apiVersion: v1\nkind: Secret\nmetadata: { name: s }\n---\napiVersion: meshproof.dev/v1alpha1\nkind: Suite\n---\na: b\n";
  const { counts, suites, findings } = load(text);
  expect(counts.otherKinds).toEqual({ Secret: 1, "(no kind)": 1 });
  expect([suites.length, findings.length]).toEqual([1, 0]);
});

test("the release is read off an istiod that is in the files", () => {
  const text =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: istiod, namespace: istio-system }\nspec: { template: { spec: { containers: [{ name: discovery, image: docker.io/istio/pilot:1.29.2-distroless }] } } }\n";
  expect(load(text, { allowEmpty: true }).mesh.release.istio).toBe("1.29.2");
});

test("an AuthorizationPolicy of somebody else is none of ours", () => {
  const text =
    "apiVersion: policy.linkerd.io/v1alpha1\nkind: AuthorizationPolicy\nmetadata: { name: p }\nspec: {}\n";
  const { counts, findings } = load(text, { allowEmpty: true });
  expect([counts.otherKinds, findings]).toEqual([{ AuthorizationPolicy: 1 }, []]);
});

test("two groups may have a Gateway of one name", () => {
  const gateway = (group: string, spec: string): string =>
    `apiVersion: ${group}/v1\nkind: Gateway\nmetadata: { name: g, namespace: shop }\nspec: ${spec}\n`;
  const servers = "{ servers: [{ port: { number: 80, name: a, protocol: HTTP }, hosts: ['*'] }] }";
  const classic = gateway("networking.istio.io", servers);
  const text = `${classic}---\n${gateway("gateway.networking.k8s.io", "{}")}`;
  const { mesh, findings } = load(text, { allowEmpty: true });
  expect(findings).toEqual([]);
  expect(mesh.inventory.others.map(({ apiVersion }) => apiVersion)).toEqual([
    "networking.istio.io/v1",
    "gateway.networking.k8s.io/v1",
  ]);
});

test("of two objects the last one counts, even if it is refused", () => {
  const text = `${policy("{ action: DENY, rules: [{}] }")}---\n${policy("{ action: DENIED }")}`;
  const { mesh } = load(text, { onDuplicate: "last", admission: "skip", allowEmpty: true });
  expect(mesh.authorizationPolicies).toEqual([]);
});

test("an empty namespace is none", () => {
  const text =
    'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: p, namespace: "" }\n';
  expect(load(text, { namespace: "shop" }).mesh.peerAuthentications[0]?.key.namespace).toBe("shop");
});

test("a field that holds nothing is dropped, with a warning", () => {
  const { mesh, findings } = load(
    policy("{ rules: [{ from: , to: [{ operation: { hosts: [a] } }] }] }"),
  );
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
    ["schema/empty-field", "warning"],
  ]);
  expect(mesh.authorizationPolicies[0]?.spec.rules?.[0]).toEqual({
    to: [{ operation: { hosts: ["a"] } }],
  });
});

test("values of any type are survived past admission", () => {
  const strange = ["5", "text", "[]", "{}", "null", "[null]", "[[]]", "[5]", "true"];
  const fields = ["rules", "action", "selector", "provider", "targetRef", "targetRefs"];
  const more = ["mtls", "portLevelMtls", "jwtRules"];
  const kinds = ["AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"];
  for (const kind of kinds)
    for (const field of [...fields, ...more])
      for (const value of strange) {
        const text = policy(`{ ${field}: ${value} }`).replace("AuthorizationPolicy", kind);
        const { counts, findings } = load(text, { admission: "bypass" });
        expect([counts.policies, findings]).toEqual([1, []]);
      }
});

test("a mesh config may be in snake_case, and what is stated lies over what is loaded", () => {
  const text =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: istio-canary }\ndata:\n  mesh: |\n    trust_domain: a.example\n    extension_providers:\n    - name: p\n      envoy_ext_authz_http: { service: s, port: "80", include_additional_headers_in_check: { x_a: b } }\n';
  const { mesh, findings } = load(text, {
    allowEmpty: true,
    meshConfig: { trustDomain: "b.example" },
  });
  expect(findings).toEqual([]);
  expect(mesh.config).toEqual({
    trustDomain: "b.example",
    extensionProviders: [
      {
        name: "p",
        envoyExtAuthzHttp: {
          service: "s",
          port: 80,
          includeAdditionalHeadersInCheck: { x_a: "b" },
        },
      },
    ],
  });
});

test("a mesh config that istiod would not take is an error, wherever it is from", () => {
  const inMap =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: istio }\ndata:\n  mesh: |\n    trustDomain: 5\n";
  const messages = (text: string, options: object): readonly string[] =>
    load(text, { allowEmpty: true, ...options }).findings.map(({ message }) => message);
  expect(messages(inMap, {})).toEqual(["in `data.mesh`: `trustDomain` must be text"]);
  expect(messages("", { meshConfig: { enableAutoMtls: "yes" } })).toEqual([
    "in `meshConfig`: `enableAutoMtls` must be true or false",
  ]);
});

test.each([
  ["an IstioOperator", "install.istio.io/v1alpha1", "IstioOperator", "{ tag: 1.30.2 }"],
  ["Sail's Istio", "sailoperator.io/v1", "Istio", "{ version: v1.30.2 }"],
])("the release is what %s installs, unless another one is stated", (_, version, kind, spec) => {
  const text = `apiVersion: ${version}\nkind: ${kind}\nmetadata: { name: x }\nspec: ${spec}\n`;
  const release = (options: object): unknown =>
    load(text, { allowEmpty: true, ...options }).mesh.release.istio;
  expect([release({}), release({ istio: "1.29.2" })]).toEqual(["1.30.2", "1.29.2"]);
});

test("what the author wrote is shown on one line, without control characters", () => {
  const text = policy('{ rules: "a\\n\\e[31mb" }');
  const [finding] = load(text).findings;
  expect(finding?.message).toBe("`rules` must be a list, not `a [31mb`");
  const [long] = load(policy(`{ rules: ${"x".repeat(500)} }`)).findings;
  expect(long?.message.length).toBeLessThan(120);
});
