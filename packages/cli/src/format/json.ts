import type { Finding, Hop, Mesh, RuleRef, Step, Verdict } from "@meshproof/engine";
import {
  type CaseResult,
  layersOf,
  policyName,
  reasonOf,
  type SuiteResult,
  statusSeen,
} from "@meshproof/testkit";
import { conditionText } from "./explain-condition.ts";
import { positionOf, type Texts } from "./position.ts";
import { sentText } from "./sent.ts";

/** What places are looked up in, and whether policies that do not apply are told: of many requests they are the most. */
export interface Telling extends Texts {
  readonly verbose: boolean;
}

/** The result of a check for programs: `docs/cli.md` describes it; fields are added, never changed. */
export function checkJson(
  results: readonly SuiteResult[],
  findings: readonly Finding[],
  texts: Telling,
): string {
  const document = {
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "CheckResult",
    results: results.flatMap((result) => result.cases.map((each) => caseJson(each, result, texts))),
    findings: findings.map((finding) => findingJson(finding, texts)),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function caseJson(each: CaseResult, { name, loaded }: SuiteResult, texts: Telling): object {
  const { request, verdict, expect, failures, skipped } = each;
  return {
    suite: name,
    test: each.test,
    case: each.name,
    variant: each.variant,
    apart: each.apart,
    sent: each.variant === undefined ? undefined : sentText(request),
    modes: each.modes,
    ms: each.ms === undefined ? undefined : Math.round(each.ms * 1000) / 1000,
    at: texts.texts.has(each.at.file) ? positionOf(each.at, texts) : undefined,
    request,
    skipped,
    ...(verdict === undefined ? {} : verdictJson(verdict, loaded?.mesh, texts)),
    expect,
    failures: expect === undefined ? undefined : failures,
    near: each.near && {
      ...ruleJson(each.near.rule, loaded?.mesh, texts),
      failing: each.near.failing.map(
        (condition) => `${condition.field}: ${conditionText(condition)}`,
      ),
    },
  };
}

function verdictJson(verdict: Verdict, mesh: Mesh | undefined, texts: Telling): object {
  const { decision, outcome, by, facts, branches } = verdict;
  const layers = layersOf(verdict);
  return {
    decision,
    status: statusSeen(verdict),
    layer: layers.length === 1 ? layers[0] : undefined,
    by: by.map((rule) => ruleJson(rule, mesh, texts)),
    reason: reasonOf(verdict),
    outcome,
    facts: facts.map(({ id, state, value, then }) => ({ id, state, value, then })),
    branches: branches.map((branch) => ({
      when: branch.when.map(({ id, value }) => ({ id, value })),
      decision: branch.decision,
      outcome: branch.outcome,
      hops: branch.hops.map((hop) => hopJson(hop, mesh, texts)),
    })),
  };
}

function hopJson(hop: Hop, mesh: Mesh | undefined, texts: Telling): object {
  const { point, proxy, enforced, why, chain, saw, steps, notes, side, leaves } = hop;
  const told = notes.filter(({ kind }) => texts.verbose || kind !== "policy-not-bound");
  return {
    point,
    side,
    proxy,
    leaves,
    enforced,
    why,
    chain,
    saw,
    steps: steps.map((step) => stepJson(step, mesh, texts)),
    notes: told.map(({ kind, because, effect, at }) => ({
      kind,
      because,
      effect,
      policy: policyName(at.resource),
      at: at === undefined ? undefined : placeJson(at, mesh, texts),
    })),
  };
}

function stepJson(step: Step, mesh: Mesh | undefined, texts: Texts): object {
  const { layer, result, by, rules, policies, text, dryRun } = step;
  const rulesJson = (refs: readonly RuleRef[]): readonly object[] =>
    refs.map((rule) => ruleJson(rule, mesh, texts));
  return {
    layer,
    result,
    by: rulesJson(by),
    policies,
    rules,
    text,
    dryRun: dryRun === undefined ? undefined : { ...dryRun, by: rulesJson(dryRun.by) },
  };
}

/** The reference to a rule for programs. */
export function ruleJson(
  { policy, rule, at }: RuleRef,
  mesh: Mesh | undefined,
  texts: Texts,
): object {
  return { policy: policyName(policy), kind: policy.kind, rule, at: placeJson(at, mesh, texts) };
}

function placeJson(at: RuleRef["at"], mesh: Mesh | undefined, texts: Texts): object | undefined {
  const span = mesh?.locate(at);
  return span === undefined ? undefined : positionOf(span, texts);
}

/** A finding for programs. */
function findingJson(finding: Finding, texts: Texts): object {
  const { code, severity, message, hint, at, related = [] } = finding;
  const others = related.map((other) => ({
    message: other.message,
    at: positionOf(other.at, texts),
  }));
  return { code, severity, message, hint, at: positionOf(at, texts), related: others };
}
