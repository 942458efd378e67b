import { changeMesh } from "../../explain/change-mesh.ts";
import type { PolicyChange } from "../../explain/explanation.ts";
import { otherHalf } from "../../explain/traps/rules.ts";
import type { AuthorizationPolicy } from "../../model/policy.ts";
import { unlike } from "../alike.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence } from "../check.ts";
import { requestOf } from "../request-of.ts";
import { samplesAt, strangerAt } from "../samples-at.ts";
import type { Scene } from "../scene.ts";
import { allows, witnessed } from "../witness.ts";

/** Each dash is a rule of its own: `from` and `to` as separate items (product: split-rule). */
export const splitRule: Check = {
  code: "rule/split",
  title: "`from` and `to` stand in separate rules",
  why: "Each `-` below `rules` starts a rule of its own, and one rule that matches is enough. A rule with only `from` lets the caller do everything, the next one with only `to` lets everybody do that. If both were meant as one rule, the `-` before the second goes.",
  *find(scene) {
    const { mesh } = scene;
    for (const policy of mesh.authorizationPolicies) {
      if ((policy.spec.action ?? "ALLOW") !== "ALLOW") continue;
      const rules = policy.spec.rules ?? [];
      for (const index of rules.keys()) {
        const at = { resource: policy.key, path: ["spec", "rules", index] };
        const half = otherHalf({ policy: policy.key, rule: index, at }, { mesh });
        if (half === undefined || half.index !== index + 1) continue;
        const change: PolicyChange = { at: half.at, do: "join", values: [] };
        const open = half.has === "to" ? index : half.index;
        yield {
          at: half.at,
          message: `rule ${index} has only \`${half.has}\`, and rule ${half.index} only \`${half.lacks}\`: either is enough, and rule ${open} lets in everybody`,
          hint: "if both were meant, take the - before this rule away",
          related: [{ message: "the other half", at }],
          evidence: () => narrower(scene, policy, [index, half.index], change),
        };
      }
    }
  },
};

/** A request that gets in by one half, and by the joined rule no more. */
function narrower(
  scene: Scene,
  policy: AuthorizationPolicy,
  halves: readonly number[],
  change: PolicyChange,
): Evidence | undefined {
  const { assumed: mesh, boundTo } = scene;
  const joined = changeMesh(mesh, [change]);
  const points = boundTo(policy).filter(({ proxy }) => proxy !== undefined);
  if (joined === undefined) return undefined;
  const rules = httpRules(mesh, policy).filter(({ index }) => halves.includes(index));
  for (const point of unlike(points.slice(0, 3)))
    for (const rule of rules.toSorted((a, b) => Number(hasPeer(a)) - Number(hasPeer(b)))) {
      const [sample] = samplesAt(mesh, point, rule);
      const strange = sample && { ...strangerAt(mesh, point), ...sample };
      const request = strange && requestOf(mesh, point, strange);
      const found =
        request &&
        witnessed(mesh, [
          { request, wants: allows },
          {
            request,
            wants: ({ decision }) => decision === "deny",
            mesh: joined,
            without: "with both joined to one rule",
          },
        ]);
      if (found !== undefined) return found;
    }
  return undefined;
}

function hasPeer({ groups }: ReturnType<typeof httpRules>[number]): boolean {
  return groups.some(({ of }) => of === "from");
}
