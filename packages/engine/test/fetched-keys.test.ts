import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { EvaluateOptions } from "../src/model/access-request.ts";
import type { Decision } from "../src/model/fact.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { meshFrom, ordersBehindEdge } from "./gateway-world.ts";
import { jwks, token } from "./jwt-request.ts";

const issuer = "issA";
const world = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}, spec: {serviceAccountName: orders}}}
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: jwt, namespace: shop}
spec: {jwtRules: [{issuer: ${issuer}, jwksUri: "https://login.example/keys"}]}
`;

interface Under {
  readonly istio?: string;
  readonly remote?: string; // PILOT_JWT_ENABLE_REMOTE_JWKS
}

function ask(keys: string, sent: "good" | "none", { istio, remote }: Under = {}): Verdict {
  const mesh = meshFrom(world, {
    ...(istio === undefined ? {} : { istio }),
    ...(remote === undefined ? {} : { features: { PILOT_JWT_ENABLE_REMOTE_JWKS: remote } }),
  });
  const good = token({ iss: issuer, sub: "u" });
  const options: EvaluateOptions = { keys: { [issuer]: keys }, signatures: { [good]: "valid" } };
  const request = { from: "deploy/shop/orders", to: "svc/shop/orders:80", http: "GET /" };
  return evaluate(mesh, { ...request, token: sent === "good" ? good : sent }, options);
}

const html = "<html><p>not found</p></html>";
const inUpperCase = '{"Keys":[]}';

/** The decision without a token and with a good one. */
test.each<[string, Under, string, Decision, Decision]>([
  ["a good set", {}, jwks, "allow", "allow"],
  ["one key that can be used", {}, jwks.replace("[", '[5,{"kty":"XYZ"},'), "allow", "allow"],
  ["no JSON", {}, html, "invalid", "invalid"],
  ["no keys", {}, '{"error":"not found"}', "invalid", "invalid"],
  ["an empty list", {}, '{"keys":[]}', "invalid", "invalid"],
  ["none that can be used", {}, '{"keys":[{"kty":"XYZ"}]}', "invalid", "invalid"],
  ["a blank", {}, " ", "invalid", "invalid"],
  ["nothing at all", {}, "", "allow", "deny"],
  ["no JSON", { remote: "envoy" }, html, "allow", "deny"],
  ["no JSON", { remote: "hybrid" }, html, "undetermined", "undetermined"],
  ["no JSON", { istio: "1.27" }, html, "invalid", "invalid"],
  ["no JSON", { istio: "1.32-dev" }, html, "undetermined", "undetermined"],
  ["no list", { istio: "1.32-dev" }, '{"keys":null}', "undetermined", "undetermined"],
  ["an empty list", { istio: "1.32-dev" }, '{"keys":[]}', "invalid", "invalid"],
  ["a list of another name", { istio: "1.32-dev" }, inUpperCase, "invalid", "invalid"],
  ["nothing at all", { istio: "1.32-dev" }, "", "allow", "deny"],
])("istiod fetched %s (%j): %s", (_, under, keys, without, withToken) => {
  expect(ask(keys, "none", under).decision).toBe(without);
  expect(ask(keys, "good", under).decision).toBe(withToken);
});

test("what was fetched is named in the answer, and why Envoy refuses it", () => {
  const verdict = ask(html, "none");
  expect(verdict.facts).toContainEqual({ id: "keys:issA", state: "given", value: html });
  expect(verdict.outcome?.details).toBe(
    "Provider 'origins-0' in jwt_authn config has invalid local jwks: Jwks is an invalid JSON",
  );
});

test("Envoy answers as if nothing had come where it fetches itself", () => {
  const { outcome } = ask(html, "good", { remote: "envoy" });
  expect(outcome).toMatchObject({ status: 401, body: "Jwks remote fetch is failed" });
});

const authentication = (spec: string): string => `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: jwt, namespace: shop}
spec: {${spec}jwtRules: [{issuer: ${issuer}, jwksUri: "https://login.example/keys"}]}
---
`;

test("a gateway does not serve, with a token or without", () => {
  const mesh = meshFrom(ordersBehindEdge("istio-injection: enabled") + authentication(""));
  const request = {
    from: "external/203.0.113.9",
    to: "gateway/shop/edge:80",
    http: "GET /",
    token: "none",
  };
  const keys = { [issuer]: html };
  expect(evaluate(mesh, request, { keys })).toMatchObject({ decision: "invalid" });
  expect(evaluate(mesh, request, { keys: { [issuer]: jwks } }).decision).toBe("allow");
});

test("a waypoint serves nothing, also of a Service without a policy", () => {
  const waypoint = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: wp, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: v1
kind: Service
metadata: {name: other, namespace: shop}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
${world.slice(world.indexOf("---") + 4, world.lastIndexOf("---") + 4)}`;
  const target = "targetRefs: [{group: '', kind: Service, name: orders}], ";
  const mesh = meshFrom(waypoint + authentication(target));
  const request = { from: "deploy/shop/orders", to: "svc/shop/other:80", http: "GET /" };
  const verdict = evaluate(mesh, request, { keys: { [issuer]: html } });
  expect(verdict).toMatchObject({ decision: "invalid" });
  expect(verdict.branches[0].hops[0]).toMatchObject({ point: "waypoint" });
  expect(evaluate(mesh, request, { keys: { [issuer]: jwks } }).decision).toBe("allow");
});
