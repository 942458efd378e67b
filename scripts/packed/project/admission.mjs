// Sends reviews to the handler and to the callback of docs/engine.md.
import { strictEqual } from "node:assert";
import { once } from "node:events";
import { server, state } from "./out/handler.js";
import { validate } from "./out/pepr.js";

const policy = (methods) => ({
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { namespace: "shop", name: "orders" },
  spec: { rules: [{ to: [{ operation: { methods } }] }] },
});
const requestFor = (object) => ({
  uid: "705ab4f5",
  kind: { group: "security.istio.io", version: "v1", kind: "AuthorizationPolicy" },
  resource: { group: "security.istio.io", version: "v1", resource: "authorizationpolicies" },
  operation: "CREATE",
  namespace: "shop",
  name: "orders",
  userInfo: { username: "someone", groups: [] },
  object,
  dryRun: false,
});
const good = policy(["GET"]);
const bad = { ...good, spec: { rules: [{ when: [{ key: "request.header[x]", values: ["a"] }] }] } };

state.set({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } }, Date.now());
server.listen(0, "127.0.0.1");
await once(server, "listening");
const post = async (request) => {
  const body = JSON.stringify({
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request,
  });
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/`, {
    method: "POST",
    body,
  });
  return (await answer.json()).response;
};
strictEqual((await post(requestFor(good))).allowed, true);
const denied = await post(requestFor(bad));
strictEqual(denied.allowed, false);
strictEqual(denied.status.code, 422);
strictEqual(denied.status.details.causes[0].field, "spec.rules[0].when[0].key");
const garbage = await fetch(`http://127.0.0.1:${server.address().port}/`, {
  method: "POST",
  body: "{",
});
strictEqual(garbage.status, 500);
strictEqual((await post(requestFor(good))).allowed, true);
server.close();
server.closeAllConnections();

const asked = (object) =>
  validate({
    Request: requestFor(object),
    Approve: () => "approved",
    Deny: (message, code) => `${code} ${message.split("\n")[0]}`,
  });
strictEqual(await asked(good), "approved");
strictEqual(await asked(bad), "422 AuthorizationPolicy shop/orders cannot be stored:");
