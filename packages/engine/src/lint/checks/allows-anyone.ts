import { otherHalf } from "../../explain/traps/rules.ts";
import { isDryRun } from "../../istiod/authorization/dry-run.ts";
import type { AuthorizationPolicy } from "../../model/policy.ts";
import type { Attribute, Rule } from "../../model/rule.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence } from "../check.ts";
import { requestOf } from "../request-of.ts";
import { stranger } from "../sample.ts";
import { samplesAt } from "../samples-at.ts";
import type { Scene } from "../scene.ts";
import { allows, witnessed } from "../witness.ts";

/** An ALLOW rule that does not say who. */
export const allowsAnyone: Check = {
  code: "security/allows-anyone",
  title: "one rule of a policy does not say who, and others do",
  why: "Whoever reaches the workload may do what the rule names, without identity and without token. That is right for a public page or a health check.",
  *find(scene) {
    const { mesh, boundTo } = scene;
    for (const policy of mesh.authorizationPolicies) {
      const points = boundTo(policy).filter(
        ({ plane }) => plane !== "gateway", // public pages are what gateways are for
      );
      if ((policy.spec.action ?? "ALLOW") !== "ALLOW" || isDryRun(policy) || points.length === 0)
        continue;
      const rules = httpRules(mesh, policy);
      for (const rule of rules.filter((each) => isOpen(each) && rules.some(asksWho))) {
        const ref = {
          policy: policy.key,
          rule: rule.index,
          at: { resource: policy.key, path: [] },
        };
        if (otherHalf(ref, scene) !== undefined) continue; // rule/split
        yield {
          at: { resource: policy.key, path: ["spec", "rules", rule.index] },
          message: "this rule does not say who: everybody may do what it names",
          evidence: () => anybody(scene, policy, rule),
        };
      }
    }
  },
};

const who: ReadonlySet<Attribute["kind"]> = new Set<Attribute["kind"]>([
  ...([
    "peer",
    "source.ip",
    "remote.ip",
    "request.principal",
    "claim",
    "header",
    "metadata",
  ] as const),
]);

function isOpen(rule: Rule): boolean {
  return rule.groups.length > 0 && !asksWho(rule);
}

function asksWho({ groups }: Rule): boolean {
  return groups.some(({ any }) =>
    any.every(({ all }) => all.some(({ attribute }) => who.has(attribute.kind))),
  );
}

function anybody(
  { mesh, boundTo }: Scene,
  policy: AuthorizationPolicy,
  rule: Rule,
): Evidence | undefined {
  for (const point of boundTo(policy).slice(0, 3)) {
    const [sample] = samplesAt(mesh, point, rule);
    const request = sample && requestOf(mesh, point, { ...sample, from: stranger(mesh) });
    const found = request && witnessed(mesh, [{ request, wants: allows }]);
    if (found !== undefined) return found;
  }
  return undefined;
}
