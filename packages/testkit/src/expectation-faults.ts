import { didYouMean, type Mesh, type Path, type ResourceKey } from "@meshproof/engine";
import { policyName } from "./answer.ts";
import { reachedParts } from "./expect-reaches.ts";
import { type Expectation, type ExpectedVerdict, listOf, type OneOrMore } from "./suite.ts";

/** What is wrong with one field of an expectation beyond its shape. */
export interface ExpectationFault {
  readonly field: keyof ExpectedVerdict;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly within?: Path; // where in the field, if not all of it
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

/** Rules that no loaded policy has: a test of one can only fail. */
export function unknownRules(
  expect: Expectation | undefined,
  mesh: Mesh,
): readonly ExpectationFault[] {
  if (typeof expect !== "object") return [];
  const { by, audit, dryRun } = expect;
  const stated = [
    ...namedIn("by", by),
    ...namedIn("audit", audit),
    ...namedIn("dryRun", dryRun?.deny, ["deny"]),
    ...namedIn("dryRun", dryRun?.allow, ["allow"]),
  ];
  if (stated.length === 0) return [];
  const known = policiesOf(mesh);
  return stated.flatMap(({ rule, ...place }): readonly ExpectationFault[] => {
    const [, name = rule, index] = /^(.*?)(?:\[(\d+)\])?$/.exec(rule) ?? [];
    const rules = known.get(name);
    if (rules === undefined) {
      if (isWaypoints(name, mesh)) return [];
      const hint = policyMeant(name, [...known.keys()]);
      return [{ ...place, message: `no policy \`${name}\` was loaded`, hint }];
    }
    if (index === undefined || Number(index) < rules) return [];
    const hint = rules === 0 ? "it has none" : `its last one is \`${name}[${rules - 1}]\``;
    return [{ ...place, message: `\`${name}\` has no rule ${index}`, hint }];
  });
}

/** Who connects as a waypoint is let in by a policy that istiod makes of its Gateway (PILOT_AUTO_ALLOW_WAYPOINT_POLICY). */
function isWaypoints(name: string, { inventory }: Mesh): boolean {
  return inventory.others.some(({ key }) => key.kind === "Gateway" && policyName(key) === name);
}

interface NamedRule {
  readonly field: keyof ExpectedVerdict;
  readonly rule: string;
  readonly within: Path;
}

function namedIn(
  field: NamedRule["field"],
  rules: OneOrMore | undefined,
  within: Path = [],
): readonly NamedRule[] {
  if (typeof rules === "string") return [{ field, rule: rules, within }];
  return listOf(rules).map((rule, index) => ({ field, rule, within: [...within, index] }));
}

const mostListed = 5;

/** What may be written instead of the name of a policy that was not loaded. */
function policyMeant(name: string, known: readonly string[]): string | undefined {
  const [own, ...more] = known.filter((each) => each.endsWith(`/${name}`));
  if (own !== undefined && more.length === 0) return `write \`${own}\``;
  const near = didYouMean(name, known);
  if (near !== undefined || known.length === 0) return near;
  const others = known.length > mostListed ? ", ..." : "";
  return `loaded are ${known.slice(0, mostListed).join(", ")}${others}`;
}

const counted = new WeakMap<Mesh, ReadonlyMap<string, number>>();

/** How many rules each policy has, by its name; where two kinds have one name, the most. */
function policiesOf(mesh: Mesh): ReadonlyMap<string, number> {
  const before = counted.get(mesh);
  if (before !== undefined) return before;
  const known = new Map<string, number>();
  counted.set(mesh, known);
  const add = (key: ResourceKey, rules: number): void => {
    const name = policyName(key);
    known.set(name, Math.max(known.get(name) ?? 0, rules));
  };
  for (const { key, spec } of mesh.authorizationPolicies) add(key, spec.rules?.length ?? 0);
  for (const { key, spec } of mesh.requestAuthentications) add(key, spec.jwtRules?.length ?? 0);
  for (const { key } of mesh.peerAuthentications) add(key, 0);
  return known;
}
