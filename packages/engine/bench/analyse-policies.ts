import type { Mesh } from "../src/model/mesh.ts";
import type { AuthorizationPolicy, PolicyRule } from "../src/model/policy.ts";
import { diceOf } from "../test/analyse-dice.ts";
import { handMesh, handPolicy } from "../test/mesh.ts";

const methods = [["GET"], ["GET", "HEAD"], ["GET", "POST"], ["POST", "PUT"], ["DELETE"], ["*"]];
const suffixes = [".json", ".js", ".css", "/healthz", "/metrics"];

/**
 * So many policies of one rule for one workload: service accounts, namespaces, tokens and groups, blocks of addresses, paths of every
 * kind; a tenth denies, and some repeat others.
 */
export function manyRules(count: number): Mesh {
  const dice = diceOf(7 + count);
  const accounts = Math.max(10, Math.floor(count / 10));
  const resources = Math.max(8, Math.floor(count / 4));
  const account = (): string => {
    const number = dice.below(accounts);
    return `cluster.local/ns/team-${number % 40}/sa/svc-${number}`;
  };
  const path = (): string => {
    const number = dice.below(resources);
    const base = `/api/v${1 + (number % 3)}/res-${number}`;
    const kind = dice.below(100);
    if (kind < 40) return `${base}/${["list", "get", "items"][dice.below(3)]}`;
    if (kind < 85) return `${base}/*`;
    return kind < 95 ? `${base}/{*}/detail` : `*${suffixes[dice.below(suffixes.length)]}`;
  };
  const some = (make: () => string): string[] =>
    Array.from({ length: 1 + dice.below(3) }, () => make());
  const source = (): NonNullable<NonNullable<PolicyRule["from"]>[number]>["source"] & object => {
    const kind = dice.below(100);
    if (kind < 55) return { principals: some(account) };
    if (kind < 80) return { namespaces: [`team-${dice.below(40)}`] };
    return { requestPrincipals: [dice.pick(["https://idp.example.com/*", "*"])] };
  };
  const rule = (): PolicyRule => ({
    from: [{ source: source() }],
    to: [
      {
        operation: {
          paths: some(path),
          ...(dice.chance(0.7) ? { methods: methods[dice.below(methods.length)] ?? ["*"] } : {}),
          ...(dice.chance(0.2) ? { ports: [dice.pick(["8080", "9090", "8443"])] } : {}),
        },
      },
    ],
    ...(dice.chance(0.1)
      ? { when: [{ key: "request.auth.claims[groups]", values: [`group-${dice.below(50)}`] }] }
      : {}),
  });
  const policies = Array.from({ length: count }, (_, index): AuthorizationPolicy => {
    const action = dice.chance(0.1) ? "DENY" : "ALLOW";
    return handPolicy(`prod/r${index}`, { action, rules: [rule()] });
  });
  return meshOf(policies);
}

/** The same with one rule that takes one method more. */
export function withOneChange(mesh: Mesh): Mesh {
  const policies = [...mesh.authorizationPolicies];
  const at = policies.length >> 1;
  const policy = policies[at];
  const [rule] = policy?.spec.rules ?? [];
  if (!policy || !rule) return mesh;
  const operation = { ...rule.to?.[0]?.operation, methods: ["GET", "OPTIONS"] };
  policies[at] = { ...policy, spec: { ...policy.spec, rules: [{ ...rule, to: [{ operation }] }] } };
  return meshOf(policies);
}

function meshOf(authorizationPolicies: readonly AuthorizationPolicy[]): Mesh {
  return handMesh({
    authorizationPolicies,
    requestAuthentications: [
      {
        key: { kind: "RequestAuthentication", namespace: "prod", name: "jwt" },
        labels: {},
        annotations: {},
        spec: { jwtRules: [{ issuer: "https://idp.example.com" }] },
      },
    ],
  });
}
