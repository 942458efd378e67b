import {
  type AuthorizationPolicy,
  isDryRun,
  type Mesh,
  type PolicyRule,
  rootNamespace,
} from "@meshproof/engine";
import { ruleName } from "../answer.ts";
import type { CaseResult } from "../result.ts";
import type { ExpectedVerdict, Suite } from "../suite.ts";
import { ask, type FirstSuiteOptions, type Found, suiteOf } from "./assemble.ts";
import { type Draft, draftsFor } from "./requests.ts";
import { routeDrafts, taken } from "./route-drafts.ts";

/** A first suite for a mesh, and the rules and routes that no request was found for. */
export interface FirstSuite {
  readonly suite: Suite;
  readonly without: readonly string[]; // rules: "shop/orders[0]"
  readonly untaken: readonly string[]; // routes: "shop/edge http[0]"
}

/** One test for every rule, a request that the rule decides, and one for every route of a gateway, found by asking. What is not found is left to its author. */
export async function firstSuite(options: FirstSuiteOptions): Promise<FirstSuite> {
  const rules = options.mesh.authorizationPolicies.flatMap(rulesOf);
  const drafts = rules.flatMap((rule) => attemptsAt(rule, options.mesh));
  const first = new Map<string, Found>();
  for (const found of await passing(drafts, options))
    if (!first.has(found.about)) first.set(found.about, found);
  const decided = await passing([...first.values()], options);
  const { found, untaken } = await withRoutes(decided, options);
  const tested = new Set(decided.map(({ about }) => about));
  return {
    suite: suiteOf(found, options),
    without: rules.map(({ name }) => name).filter((name) => !tested.has(name)),
    untaken,
  };
}

/** The routes of gateways, too, unless the workloads that they need make another world for the rules. */
async function withRoutes(
  decided: readonly Found[],
  options: FirstSuiteOptions,
): Promise<{ readonly found: readonly Found[]; readonly untaken: readonly string[] }> {
  const drafts = routeDrafts(options.mesh);
  const results = await ask([...decided, ...drafts], options);
  const routes = drafts.flatMap((draft, index) => taken(draft, results[decided.length + index]));
  const found = [...decided, ...routes];
  const isHeld = (await passing(found, options)).length === found.length;
  const kept = isHeld ? routes : [];
  const tested = new Set(kept.map(({ about }) => about));
  return {
    found: [...decided, ...kept],
    untaken: [...new Set(drafts.map(({ about }) => about))].filter((name) => !tested.has(name)),
  };
}

interface NamedRule {
  readonly name: string;
  readonly policy: AuthorizationPolicy;
  readonly rule: PolicyRule;
}

function rulesOf(policy: AuthorizationPolicy): readonly NamedRule[] {
  const at = { resource: policy.key, path: [] };
  return (policy.spec.rules ?? []).map((rule, index) => ({
    name: ruleName({ policy: policy.key, rule: index, at }),
    policy,
    rule: rule ?? {},
  }));
}

function attemptsAt({ name, policy, rule }: NamedRule, mesh: Mesh): readonly Found[] {
  const expect = expected(policy, name);
  return draftsFor(policy, rule, mesh).map((draft) => ({
    about: name,
    verb: " decides",
    draft: withProvider(draft, policy, mesh),
    expect,
  }));
}

/** What hangs on the rule alone: that it decided, that it marked the request, or that it would have. */
function expected(policy: AuthorizationPolicy, rule: string): ExpectedVerdict {
  const { action = "ALLOW" } = policy.spec;
  if (isDryRun(policy)) return { dryRun: action === "DENY" ? { deny: rule } : { allow: rule } };
  if (action === "AUDIT") return { audit: rule };
  return { decision: action === "ALLOW" ? "allow" : "deny", by: rule };
}

/** A CUSTOM rule decides when its provider refuses; other rules come to it only when that of their namespace does not. */
function withProvider(draft: Draft, { key, spec }: AuthorizationPolicy, mesh: Mesh): Draft {
  const root = rootNamespace(mesh);
  const others = mesh.authorizationPolicies
    .filter((each) => each.spec.action === "CUSTOM")
    .filter((each) => each.key.namespace === key.namespace || each.key.namespace === root);
  const own = spec.action === "CUSTOM" ? spec.provider?.name : undefined;
  const asked =
    own === undefined ? others.flatMap((each) => each.spec.provider?.name ?? []) : [own];
  if (asked.length === 0) return draft;
  const answer = own === undefined ? ("allow" as const) : ("deny" as const);
  const providers = Object.fromEntries(asked.map((name) => [name, answer]));
  return { ...draft, request: { ...draft.request, providers } };
}

/** Those whose expectation is met. */
async function passing(
  found: readonly Found[],
  options: FirstSuiteOptions,
): Promise<readonly Found[]> {
  const results = await ask(found, options);
  return found.filter((_, index) => isMet(results[index]));
}

function isMet(result: CaseResult | undefined): boolean {
  return result?.verdict !== undefined && result.failures.length === 0;
}
