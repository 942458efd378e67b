import { isDryRun } from "../../istiod/authorization/dry-run.ts";
import type { AuthorizationPolicy } from "../../model/policy.ts";
import type { Clause, Rule } from "../../model/rule.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence, Found } from "../check.ts";
import { requestOf } from "../request-of.ts";
import { sampleOf } from "../sample.ts";
import type { Scene } from "../scene.ts";
import { allows, deniesBy, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** Whoever leaves out its certificate is not recognised (ctx:L-NEG-ONLY, az:ID). */
export const plaintextBypass: Check = {
  code: "identity/plaintext-bypass",
  title: "whom a rule keeps out gets in with plaintext",
  why: "Where plaintext is taken, a client may show no identity at all. A DENY on an identity then does not match, and an ALLOW that only excludes identities does. Set the workload's mTLS mode to STRICT, or allow the identities that are meant.",
  like: ["KIA0105"],
  find: (scene) =>
    scene.mesh.authorizationPolicies.flatMap((policy) => {
      const action = policy.spec.action ?? "ALLOW";
      if (isDryRun(policy)) return [];
      return action === "DENY" || action === "ALLOW" ? ofPolicy(scene, policy, action) : [];
    }),
};

function ofPolicy(
  scene: Scene,
  policy: AuthorizationPolicy,
  action: "ALLOW" | "DENY",
): readonly Found[] {
  const { mesh } = scene;
  const isAssumed = mesh.peerAuthentications.length === 0;
  const points = scene
    .boundTo(policy)
    .filter(({ plane }) => plane === "sidecar" || plane === "ambient");
  if (points.length === 0) return [];
  return httpRules(mesh, policy)
    .filter((rule) => evadable(rule, action) !== undefined)
    .map((rule) => ({
      at: { resource: policy.key, path: ["spec", "rules", rule.index] },
      message:
        action === "DENY"
          ? `whom this rule denies gets in at ${pointsText(points)} without mutual TLS`
          : `this rule only says who may not: whoever speaks plaintext to ${pointsText(points)} has no identity, and gets in`,
      ...(isAssumed ? { severity: "info" } : {}),
      evidence: () => evasion(scene, policy, rule),
    }));
}

/** Whether a rule hangs on who somebody is in a way that nobody escapes. */
function evadable({ groups }: Rule, action: "ALLOW" | "DENY"): Clause | undefined {
  const from = groups.filter(({ any }) => any.some(({ all }) => all.some(isPeer)));
  const clauses = from.flatMap(({ any }) => any.flatMap(({ all }) => all.filter(isPeer)));
  if (action === "DENY") return clauses.find(({ any }) => any !== undefined);
  const onlyExcluding = clauses.every(({ any, none }) => any === undefined && none !== undefined);
  return onlyExcluding ? clauses[0] : undefined;
}

function isPeer({ attribute }: Clause): boolean {
  return attribute.kind === "peer";
}

function evasion(scene: Scene, policy: AuthorizationPolicy, rule: Rule): Evidence | undefined {
  const { mesh } = scene;
  const action = policy.spec.action ?? "ALLOW";
  for (const point of scene.boundTo(policy).slice(0, 4)) {
    const sample = sampleOf(mesh, action === "DENY" ? rule : excluded(rule));
    const known = sample && requestOf(mesh, point, sample);
    const plain =
      sample && requestOf(mesh, point, sample, { from: "none", transport: "plaintext" });
    if (known === undefined || plain === undefined) continue;
    const found = witnessed(mesh, [
      { request: known, wants: deniesBy(action === "DENY" ? "deny" : "allow") },
      { request: plain, wants: allows },
    ]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whom an ALLOW rule excludes. */
function excluded(rule: Rule): Rule {
  const groups = rule.groups.map((group) => ({
    ...group,
    any: group.any.map((alternative) => ({
      ...alternative,
      all: alternative.all.map((clause) =>
        isPeer(clause) && clause.none !== undefined && clause.any === undefined
          ? { attribute: clause.attribute, field: clause.field, any: clause.none }
          : clause,
      ),
    })),
  }));
  return { ...rule, groups };
}
