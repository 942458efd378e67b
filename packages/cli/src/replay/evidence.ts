import type { Answer } from "@meshproof/engine";
import type { Observed } from "./logged.ts";

/** What an observation says of the decision. `rule`: which one, as `namespace/policy[index]`. Undefined: nothing (ctx:7.3). */
export interface Evidence {
  readonly decision: "allow" | "deny";
  readonly rule?: string;
}

const denials =
  /rbac_access_denied|jwt_authn_access_denied|ext_authz_(?:denied|error)|filter_chain_not_found|policy rejection|explicitly denied by|none allowed/;

/** Reads status and details as a proxy writes them. */
export function evidenceOf({ status, details = "" }: Observed): Evidence | undefined {
  if (denials.test(details)) {
    const rule = ruleIn(details);
    return { decision: "deny", ...(rule === undefined ? {} : { rule }) };
  }
  if (details === "via_upstream") return { decision: "allow" };
  const refused = status === 401 || status === 403; // by whom, nobody says
  return details === "" && !refused ? { decision: "allow" } : undefined;
}

function ruleIn(details: string): string | undefined {
  const [, namespace, policy, index] =
    /ns\[([^\]]*)\]-policy\[([^\]]*)\]-rule\[(\d+)\]/.exec(details) ?? [];
  return namespace === undefined ? undefined : `${namespace}/${policy}[${index}]`;
}

/** Whether an answer is what was observed. Undefined: the observation says nothing, or the answer does not know. */
export function agrees(answer: Answer, observed: Observed): boolean | undefined {
  const evidence = evidenceOf(observed);
  if (evidence === undefined || answer.decision === "undetermined") return undefined;
  if (evidence.decision !== answer.decision) return false;
  return evidence.rule === undefined || ruleText(answer) === evidence.rule;
}

/** The rule that decided: `shop/orders[0]`; "" where none did. */
export function ruleText({ by: [first] }: Answer): string {
  if (first === undefined) return "";
  const { policy, rule } = first;
  return `${policy.namespace}/${policy.name}${rule < 0 ? "" : `[${rule}]`}`;
}
