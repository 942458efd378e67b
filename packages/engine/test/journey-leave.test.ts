import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import { handPolicy } from "./mesh.ts";
import { cluster } from "./ways.ts";

const [service, pod] = ["svc/shop/orders:80", "deploy/shop/orders:8080"];
const request: AccessRequest = { to: service, http: "GET /", transport: "mtls" };

/** What becomes of a request that a header is denied to. */
function denied(header: string, value: string, more: Partial<AccessRequest>): string {
  const rule = { when: [{ key: `request.headers[${header}]`, values: [value] }] };
  const policy = handPolicy("shop/p", { action: "DENY", rules: [rule] });
  return evaluate(cluster({ authorizationPolicies: [policy] }), { ...request, ...more }).decision;
}

const own = { method: "GET", path: "/", headers: { "x-forwarded-proto": "https" } };

test.each<[string, string, string, Partial<AccessRequest>]>([
  ["counts its attempts for a Service", "x-envoy-attempt-count", "1", { from: "sa/c/web" }],
  [
    "in whatever it then speaks",
    "x-envoy-attempt-count",
    "1",
    { from: "sa/c/web", transport: "plaintext" },
  ],
  ["says that it was spoken to in plain HTTP", "x-forwarded-proto", "http", { from: "sa/c/web" }],
  [
    "leaves what the application says of that",
    "x-forwarded-proto",
    "https",
    { from: "sa/c/web", http: own },
  ],
  [
    "takes its own count for the only one",
    "x-envoy-attempt-count",
    "1",
    { from: "sa/c/web", http: { ...own, headers: { "X-Envoy-Attempt-Count": "7" } } },
  ],
])("a caller with a sidecar whose transport is stated %s", (_, header, value, more) => {
  expect(denied(header, value, more)).toBe("deny");
});

test.each<[string, string, string, Partial<AccessRequest>]>([
  ["a pod is called by its address", "x-envoy-attempt-count", "1", { from: "sa/c/web", to: pod }],
  [
    "the caller has no sidecar",
    "x-envoy-attempt-count",
    "1",
    { from: "none", transport: "plaintext" },
  ],
  [
    "another count was sent along",
    "x-envoy-attempt-count",
    "7",
    { from: "sa/c/web", http: { ...own, headers: { "x-envoy-attempt-count": "7" } } },
  ],
  ["the application says otherwise", "x-forwarded-proto", "http", { from: "sa/c/web", http: own }],
])("no such header comes where %s", (_, header, value, more) => {
  expect(denied(header, value, more)).toBe("allow");
});
