import { decide, type Read } from "../src/envoy/rbac.ts";
import { authorizationFilters } from "../src/istiod/authorization/filters.ts";
import type { Note } from "../src/model/note.ts";
import type { Action, AuthorizationPolicy, Condition, PolicyRule } from "../src/model/policy.ts";
import type { RbacFilter, Refusal } from "../src/model/program.ts";
import type { Attribute } from "../src/model/rule.ts";
import { ap, meshOf, type World } from "./istiod-world.ts";

export type Chain = "http" | "tcp";

export interface Made {
  readonly filters: readonly RbacFilter[];
  readonly notes: readonly Note[];
  readonly refused?: Refusal;
}

/** What AUDIT, DENY and ALLOW policies become. */
export function make(
  policies: readonly AuthorizationPolicy[],
  chain: Chain,
  world: World = {},
): Made {
  const use = { chain, peer: "certificate" } as const;
  const { local } = authorizationFilters(policies, use, meshOf({ ...world, policies }));
  const filters = local.filters.flatMap((filter) => (filter.kind === "rbac" ? [filter] : []));
  return { ...local, filters };
}

/** A request from web in namespace foo: GET /a at reviews:8080, without a token. */
const values: Readonly<Record<string, readonly string[]>> = {
  peer: ["spiffe://cluster.local/ns/foo/sa/web"],
  "source.ip": ["10.1.2.3"],
  "remote.ip": ["203.0.113.9"],
  "destination.ip": ["10.9.9.9"],
  "destination.port": ["8080"],
  sni: ["outbound_.80_._.reviews.foo.svc.cluster.local"],
  host: ["reviews"],
  method: ["GET"],
  path: ["/a"],
  "header:x-user": ["alice"],
  'claim:["aud"]': ["shop", "mail"],
};
export const read: Read = (attribute) => values[nameOf(attribute)] ?? [];

function nameOf(attribute: Attribute): string {
  if (attribute.kind === "header") return `header:${attribute.name}`;
  return attribute.kind === "claim" ? `claim:${JSON.stringify(attribute.path)}` : attribute.kind;
}

/** Whether a rule of that action holds; "none": istiod leaves the rule out. */
export function holds(
  rule: PolicyRule | null,
  action: Action,
  chain: Chain,
  world: World = {},
): boolean | "none" | undefined {
  const [filter] = make([ap("foo/p", { action, rules: [rule] })], chain, world).filters;
  if (filter?.rules?.length === 0) return "none";
  return filter && decide(filter, read).rule !== undefined;
}

export const to = (operation: object): PolicyRule => ({ to: [{ operation }] });
export const from = (source: object): PolicyRule => ({ from: [{ source }] });
export const when = (...conditions: Condition[]): PolicyRule => ({ when: conditions });
