import {
  type AuthorizationPolicy,
  isDryRun,
  type Mesh,
  nativeJson,
  type ParsedDocument,
  type PolicyRule,
  rootNamespace,
  type SourceFile,
} from "@meshproof/engine";
import { accountsOf } from "../accounts.ts";
import { ruleName } from "../answer.ts";
import { defined } from "../defined.ts";
import type { SuiteDocument } from "../parse-suite.ts";
import { runSuite } from "../run.ts";
import type { ExpectedVerdict, StatedWorkload, Suite, Test } from "../suite.ts";
import type { TokenSpec } from "../token.ts";
import { type Draft, draftsFor } from "./requests.ts";

/** A first suite for a mesh, and the rules that no request was found for. */
export interface FirstSuite {
  readonly suite: Suite;
  readonly without: readonly string[]; // "shop/orders[0]"
}

/** What a first suite is made from. */
export interface FirstSuiteOptions {
  readonly files: readonly SourceFile[];
  readonly mesh: Mesh;
  readonly name: string;
  readonly paths: readonly string[]; // of the mesh, as the suite will name it
  readonly namespace?: string;
}

/** One test for every rule: a request that the rule decides, found by asking. What is not found is left to its author. */
export async function firstSuite(options: FirstSuiteOptions): Promise<FirstSuite> {
  const rules = options.mesh.authorizationPolicies.flatMap(rulesOf);
  const drafts = rules.flatMap((rule) => attemptsAt(rule, options.mesh));
  const first = new Map<string, Found>();
  for (const found of await passing(drafts, options))
    if (!first.has(found.rule)) first.set(found.rule, found);
  const kept = await passing([...first.values()], options);
  const tested = new Set(kept.map(({ rule }) => rule));
  return {
    suite: suiteOf(kept, options),
    without: rules.map(({ name }) => name).filter((name) => !tested.has(name)),
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

interface Found {
  readonly rule: string;
  readonly draft: Draft;
  readonly expect: ExpectedVerdict;
}

function attemptsAt({ name, policy, rule }: NamedRule, mesh: Mesh): readonly Found[] {
  const expect = expected(policy, name);
  return draftsFor(policy, rule, mesh).map((draft) => ({
    rule: name,
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

/** Those whose expectation is met, all asked in one world: that of the suite they would make. */
async function passing(
  found: readonly Found[],
  options: FirstSuiteOptions,
): Promise<readonly Found[]> {
  const { files } = options;
  const suite = suiteOf(found, options);
  const { cases } = await runSuite(inMemory(suite), { files, allowEmpty: true });
  return found.filter((_, index) => {
    const { verdict, failures = [] } = cases[index] ?? {};
    return verdict !== undefined && failures.length === 0;
  });
}

function inMemory(suite: Suite): SuiteDocument {
  const span = { file: "suite", start: 0, end: 0 };
  const locate: ParsedDocument["locate"] = () => span;
  return { suite, document: { file: "suite", value: suite, locate, locateKey: locate } };
}

function suiteOf(
  found: readonly Found[],
  { mesh, name, paths, namespace }: FirstSuiteOptions,
): Suite {
  const actors = actorsOf([...accountsOf(mesh), ...found.flatMap(({ draft }) => accountIn(draft))]);
  const tokens = new Map<string, string>();
  for (const { draft } of found)
    if (draft.request.token !== undefined) {
      const text = JSON.stringify(draft.request.token);
      if (!tokens.has(text)) tokens.set(text, `token-${tokens.size + 1}`);
    }
  const specs = [...tokens].map(([text, id]): [string, TokenSpec] => [
    id,
    nativeJson(text) as TokenSpec,
  ]);
  const issuers = [...new Set(specs.flatMap(([, { issuer }]) => issuer ?? []))];
  return {
    metadata: { name },
    spec: defined({
      mesh: paths,
      namespace,
      environment: { istio: mesh.release.istio.split(".").slice(0, 2).join(".") },
      keys: listed(issuers.map((issuer) => [issuer, "trusted"])),
      workloads: listed([...statedIn(found)]),
      actors: listed([...actors].map(([caller, actor]) => [actor, caller])),
      tokens: listed(specs),
      tests: found.map((each) => testOf(each, actors, tokens)),
    }),
  };
}

/** The workloads that were made up; the ports of one add up. */
function statedIn(found: readonly Found[]): ReadonlyMap<string, StatedWorkload> {
  const stated = new Map<string, StatedWorkload>();
  for (const { draft } of found) {
    const [name, workload] = draft.target.stated ?? [];
    if (name === undefined || workload === undefined) continue;
    const ports = { ...stated.get(name)?.ports, ...workload.ports };
    stated.set(name, { ...workload, ports });
  }
  return stated;
}

function listed<Value>(
  pairs: readonly (readonly [string, Value])[],
): Readonly<Record<string, Value>> | undefined {
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

function accountIn({ request }: Draft): readonly string[] {
  const { from } = request;
  return typeof from === "string" && from.startsWith("sa/") ? [from] : [];
}

/** A name for every caller: that of its account, with the namespace where two would be called the same. */
function actorsOf(callers: readonly string[]): ReadonlyMap<string, string> {
  const actors = new Map<string, string>();
  for (const caller of new Set(callers)) {
    const [, namespace = "", account = ""] = caller.split("/");
    const taken = [...actors.values()].includes(account) || account === "default";
    actors.set(caller, taken ? `${namespace}-${account}` : account);
  }
  return actors;
}

function testOf(
  { rule, draft, expect }: Found,
  actors: ReadonlyMap<string, string>,
  tokens: ReadonlyMap<string, string>,
): Test {
  const { token, from, http, ...rest } = draft.request;
  const caller = typeof from === "string" ? (actors.get(from) ?? from) : undefined;
  const { method = "GET", path = "/", host = "", headers } = http;
  const use = token === undefined ? undefined : tokens.get(JSON.stringify(token));
  const short = `${method} ${host}${path}`;
  const request = defined({
    from: caller,
    ...rest,
    http: headers === undefined ? short : http,
    token: draft.carried === undefined || use === undefined ? use : { use, ...draft.carried },
  });
  return { name: `${rule} decides ${short} from ${caller ?? "anyone"}`, request, expect };
}
