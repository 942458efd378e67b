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
  const strangers = [`sa/${policy.key.namespace}/client`, "sa/elsewhere/client", "none"];
  return [...new Set([...known, ...named, ...accounts.slice(0, 3), ...strangers])];
}

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
      ...(namespaces ?? []).map((value) => `sa/${sampleOf(value, key.namespace)}/client`),
      ...[...(ipBlocks ?? []), ...(remoteIpBlocks ?? [])].map(outside),
    ];
  });
}

function conditionsOf({ when }: PolicyRule, mesh: Mesh): readonly string[] {
  return (when ?? []).flatMap((condition) => {
    const { key, values = [] } = condition ?? {};
    if (key === "source.principal") return values.map((value) => principal(value, mesh));
    if (key === "source.namespace")
      return values.map((value) => `sa/${sampleOf(value, "x")}/client`);
    return key === "source.ip" || key === "remote.ip" ? values.map(outside) : [];
  });
}

/** `cluster.local/ns/shop/sa/web` is `sa/shop/web`; another trust domain keeps its identity. */
function principal(value: string, { config }: Mesh): string {
  const domain = trustDomain(config);
  const whole = value
    .replace(/\/sa\/\*$/, "/sa/client")
    .replace(/\/ns\/([^/]+)\/\*$/, "/ns/$1/sa/client");
  const text = whole.startsWith("*") ? whole.replace(/^\*\/?/, `${domain}/`) : whole;
  const [, trust, namespace, name] = /^([^/]+)\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(text) ?? [];
  if (trust === undefined) return "sa/elsewhere/client";
  return trust === domain ? `sa/${namespace}/${name}` : `spiffe://${text}`;
}

function account(value: string, namespace: string): string {
  return value.includes("/") ? `sa/${value}` : `sa/${namespace}/${value}`;
}

function outside(block: string): string {
  return `external/${block.split("/")[0]}`;
}
