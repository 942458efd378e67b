import type { Note, NoteCode } from "../../model/note.ts";
import { compareBytes, type Path } from "../../model/place.ts";
import type { Action, AuthorizationPolicy } from "../../model/policy.ts";
import type { Refusal } from "../../model/program.ts";
import type { Rule } from "../../model/rule.ts";
import { type Target, type Translated, translateRule } from "./rule.ts";
import type { PlacedFailure, Remark } from "./side.ts";
import type { Reading } from "./term.ts";

/** How policies are read in one mesh. */
export type MeshReading = Omit<Reading, "namespace">;

/** Policies of one action as one proxy is told of them, in byte order of the rule names (az:ENV-5). */
export interface Rules {
  readonly rules: readonly Rule[];
  readonly notes: readonly Note[];
  readonly refused?: Refusal; // Envoy does not take a filter with these rules
}

/** How the rules of a filter are named: `PREFIXns[NAMESPACE]-policy[NAME]-rule[INDEX]SUFFIX`. */
export interface Naming {
  readonly prefix: string;
  readonly suffix: string;
}

const plain: Naming = { prefix: "", suffix: "" };

/**
 * The rules of some policies of one action. A policy without rules becomes one that never holds; of a policy whose rules all
 * fall, nothing is left (az:3.3). Follows istio/istio:pilot/pkg/security/authz/builder/builder.go.
 */
export function translatePolicies(
  policies: readonly AuthorizationPolicy[],
  chain: Target["chain"],
  reading: MeshReading,
  naming: Naming = plain,
): Rules {
  const key = JSON.stringify([chain, reading, naming]);
  const readings = new Map<string, Reading>();
  const read = policies.flatMap((policy) => {
    const { namespace } = policy.key;
    const own = readings.get(namespace) ?? { ...reading, namespace };
    readings.set(namespace, own);
    return remembered(policy, key, () => translatePolicy(policy, chain, own, naming));
  });
  const sorted = read.toSorted((a, b) => compareBytes(a.name, b.name));
  const refused = firstRefusal(sorted);
  return {
    rules: sorted.flatMap(({ translated }) => translated.rule ?? []),
    notes: read.flatMap(notesOf),
    ...(refused ? { refused } : {}),
  };
}

interface Named {
  readonly name: string;
  readonly policy: AuthorizationPolicy;
  readonly index: number;
  readonly translated: Translated;
}

const translations = new WeakMap<AuthorizationPolicy, Map<string, readonly Named[]>>();

/** A policy is translated once for all proxies, and for all meshes that hold it and read it alike. */
function remembered(
  policy: AuthorizationPolicy,
  key: string,
  translate: () => readonly Named[],
): readonly Named[] {
  const known = translations.get(policy) ?? new Map<string, readonly Named[]>();
  translations.set(policy, known);
  const read = known.get(key) ?? translate();
  known.set(key, read);
  return read;
}

function translatePolicy(
  policy: AuthorizationPolicy,
  chain: Target["chain"],
  reading: Reading,
  { prefix, suffix }: Naming,
): readonly Named[] {
  const { namespace, name } = policy.key;
  const nameOf = (index: number): string =>
    `${prefix}ns[${namespace}]-policy[${name}]-rule[${index}]${suffix}`;
  const rules = policy.spec.rules ?? [];
  if (rules.length === 0)
    return [{ name: nameOf(0), policy, index: -1, translated: never(policy, nameOf(0)) }];
  const target = { chain, strict: actionOf(policy) === "ALLOW", latin1: reading.latin1 };
  return rules.map((_, index) => {
    const translated = translateRule(policy, index, nameOf(index), reading, target);
    return { name: nameOf(index), policy, index, translated };
  });
}

function never({ key }: AuthorizationPolicy, name: string): Translated {
  const rule: Rule = { name, policy: key, index: -1, groups: [{ of: "rule", any: [] }] };
  return { rule, remarks: [], failures: [] };
}

/** The action of a policy: ALLOW where it says nothing. */
export function actionOf({ spec }: AuthorizationPolicy): Action {
  return spec.action ?? "ALLOW";
}

/** What Envoy finds before it builds any matcher comes first. */
function firstRefusal(read: readonly Named[]): Refusal | undefined {
  const failing = read.filter(({ translated }) => translated.failures.length > 0);
  const all = failing.flatMap((named) =>
    named.translated.failures.map((failure) => ({ named, failure })),
  );
  const first = all.find(({ failure }) => failure.failure.early) ?? all[0];
  return first && refusalOf(first.named, first.failure);
}

function refusalOf({ policy, index }: Named, { failure, path }: PlacedFailure): Refusal {
  const { effect, cause } = failure;
  return { effect, cause, at: { resource: policy.key, path: below(index, path) } };
}

function below(index: number, path: Path): Path {
  return ["spec", "rules", index, ...path];
}

function notesOf({ policy, index, translated }: Named): readonly Note[] {
  const { skipped, skippedAt = [], remarks } = translated;
  if (!skipped && remarks.length === 0) return [];
  const action = actionOf(policy);
  const at = (path: Path): Note["at"] => ({ resource: policy.key, path: below(index, path) });
  if (skipped) {
    const effect = effectOf(action, "less");
    return [{ kind: "rule-skipped", because: skipped, at: at(skippedAt), effect }];
  }
  return remarks.map(({ what, because, path, matches }) => ({
    kind: kinds[what],
    because,
    at: at(path),
    effect: effectOf(action, matches),
  }));
}

const kinds: Readonly<Record<Remark["what"], Note["kind"]>> = {
  value: "value-dropped",
  side: "condition-dropped",
  rewritten: "value-rewritten",
};

/** What it does to access that a rule holds more or less often. */
function effectOf(action: Action, matches: Remark["matches"]): Note["effect"] {
  if (action === "AUDIT" || matches === "same") return "none";
  return (action === "ALLOW") === (matches === "more") ? "wider" : "narrower";
}

/** A note on a whole policy. */
export function policyNote(
  { key }: AuthorizationPolicy,
  kind: Note["kind"],
  because: NoteCode,
  effect: Note["effect"],
  path: Path = ["spec"],
): Note {
  return { kind, because, at: { resource: key, path }, effect };
}
