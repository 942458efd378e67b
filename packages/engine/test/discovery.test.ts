import { describe, expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { discoveryOf } from "../src/kubernetes/discovery.ts";
import { loadMesh } from "../src/load.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Verdict } from "../src/model/verdict.ts";

const namespace = (name: string, labels: string): string => `
apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: {${labels}}}
---
`;
const workload = (name: string, space: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${space}}
spec: {template: {metadata: {labels: {app: ${name}}}, spec: {serviceAccountName: ${name}}}}
---
`;
const object = (kind: string, space: string, spec: string, labels = ""): string => `
apiVersion: ${kind === "DestinationRule" ? "networking" : "security"}.istio.io/v1
kind: ${kind}
metadata: {name: x, namespace: ${space}, labels: {${labels}}}
spec: ${spec}
---
`;
const selecting = "discoverySelectors: [{matchLabels: {mesh: 'yes'}}]";
const config = (text: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "${text}"}
---
`;
const inMesh = "mesh: 'yes', istio-injection: enabled";
const world =
  namespace("shop", inMesh) +
  namespace("istio-system", "") +
  namespace("c", inMesh) +
  workload("orders", "shop") +
  workload("web", "c");

function load(text: string, features: Readonly<Record<string, string>> = {}): Mesh {
  const files = [{ path: "mesh.yaml", text }];
  return loadMesh({ files, istio: "1.31", admission: "bypass", allowEmpty: true, features }).mesh;
}

const to = "ns/shop,app=orders:8080";

function ask(mesh: Mesh, request: Partial<AccessRequest> = {}): Verdict {
  return evaluate(mesh, { from: "sa/c/web", to, http: "GET /", ...request });
}

const denyAll = object("AuthorizationPolicy", "istio-system", "{action: DENY, rules: [{}]}");
const strict = "{mtls: {mode: STRICT}}";

describe("discoverySelectors", () => {
  test("leave out policies of a namespace that they do not select (az:SEL-2)", () => {
    const verdict = ask(load(world + denyAll + config(selecting)));
    expect(verdict.decision).toBe("allow");
    const notes = verdict.branches[0].hops.flatMap((hop) => hop.notes);
    expect(notes.map(({ because }) => because)).toContain("outside-discovery");
  });

  test("without any, every namespace counts", () => {
    expect(ask(load(world + denyAll + config("{}"))).decision).toBe("deny");
  });

  test("leave out the modes of the mesh as well", () => {
    const mesh = world + object("PeerAuthentication", "istio-system", strict);
    const plain = { from: "none" };
    expect(ask(load(mesh + config(selecting)), plain).decision).toBe("allow");
    expect(ask(load(mesh + config("{}")), plain).decision).toBe("deny");
  });

  test("leave out what configures clients", () => {
    const rule = object("DestinationRule", "istio-system", "{host: x}");
    expect(load(rule + world + config(selecting)).inventory.others).toEqual([]);
    expect(load(rule + world + config("{}")).inventory.others).toHaveLength(1);
  });

  test("nothing is said of a workload of whose namespace istiod knows nothing", () => {
    const outside = namespace("shop", "istio-injection: enabled") + workload("orders", "shop");
    const verdict = ask(load(outside + config(selecting)));
    expect(verdict.decision).toBe("undetermined");
  });

  test("a namespace that was not loaded is taken to be selected, and that is said", () => {
    const verdict = ask(load(workload("orders", "shop") + config(selecting)));
    expect(verdict.decision).toBe("allow");
    const assumed = verdict.facts.filter(({ state }) => state === "assumed").map(({ id }) => id);
    expect(assumed).toEqual(expect.arrayContaining(["discovery:shop", "discovery:istio-system"]));
  });

  test.each<[string, string, string]>([
    [
      "one of several is enough",
      "[{matchLabels: {a: b}}, {matchLabels: {mesh: 'yes'}}]",
      "selected",
    ],
    ["all that one asks for", "[{matchLabels: {a: b, mesh: 'yes'}}]", "unselected"],
    ["an empty one selects everything", "[{}]", "selected"],
    ["In", "[{matchExpressions: [{key: mesh, operator: In, values: ['no', 'yes']}]}]", "selected"],
    [
      "NotIn",
      "[{matchExpressions: [{key: mesh, operator: NotIn, values: ['yes']}]}]",
      "unselected",
    ],
    ["Exists", "[{matchExpressions: [{key: mesh, operator: Exists}]}]", "selected"],
    ["DoesNotExist", "[{matchExpressions: [{key: mesh, operator: DoesNotExist}]}]", "unselected"],
    ["the name", "[{matchLabels: {kubernetes.io/metadata.name: shop}}]", "selected"],
  ])("%s", (_, selectors, expected) => {
    const mesh = load(world + config(`discoverySelectors: ${selectors}`));
    expect(discoveryOf(mesh, "shop")).toBe(expected);
  });

  test("the name decides without the namespace", () => {
    const byName = "discoverySelectors: [{matchLabels: {kubernetes.io/metadata.name: shop}}]";
    const mesh = load(config(byName));
    expect(["shop", "c"].map((name) => discoveryOf(mesh, name))).toEqual([
      "selected",
      "unselected",
    ]);
  });
});

describe("a control plane with a revision", () => {
  const features = { REVISION: "default" };
  const other = "istio.io/rev: canary";

  test("reads no PeerAuthentication of another one", () => {
    const text = world + object("PeerAuthentication", "shop", strict, other);
    expect(ask(load(text, features), { from: "none" }).decision).toBe("allow");
    expect(ask(load(text), { from: "none" }).decision).toBe("deny");
  });

  test("tells ztunnel nothing of another one's policies", () => {
    const ambient = namespace("shop", "istio.io/dataplane-mode: ambient");
    const deny = object("AuthorizationPolicy", "shop", "{action: DENY, rules: [{}]}", other);
    const text = ambient + workload("orders", "shop") + deny;
    expect(ask(load(text, features)).decision).toBe("allow");
    expect(ask(load(text)).decision).toBe("deny");
  });

  test("reads no DestinationRule of another one, and none whose label is empty", () => {
    const rules = [other, "istio.io/rev: ''", "istio.io/rev: default", ""];
    const counts = rules.map(
      (labels) =>
        load(object("DestinationRule", "shop", "{host: x}", labels), features).inventory.others
          .length,
    );
    expect(counts).toEqual([0, 0, 1, 1]);
  });
});
