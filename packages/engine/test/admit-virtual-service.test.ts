import { expect, test } from "vitest";
import { loadMesh } from "../src/load.ts";
import { recorded } from "./recorded.ts";

interface Answer {
  readonly error: string | null; // what istiod's webhook said
  readonly spec: unknown;
}

const answers = recorded<Answer>("webhook-routes.jsonl").map(
  (answer, index) => [index, answer.error ?? "nothing", answer] as const,
);

function faultsOf(spec: unknown): readonly string[] {
  const metadata = { name: "routes", namespace: "default" };
  const object = { apiVersion: "networking.istio.io/v1", kind: "VirtualService", metadata, spec };
  const files = [{ path: "routes.json", text: JSON.stringify(object) }];
  const { findings } = loadMesh({ files, istio: "1.31", allowEmpty: true });
  return findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
}

test.each(answers)("VirtualService %i: istiod's webhook says %s", (_, _words, { error, spec }) => {
  const codes = new Set(faultsOf(spec));
  expect([...codes]).toEqual(error === null ? [] : ["webhook/bad-route"]);
});

test("a VirtualService that would be refused is not there, and one that is let past is", () => {
  const text = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: routes, namespace: shop }
spec: { hosts: [orders], http: [{ timeout: 0s, route: [{ destination: { host: orders } }] }] }
`;
  const load = (admission: "enforce" | "skip" | "bypass"): number =>
    loadMesh({ files: [{ path: "a.yaml", text }], admission, allowEmpty: true }).mesh.inventory
      .others.length;
  expect(load("enforce")).toBe(0);
  expect(load("skip")).toBe(0);
  expect(load("bypass")).toBe(1);
});
