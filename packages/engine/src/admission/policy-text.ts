import type { RuleRef } from "../model/verdict.ts";

/** `shop/orders[0]`; a policy as a whole has no index. */
export function policyText({ policy, rule }: RuleRef): string {
  const name = policy.namespace === "" ? policy.name : `${policy.namespace}/${policy.name}`;
  return rule < 0 ? name : `${name}[${rule}]`;
}
