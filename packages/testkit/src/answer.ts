import type {
  Branch,
  Hop,
  Layer,
  Outcome,
  ResourceKey,
  RuleRef,
  Step,
  Verdict,
} from "@meshproof/engine";

/** The last hop of a branch: where it was decided. */
export function decidingHop({ hops }: Branch): Hop | undefined {
  return hops.at(-1);
}

const layers: Partial<Readonly<Record<Outcome["kind"], Layer>>> = {
  "tls-failed": "mtls",
  "no-chain": "mtls",
  "protocol-error": "http",
  "not-served": "config",
};

/** The layers that decided, one of each branch. */
export function layersOf({
  layer,
  branches,
}: Pick<Verdict, "layer" | "branches">): readonly (Layer | undefined)[] {
  if (layer !== undefined) return [layer];
  return [
    ...new Set(
      branches.map((branch) => decidingStep(branch)?.layer ?? layers[branch.outcome.kind]),
    ),
  ];
}

/** The step that refused, or the last that let pass. */
export function decidingStep(branch: Branch): Step | undefined {
  const steps = decidingHop(branch)?.steps ?? [];
  return (
    steps.find(({ result }) => result === "refuse") ??
    steps.findLast(({ layer, result }) => result === "pass" && deciding.has(layer))
  );
}

const deciding: ReadonlySet<Layer> = new Set(["allow", "capture"]);

/** What the caller sees as a status: that of a reply; 200 stands for what the workload answers. */
export function statusOf(outcome: Outcome | undefined): number | undefined {
  if (outcome === undefined) return undefined;
  if (outcome.status !== undefined) return outcome.status;
  return outcome.kind === "forwarded" && outcome.received !== undefined ? 200 : undefined;
}

/** The status of a whole answer. Where a ztunnel lets HTTP through last, the proxy before it knows that it is HTTP. */
export function statusSeen({
  outcome,
  branches,
}: Pick<Verdict, "outcome" | "branches">): number | undefined {
  const own = statusOf(outcome);
  if (own !== undefined || outcome?.kind !== "forwarded") return own;
  const [status, ...others] = new Set(branches.map((branch) => statusOf(wholeOutcome(branch))));
  return others.length === 0 ? status : undefined;
}

/** The outcome of a branch with what the workload receives. */
export function wholeOutcome(branch: Branch): Outcome {
  const request = receivedOf(branch);
  return { ...branch.outcome, ...(request && { received: request }) };
}

/** What the workload receives as HTTP. What a ztunnel passes on last, the proxy before it knows. */
export function receivedOf({ outcome, hops }: Branch): Outcome["received"] {
  if (outcome.received !== undefined || outcome.kind !== "forwarded") return outcome.received;
  return hops.findLast((hop) => hop.outcome.received !== undefined)?.outcome.received;
}

/** `shop/orders`, or the name alone for what has no namespace. */
export function policyName({ namespace, name }: Pick<ResourceKey, "namespace" | "name">): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}

/** `shop/orders[0]`; a policy as a whole has no index. */
export function ruleName({ policy, rule }: RuleRef): string {
  return rule < 0 ? policyName(policy) : `${policyName(policy)}[${rule}]`;
}

/** Why it was decided so, in the words of the deciding layer: "no ALLOW rule matched (2 policies, 3 rules)". */
export function reasonOf(verdict: Verdict): string {
  const texts = new Set(verdict.branches.map(reasonOfBranch));
  return [...texts].join("; or ");
}

function reasonOfBranch(branch: Branch): string {
  const step = decidingStep(branch);
  const hop = decidingHop(branch);
  const { details, kind } = branch.outcome;
  if (step?.layer === "allow" && step.text === undefined) return allowText(step);
  if (step !== undefined) return step.text ?? details ?? kind;
  if (hop?.enforced === false) return hop.why ?? details ?? kind;
  return branch.decision === "allow" ? "no ALLOW policy applies" : (details ?? kind);
}

function allowText({ result, policies = 0, rules = 0, by }: Step): string {
  if (by.length > 0) return by.map(ruleName).join(", ");
  if (result === "pass") return "no ALLOW policy applies";
  if (rules === 0) return "an ALLOW policy applies, and no rule of it can match";
  return `no ALLOW rule matched (${countOf(policies, "policy", "policies")}, ${countOf(rules, "rule", "rules")})`;
}

/** "1 rule", "2 rules". */
export function countOf(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
