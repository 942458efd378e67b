import { expect, test } from "vitest";
import { loadMesh } from "../src/load.ts";
import { parseDocuments } from "../src/parse/document.ts";
import { lineAndColumn } from "./line-and-column.ts";

const load = (text: string, options: object = {}): ReturnType<typeof loadMesh> =>
  loadMesh({ files: [{ path: "mesh.yaml", text }], ...options });

const policy = (spec: string, name = "p", head = "metadata"): string =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\n${head}: { name: ${name}, namespace: shop }\nspec: ${spec}\n`;

const value = (text: string): unknown =>
  parseDocuments({ path: "x.yaml", text }).documents[0]?.value;

test("a broken document is a finding, and the others of the file still load", () => {
  const { mesh, findings } = load(`${policy("{}", "a")}---\na: [\n---\n${policy("{}", "b")}`);
  expect(findings.map(({ code }) => code)).toEqual(["yaml/syntax"]);
  expect(mesh.authorizationPolicies.map(({ key }) => key.name)).toEqual(["a", "b"]);
});

test("Windows line ends and a byte order mark change nothing but the offsets", () => {
  const text = `\uFEFF${policy("{ action: DENY }").replaceAll("\n", "\r\n")}`;
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

test("anchors, aliases and merge keys are written out, and found again", () => {
  const text =
    "base: &base { a: 1, b: 2 }\nuse: { <<: *base, b: 3 }\nlist: { <<: [{ c: 4 }, *base], d: *base }\n";
  const [document] = parseDocuments({ path: "x.yaml", text }).documents;
  expect(document?.value).toEqual({
    base: { a: 1, b: 2 },
    use: { a: 1, b: 3 },
    list: { a: 1, b: 2, c: 4, d: { a: 1, b: 2 } },
  });
  expect(lineAndColumn(text, document?.locate(["use", "a"]).start ?? 0)).toBe("1:18");
});

test("an alias that contains itself, and aliases that multiply without bound, are faults", () => {
  const bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 12; level += 1)
    bomb.push(
      `a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(", ")}]`,
    );
  const codes = (text: string): readonly string[] =>
    parseDocuments({ path: "x.yaml", text }).findings.map(({ code }) => code);
  expect(codes("a: &a { b: *a }\n")).toEqual(["yaml/syntax"]);
  expect(codes(bomb.join("\n"))).toEqual(["yaml/too-large"]);
  expect(codes("[".repeat(20_000) + "]".repeat(20_000))).toEqual(["yaml/too-deep"]);
});

test("a key named like a prototype is a key like any other", () => {
  const read = value('{"__proto__": {"polluted": true}, "constructor": 1}');
  expect(Object.keys(read as object)).toEqual(["__proto__", "constructor"]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("keys are text: a port, a boolean, an octal", () => {
  expect(value("{8080: a, on: b, 0777: c, null: d}")).toEqual({
    8080: "a",
    true: "b",
    511: "c",
    null: "d",
  });
});

test("quotes and !!str keep text as text", () => {
  expect(value(`["on", '0777', !!str 1.31]`)).toEqual(["on", "0777", "1.31"]);
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
  const text = `${policy("{ action: DENY }")}---\n${policy("{ action: ALLOW }")}`;
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
  expect(state("skip")).toEqual([0, ["warning", "warning", "error"]]); // and nothing is left
  expect(state("prune")).toEqual([0, ["error"]]);
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
