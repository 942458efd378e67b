import { holds, type Read, type Recorder } from "../envoy/rbac.ts";
import { keyText } from "../model/place.ts";
import type { Program, RbacFilter } from "../model/program.ts";
import type { Rule } from "../model/rule.ts";

/** What the policies say of one connection, and why. */
export interface ZtunnelDecision {
  readonly decision: "allow" | "deny";
  readonly reason: "deny-policy" | "no-allow-policy" | "allow-policy" | "no-allow-match";
  readonly by: readonly Rule[]; // of each deciding policy the first rule that holds; ztunnel names any one of the policies
  readonly dryRun: {
    readonly deny: readonly Rule[];
    readonly allow: readonly Rule[];
    readonly wouldDenyByDefault: boolean; // nothing denies, ALLOW policies are only tried, and none of them holds
  };
}

/** Who is told of each clause that is looked at in an enforced rule. */
export interface Recorders {
  readonly deny?: Recorder;
  readonly allow?: Recorder;
}

/** DENY, PeerAuthentication included, then ALLOW; dry-run policies never decide (az:ZT-12). `ztunnel:src/state.rs#assert_rbac` */
export function decideZtunnel(
  program: Program,
  read: Read,
  record: Recorders = {},
): ZtunnelDecision {
  const deny = filterOf(program, "DENY");
  const allow = filterOf(program, "ALLOW");
  const denying = matching(deny?.rules, read, record.deny);
  const tried = matching(allow?.dryRun, read);
  const onlyTried = !allow?.rules && allow?.dryRun !== undefined && denying.length === 0;
  const dryRun = {
    deny: matching(deny?.dryRun, read),
    allow: tried,
    wouldDenyByDefault: onlyTried && tried.length === 0,
  };
  if (denying.length > 0) return { decision: "deny", reason: "deny-policy", by: denying, dryRun };
  if (!allow?.rules) return { decision: "allow", reason: "no-allow-policy", by: [], dryRun };
  const allowing = matching(allow.rules, read, record.allow);
  if (allowing.length > 0)
    return { decision: "allow", reason: "allow-policy", by: allowing, dryRun };
  return { decision: "deny", reason: "no-allow-match", by: [], dryRun };
}

/** The filter of an action. All chains of a ztunnel program have the same two. */
export function filterOf(program: Program, action: RbacFilter["action"]): RbacFilter | undefined {
  return program.listeners[0]?.chains[0]?.filters
    .filter((filter) => filter.kind === "rbac")
    .find((filter) => filter.action === action);
}

/** The first rule that holds of each policy: ztunnel looks no further in one. */
function matching(
  rules: readonly Rule[] | undefined,
  read: Read,
  record?: Recorder,
): readonly Rule[] {
  const first = new Map<string, Rule>();
  for (const rule of rules ?? []) {
    const policy = keyText(rule.policy);
    if (!first.has(policy) && holds(rule, read, record)) first.set(policy, rule);
  }
  return [...first.values()];
}

/** The name under which ztunnel knows the policy of a rule: `namespace/name`, also for what istiod made of a PeerAuthentication. */
export function ztunnelKey({ name }: Rule): string {
  return name.slice(0, name.lastIndexOf("["));
}
