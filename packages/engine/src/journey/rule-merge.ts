import { fullHost } from "../istiod/route/short-names.ts";
import type { Other } from "../model/kubernetes.ts";
import type { Mesh, Release } from "../model/mesh.ts";
import { compareBytes, type ResourceKey } from "../model/place.ts";
import { behaves } from "../release.ts";
import { backendTlsRules } from "./backend-tls-policy.ts";
import { type Body, labels, mapping, mappings, text, texts } from "./body.ts";

/** A DestinationRule as istiod reads it: the host in full, the places that it is exported to as a set. */
export interface Rule {
  readonly key: ResourceKey;
  readonly createdAt: number;
  readonly host: string;
  readonly exportTo: ReadonlySet<string>; // empty: not stated. One with a workloadSelector: "." alone
  readonly selector?: Readonly<Record<string, string>>;
  readonly policyOf: ResourceKey; // the rule that `policy` was written in
  readonly policy?: Body;
  readonly subsets: readonly Body[];
  readonly made?: true; // by istiod, of a BackendTLSPolicy
}

/** Every DestinationRule of the mesh, and what BackendTLSPolicies are made into: those with a workloadSelector first, then the older, then by name. */
export function readRules(mesh: Mesh): readonly Rule[] {
  const written = mesh.inventory.others
    .filter(({ key }) => key.kind === "DestinationRule")
    .map(read);
  return [...backendTlsRules(mesh), ...written].toSorted(
    (a, b) =>
      Number(a.selector === undefined) - Number(b.selector === undefined) ||
      a.createdAt - b.createdAt ||
      compareBytes(a.key.name, b.key.name),
  );
}

function read({ key, createdAt, body }: Other): Rule {
  const spec = mapping(body, "spec");
  const host = text(spec, "host") ?? "";
  const selecting = "workloadSelector" in spec;
  return {
    key,
    createdAt: createdAt ?? 0,
    host: fullHost(host, key.namespace),
    exportTo: new Set(selecting ? ["."] : texts(spec, "exportTo")),
    ...(selecting ? { selector: labels(mapping(spec, "workloadSelector"), "matchLabels") } : {}),
    policyOf: key,
    ...("trafficPolicy" in spec ? { policy: mapping(spec, "trafficPolicy") } : {}),
    subsets: mappings(spec, "subsets"),
  };
}

/**
 * What istiod makes of the rules that one namespace has for one host, in the order of `readRules`: each is merged into those
 * before it that it fits, and stands for itself too if there is one that it does not fit.
 * Follows istio/istio:pilot/pkg/model/destination_rule.go (an:PA-80).
 */
export function mergeRules(rules: readonly Rule[], release: Release): readonly Rule[] {
  const result: Rule[] = [];
  for (const rule of rules) {
    let alone = true;
    for (const [index, earlier] of result.entries()) {
      const fit = fits(rule, earlier);
      alone = fit !== "merged";
      if (fit !== "apart") result[index] = merged(earlier, rule, release);
    }
    if (alone) result.push(rule);
  }
  return result;
}

/** Whether a rule becomes a part of an earlier one, and whether it then still stands for itself: the last of the earlier ones decides that. */
function fits(rule: Rule, earlier: Rule): "apart" | "both" | "merged" {
  const same = isSubset(earlier.exportTo, rule.exportTo);
  const equal = same && earlier.exportTo.size === rule.exportTo.size;
  if (!equal && (earlier.exportTo.size === 0 || !same)) return "apart";
  if (rule.selector === undefined && earlier.selector === undefined) return "merged";
  if (rule.selector === undefined || earlier.selector === undefined)
    return equal ? "merged" : "both";
  return sameLabels(rule.selector, earlier.selector) ? "merged" : "apart";
}

function isSubset(small: ReadonlySet<string>, large: ReadonlySet<string>): boolean {
  return [...small].every((each) => large.has(each));
}

function sameLabels(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}

/** The first trafficPolicy, and the subsets of both: of two with one name the first. */
function merged(earlier: Rule, rule: Rule, release: Release): Rule {
  const names = new Set(earlier.subsets.map((subset) => text(subset, "name")));
  const fills = behaves(release, "destination-rules-over-backend-policies") && earlier.made;
  const first = earlier.policy === undefined && rule.policy !== undefined ? rule : earlier;
  const counting = fills && rule.made !== true ? filled(rule, earlier) : first;
  return {
    ...earlier,
    policyOf: counting.policyOf,
    ...(counting.policy === undefined ? {} : { policy: counting.policy }),
    subsets: [
      ...earlier.subsets,
      ...rule.subsets.filter((subset) => !names.has(text(subset, "name"))),
    ],
  };
}

/** What somebody wrote, and for what it leaves out what istiod made: `destination_rule.go`, mergeBackendPolicyTrafficPolicy. */
function filled(written: Rule, made: Rule): Pick<Rule, "policyOf" | "policy"> {
  if (written.policy === undefined || made.policy === undefined)
    return written.policy === undefined ? made : written;
  const own = mappings(written.policy, "portLevelSettings");
  const number = (entry: Body): unknown => mapping(entry, "port")["number"];
  const more = mappings(made.policy, "portLevelSettings");
  const entries = [
    ...own.map((entry) => ({ ...more.find((each) => number(each) === number(entry)), ...entry })),
    ...more.filter((each) => !own.some((entry) => number(entry) === number(each))),
  ];
  return {
    policyOf: "tls" in written.policy ? written.policyOf : made.policyOf,
    policy: { ...made.policy, ...written.policy, portLevelSettings: entries },
  };
}
