import { describe, expect, test } from "vitest";
import { decider, evaluate, evaluateAsync, loadMesh } from "../src/index.ts";

/** As a caller without types may write them. */
const untyped = (options: object): never => options as never;

const { mesh } = loadMesh({ files: [], allowEmpty: true });
const request = { from: "sa/shop/web", to: "ns/shop,app=orders:8080", http: "GET /" };

describe("an option that there is not", () => {
  test.each([
    ["isto", "did you mean `istio`?"],
    ["onduplicate", "did you mean `onDuplicate`?"],
    ["release", "it may have files, namespace, istio,"],
  ])("`%s` is refused of a mesh: %s", (key, hint) => {
    const options = untyped({ files: [], [key]: "1.29" });
    expect(() => loadMesh(options)).toThrow(
      `unknown key \`${key}\` in the options of \`loadMesh\``,
    );
    expect(() => loadMesh(options)).toThrow(hint);
  });

  test.each([
    ["fact", "did you mean `facts`?"],
    ["dataplane", "did you mean `dataPlane`?"],
  ])("`%s` is refused of an evaluation: %s", async (key, hint) => {
    const options = untyped({ [key]: {} });
    expect(() => evaluate(mesh, request, options)).toThrow(hint);
    expect(() => decider(mesh, options)).toThrow(hint);
    await expect(async () => evaluateAsync(mesh, request, options)).rejects.toThrow(hint);
  });

  test.each([
    [{ admission: "enforced" }, "`admission` is"],
    [{ onDuplicate: "newest" }, "`onDuplicate` is"],
  ])("a word that %j does not know is refused", (stated, message) => {
    expect(() => loadMesh(untyped({ files: [], ...stated }))).toThrow(message);
  });
});

describe("an unknown release", () => {
  const files = [
    { path: "a.yaml", text: "kind: Namespace\napiVersion: v1\nmetadata: {name: a}\n" },
  ];

  test.each([
    [{ istio: "9.9" }, "the option `istio` names an unknown release: `9.9`", "1.31.0"],
    [{ envoy: "x" }, "the option `envoy` names an unknown release: `x`", "1.39.3"],
  ])("%j is the option's fault, and no file's", (stated, message, known) => {
    const { findings } = loadMesh({ files, allowEmpty: true, ...stated });
    expect(findings).toMatchObject([{ message, at: { file: "" } }]);
    expect(findings[0]?.hint).toContain(known);
  });

  test("of a control plane in the files is shown there", () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec: { containers: [{ name: discovery, image: "docker.io/istio/pilot:1.99.0" }] }
`;
    const { findings } = loadMesh({ files: [{ path: "istiod.yaml", text }], allowEmpty: true });
    expect(findings).toMatchObject([
      {
        code: "load/unknown-release",
        at: { file: "istiod.yaml" },
        message: "unknown release `1.99.0`",
      },
    ]);
  });
});
