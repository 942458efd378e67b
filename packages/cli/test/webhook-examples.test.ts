import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";

const example = "../examples/node-handler.mjs"; // plain JavaScript, as a reader would copy it

interface Example {
  readonly policyWebhook: (options: { readonly istio: string }) => {
    readonly state: { readonly set: (object: unknown, now: number) => void };
    readonly handler: RequestListener;
  };
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const policy = (rules: readonly unknown[]): Readonly<Record<string, unknown>> => ({
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { namespace: "shop", name: "orders" },
  spec: { action: "ALLOW", rules },
});
const web = policy([{ from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }] }]);

test("the handler of the example judges, and warns of what becomes allowed", async () => {
  const { policyWebhook } = (await import(example)) as Example;
  const { state, handler } = policyWebhook({ istio: "1.31" });
  state.set(web, Date.now());
  const server = createServer(handler).listen(0, "127.0.0.1");
  stops.push(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const kind = { group: "security.istio.io", version: "v1", kind: "AuthorizationPolicy" };
  const ask = async (object: unknown): Promise<{ readonly response: unknown }> => {
    const about = { operation: "UPDATE", kind, namespace: "shop", name: "orders", oldObject: web };
    const request = { uid: "1", ...about, object };
    const body = { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request };
    const sent = { method: "POST", body: JSON.stringify(body) };
    const answer = await fetch(`http://127.0.0.1:${port}/`, sent);
    return (await answer.json()) as { readonly response: unknown };
  };
  const bad = policy([{ when: [{ key: "nonsense", values: ["a"] }] }]);
  expect((await ask(bad)).response).toMatchObject({ allowed: false, status: { code: 422 } });
  expect((await ask(policy([{}]))).response).toMatchObject({
    allowed: true,
    warnings: expect.arrayContaining([expect.stringContaining("lets in at")]),
  });
});
