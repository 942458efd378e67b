import { meshReading } from "../istiod/authorization/filters.ts";
import { actionOf } from "../istiod/authorization/policies.ts";
import { translateRule } from "../istiod/authorization/rule.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { AuthorizationPolicy, RequestAuthentication } from "../model/policy.ts";
import type { Rule } from "../model/rule.ts";
import { type Sample, sampleOf, stranger } from "./sample.ts";

/** The rules of a policy as an HTTP proxy would be told of them. */
export function httpRules(mesh: Mesh, policy: AuthorizationPolicy): readonly Rule[] {
  const reading = { ...meshReading(mesh), namespace: policy.key.namespace };
  return (policy.spec.rules ?? []).flatMap((_, index) => {
    const { rule } = translateRule(policy, index, String(index), reading, {
      chain: "http",
      strict: true,
    });
    return rule ?? [];
  });
}

/** Requests of which a policy, had it applied, would have refused at least one. */
export function refusedSamples(
  mesh: Mesh,
  policy: AuthorizationPolicy,
  ports: readonly number[] = [],
): readonly Sample[] {
  const action = actionOf(policy);
  if (action === "DENY")
    return httpRules(mesh, policy).flatMap((rule) => sampleOf(mesh, rule, ports) ?? []);
  return action === "ALLOW" ? strangers(mesh) : [];
}

function strangers(mesh: Mesh): readonly Sample[] {
  return [
    strange("GET", "/", stranger(mesh)),
    strange("DELETE", "/stranger", stranger(mesh)),
    strange("DELETE", "/stranger"),
  ];
}

function strange(method: string, path: string, from?: string): Sample {
  const http = { method, path, headers: {} };
  return { http, claims: [], ...(from === undefined ? {} : { from }) };
}

/** The mesh with one AuthorizationPolicy only, which applies to every sidecar of its namespace. */
export function appliedAlone(mesh: Mesh, policy: AuthorizationPolicy): Mesh {
  const { selector: _s, targetRef: _t, targetRefs: _r, ...rest } = policy.spec;
  const key = { ...policy.key, namespace: meant };
  const requests = mesh.requestAuthentications.map((request): RequestAuthentication => {
    const { selector: _a, targetRef: _b, targetRefs: _c, ...spec } = request.spec;
    return { ...request, key: { ...request.key, namespace: meant }, spec };
  });
  return {
    ...mesh,
    authorizationPolicies: [{ ...policy, key, annotations: {}, labels: {}, spec: rest }],
    requestAuthentications: requests.slice(0, 1),
    peerAuthentications: [],
    inventory: { ...mesh.inventory, others: [] },
  };
}

const meant = "meant";

/** Where requests go in a mesh of `appliedAlone`. */
export function aloneAt(port: number): AccessRequest["to"] {
  return {
    namespace: meant,
    labels: { app: "any" },
    serviceAccount: "default",
    port,
    protocol: "http",
    dataPlane: "sidecar",
  };
}
