import type {
  Edit,
  ExplainedBranch,
  ExplainedCondition,
  ExplainedHop,
  ExplainedLayer,
  ExplainedPolicy,
  ExplainedRule,
  Explanation,
  Mesh,
  Place,
  RuleRef,
} from "@meshproof/engine";
import { type CaseResult, policyName, reasonOf, ruleName, statusSeen } from "@meshproof/testkit";
import { noteJson } from "./describe-json.ts";
import { positionOf, type Texts } from "./position.ts";

type At = (place: Place | undefined) => object | undefined;

/** One explanation for programs: `docs/cli.md` describes it; fields are added, never changed. */
export function explanationJson(
  { test, name, request }: CaseResult,
  { verdict, branches }: Explanation,
  mesh: Mesh,
  texts: Texts,
): object {
  const at: At = (place) => {
    const span = place && mesh.locate(place);
    return span && positionOf(span, texts);
  };
  return {
    test,
    case: name,
    request,
    decision: verdict.decision,
    status: statusSeen(verdict),
    reason: reasonOf(verdict),
    by: verdict.by.map((rule) => refJson(rule, at)),
    branches: branches.map((branch) => branchJson(branch, at)),
  };
}

function branchJson(branch: ExplainedBranch, at: At): object {
  const { when, decision, outcome, hops, near, edits, traps } = branch;
  return {
    when: when.map(({ id, value }) => ({ id, value })),
    decision,
    outcome,
    traps: traps.map(({ id, text, at: place }) => ({ id, text, at: at(place) })),
    hops: hops.map((hop) => hopJson(hop, at)),
    near: near.map(({ rule, action, failing }) => ({
      ...refJson(rule, at),
      action,
      failing: failing.map((condition) => conditionJson(condition, at)),
    })),
    edits: edits.map((edit) => editJson(edit, at)),
  };
}

function refJson(rule: RuleRef, at: At): object {
  return {
    policy: policyName(rule.policy),
    kind: rule.policy.kind,
    rule: rule.rule,
    at: at(rule.at),
  };
}

function hopJson({ hop, chain, layers, unbound, unknown }: ExplainedHop, at: At): object {
  const { point, proxy, enforced, why, saw, told, side, leaves } = hop;
  return {
    point,
    side,
    proxy,
    leaves,
    enforced,
    why,
    saw,
    unknown: [...unknown],
    transport: told?.connection.transport,
    chain: chain?.chain && {
      name: chain.chain.name,
      kind: chain.chain.kind,
      match: chain.chain.match,
    },
    port: chain?.port,
    mode: chain?.mode && { mode: chain.mode.mode, at: at(chain.mode.by) },
    layers: layers.map((layer) => layerJson(layer, at)),
    unbound: unbound.map((note) => noteJson(note, at)),
  };
}

function layerJson(
  { layer, result, text, by, policies, provider, jwt }: ExplainedLayer,
  at: At,
): object {
  return {
    layer,
    result,
    text,
    by: by.map((rule) => refJson(rule, at)),
    provider,
    issuers: jwt?.providers.map(({ issuer, audiences, at: place }) => ({
      issuer,
      audiences,
      at: at(place),
    })),
    tokens: jwt?.tokens.map(({ issuer, subject, audiences, expires }) => ({
      issuer,
      subject,
      audiences,
      expires,
    })),
    policies: policies.map((policy) => policyJson(policy, at)),
  };
}

function policyJson({ key, action, dryRun, rules, notes }: ExplainedPolicy, at: At): object {
  return {
    policy: policyName(key),
    kind: key.kind,
    action,
    dryRun,
    rules: rules.map((rule) => ruleJson(rule, at)),
    notes: notes.map((note) => noteJson(note, at)),
  };
}

function ruleJson({ ref, holds, never, parts }: ExplainedRule, at: At): object {
  return {
    rule: ref.rule,
    holds,
    never,
    at: at(ref.at),
    parts: parts.map(({ of, holds: some, alternatives }) => ({
      of,
      holds: some,
      alternatives: alternatives.map(({ index, holds: every, conditions }) => ({
        index,
        holds: every,
        conditions: conditions.map((condition) => conditionJson(condition, at)),
      })),
    })),
  };
}

function conditionJson(condition: ExplainedCondition, at: At): object {
  const { field, negated, expected, actual, known, holds, at: place } = condition;
  return { field, negated, expected, actual, known, holds, at: at(place) };
}

function editJson(edit: Edit, at: At): object {
  const { decision, by } = edit.verdict;
  const becomes = { decision, status: statusSeen(edit.verdict), by: by.map(ruleName) };
  switch (edit.kind) {
    case "request":
      return { kind: edit.kind, changes: edit.changes, becomes };
    case "policy":
      return {
        kind: edit.kind,
        changes: edit.changes.map((change) => ({
          policy: policyName(change.at.resource),
          path: change.at.path,
          do: change.do,
          values: change.values,
          left: change.left,
          at: at(change.at),
        })),
        becomes,
      };
    case "create": {
      const { kind, namespace, name } = edit.resource;
      return { kind: edit.kind, resource: { kind, namespace, name }, spec: edit.spec, becomes };
    }
    case "setting":
      return { kind: edit.kind, name: edit.name, value: edit.value, becomes };
  }
}
