import {
  type AuthorizationPolicy,
  type Mesh,
  type PolicyRule,
  trustDomain,
} from "@meshproof/engine";
import { accountsOf } from "../accounts.ts";
import { sampleOf } from "./samples.ts";

/** Callers that may meet a rule: those that it names, then those of the inventory, then strangers. */
export function callersOf(
  policy: AuthorizationPolicy,
  rule: PolicyRule,
  mesh: Mesh,
): readonly string[] {
  const named = [...sourcesOf(rule, policy, mesh), ...conditionsOf(rule, mesh)];
  const accounts = accountsOf(mesh);
  const known = named.filter((caller) => accounts.includes(caller));
  const strangers = [`sa/${policy.key.namespace}/client`, `sa/elsewhere/${anybody}`, "none"];
  return [...new Set([...known, ...named, ...accounts.slice(0, 3), ...strangers])];
}

/** The one account of a namespace that the policies of a mesh name; several, or none: nobody knows. */
export function accountNamed(namespace: string, mesh: Mesh): string | undefined {
  const named = mesh.authorizationPolicies.flatMap((policy) =>
    (policy.spec.rules ?? []).flatMap((rule) => [
      ...sourcesOf(rule ?? {}, policy, mesh),
      ...conditionsOf(rule ?? {}, mesh),
    ]),
  );
  const start = `sa/${namespace}/`;
  const accounts = new Set(named.filter((caller) => caller.startsWith(start)));
  accounts.delete(`${start}${anybody}`);
  const [only] = accounts;
  return accounts.size === 1 ? only?.slice(start.length) : undefined;
}

/** What stands for whoever a pattern lets in. */
const anybody = "client";

function sourcesOf(
  { from }: PolicyRule,
  { key }: AuthorizationPolicy,
  mesh: Mesh,
): readonly string[] {
  return (from ?? []).flatMap((entry) => {
    const { principals, namespaces, serviceAccounts, ipBlocks, remoteIpBlocks } =
      entry?.source ?? {};
    return [
      ...(principals ?? []).map((value) => principal(value, mesh)),
      ...(serviceAccounts ?? []).map((value) => account(value, key.namespace)),
      ...(namespaces ?? []).map((value) => `sa/${sampleOf(value, key.namespace)}/${anybody}`),
      ...[...(ipBlocks ?? []), ...(remoteIpBlocks ?? [])].map(outside),
    ];
  });
}

function conditionsOf({ when }: PolicyRule, mesh: Mesh): readonly string[] {
  return (when ?? []).flatMap((condition) => {
    const { key, values = [] } = condition ?? {};
    if (key === "source.principal") return values.map((value) => principal(value, mesh));
    if (key === "source.namespace")
      return values.map((value) => `sa/${sampleOf(value, "x")}/${anybody}`);
    return key === "source.ip" || key === "remote.ip" ? values.map(outside) : [];
  });
}

/** `cluster.local/ns/shop/sa/web` is `sa/shop/web`; another trust domain keeps its identity. */
function principal(value: string, { config }: Mesh): string {
  const domain = trustDomain(config);
  const whole = value
    .replace(/\/sa\/\*$/, `/sa/${anybody}`)
    .replace(/\/ns\/([^/]+)\/\*$/, `/ns/$1/sa/${anybody}`);
  const text = whole.startsWith("*") ? whole.replace(/^\*\/?/, `${domain}/`) : whole;
  const [, trust, namespace, name] = /^([^/]+)\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(text) ?? [];
  if (trust === undefined) return `sa/elsewhere/${anybody}`;
  return trust === domain ? `sa/${namespace}/${name}` : `spiffe://${text}`;
}

function account(value: string, namespace: string): string {
  return value.includes("/") ? `sa/${value}` : `sa/${namespace}/${value}`;
}

function outside(block: string): string {
  return `external/${block.split("/")[0]}`;
}
