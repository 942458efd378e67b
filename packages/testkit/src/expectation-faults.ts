import { didYouMean, type Mesh, type ResourceKey } from "@meshproof/engine";
import { policyName } from "./answer.ts";
import { reachedParts } from "./expect-reaches.ts";
import { type Expectation, type ExpectedVerdict, listOf } from "./suite.ts";

/** What is wrong with one field of an expectation beyond its shape. */
export interface ExpectationFault {
  readonly field: keyof ExpectedVerdict;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Kinds of proxies, and that there is none. */
export const points: readonly string[] = [
  "sidecar",
  "gateway",
  "waypoint",
  "ztunnel",
  "proxyless",
  "none",
];

/** A name may be one of a proxy or a host; where only the suite is known, any that is not nearly another word. */
function mayBeName(name: string): boolean {
  const isBare = /^[a-z\d]([-a-z\d]*[a-z\d])?$/i.test(name);
  return /[/.]/.test(name) || (isBare && didYouMean(name, points) === undefined);
}

/** Names that nothing can have, whatever is loaded: an expectation with one would never hold, and its opposite always. */
export function expectationNames(expect: Expectation | undefined): readonly ExpectationFault[] {
  if (typeof expect !== "object") return [];
  const { reaches, hop } = expect;
  const faults: ExpectationFault[] = [];
  if (reaches !== undefined && reachedParts(reaches) === undefined)
    faults.push({
      field: "reaches",
      message: `\`${reaches}\` is no workload`,
      hint: "NAMESPACE/NAME or NAMESPACE/NAME:PORT, the workload and its own port: not a Service's",
    });
  if (hop !== undefined && !points.includes(hop) && !mayBeName(hop))
    faults.push({
      field: "hop",
      message: `\`${hop}\` is no proxy`,
      hint:
        didYouMean(hop, points) ??
        `one of ${points.join(", ")}, or a name: NAMESPACE/NAME, or a host outside of the mesh`,
    });
  return faults;
}

/** Rules that no loaded policy has. */
export function unknownRules(expect: Expectation, mesh: Mesh): readonly ExpectationFault[] {
  if (typeof expect !== "object") return [];
  const known = policiesOf(mesh);
  const { by, audit, dryRun } = expect;
  const stated: readonly (readonly [keyof ExpectedVerdict, string])[] = [
    ...listOf(by).map((rule) => ["by", rule] as const),
    ...listOf(audit).map((rule) => ["audit", rule] as const),
    ...listOf(dryRun?.deny).map((rule) => ["dryRun", rule] as const),
    ...listOf(dryRun?.allow).map((rule) => ["dryRun", rule] as const),
  ];
  return stated.flatMap(([field, rule]): readonly ExpectationFault[] => {
    const [, name = rule, index] = /^(.*?)(?:\[(\d+)\])?$/.exec(rule) ?? [];
    const rules = known.get(name);
    if (rules === undefined) {
      const hint = didYouMean(name, [...known.keys()]);
      return [{ field, message: `no policy \`${name}\` was loaded`, hint }];
    }
    if (index === undefined || Number(index) < rules) return [];
    return [{ field, message: `\`${name}\` has no rule ${index}` }];
  });
}

/** How many rules each policy has, by its name; where two kinds have one name, the most. */
function policiesOf(mesh: Mesh): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const add = (key: ResourceKey, rules: number): void => {
    const name = policyName(key);
    known.set(name, Math.max(known.get(name) ?? 0, rules));
  };
  for (const { key, spec } of mesh.authorizationPolicies) add(key, spec.rules?.length ?? 0);
  for (const { key, spec } of mesh.requestAuthentications) add(key, spec.jwtRules?.length ?? 0);
  for (const { key } of mesh.peerAuthentications) add(key, 0);
  return known;
}
