import type { Mesh } from "../../model/mesh.ts";
import type { Check, Evidence } from "../check.ts";
import { anyPath } from "../only-value.ts";
import type { Point } from "../points.ts";
import { type Rewriting, rewritingsTo } from "../rewriting.ts";
import { sampleOf } from "../sample.ts";
import { samplesBy } from "../samples-at.ts";
import type { Scene } from "../scene.ts";
import { decidedOtherwise, isSentBy, requestBy, ruleOf } from "../through.ts";
import { type Value, valuesOn } from "../values.ts";

/** A prefix without its slash for one with it makes two of them (ctx:T58, ctx:T59). */
export const doubleSlash: Check = {
  code: "route/double-slash",
  title: "a rewritten prefix leaves two slashes, which no rule expects",
  why: "`rewrite.uri` of a VirtualService replaces the text that the prefix matched, and nothing tidies up: with `prefix: /api` and `rewrite: {uri: /}` the workload gets `//orders` for `/api/orders`. Write the prefix with the slash that the new one has, and one more match for the bare `/api`.",
  *find(scene) {
    for (const value of valuesOn(scene.mesh, "path"))
      for (const point of scene.boundTo(value.policy).filter(seesPaths).slice(0, 3))
        for (const rewriting of rewritingsTo(scene, point)) {
          const { prefix } = rewriting.rewrite;
          if (prefix === undefined || !prefix.to.endsWith("/") || prefix.from.endsWith("/"))
            continue;
          const effect = value.action === "DENY" ? "does not keep it out" : "does not let it in";
          yield {
            at: { ...rewriting.route.at, path: [...rewriting.route.at.path, "rewrite", "uri"] },
            message: `\`${prefix.from}/x\` comes to \`${point.name}\` as \`${prefix.to}/x\`: \`${value.text}\` of \`${value.policy.key.namespace}/${value.policy.key.name}\` ${effect}`,
            hint: `prefix: ${prefix.from}/`,
            related: [{ message: "the path that is meant", at: value.at }],
            evidence: () => unmatched(scene, value, point, rewriting),
          };
        }
  },
};

function seesPaths({ plane }: Point): boolean {
  return plane === "sidecar" || plane === "waypoint";
}

function unmatched(
  { mesh }: Scene,
  value: Value,
  point: Point,
  rewriting: Rewriting,
): Evidence | undefined {
  const rule = ruleOf(mesh, value);
  const meant = rule && sampleOf(mesh, rule)?.http.path;
  const { from = "", to = "" } = rewriting.rewrite.prefix ?? {};
  if (rule === undefined || meant === undefined || !meant.startsWith(to)) return undefined;
  if (!isSentBy(mesh, rule, rewriting)) return undefined;
  const path = `${from}/${meant.slice(to.length)}`;
  for (const sample of samplesBy(mesh, anyPath(rule), rewriting)) {
    const sent = { ...sample, http: { ...sample.http, path } };
    const found = decidedOtherwise(mesh, requestBy(mesh, rewriting, point, sent), {
      value,
      point,
      without: "if the mesh merged slashes",
      otherwise: () => merging(mesh),
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

const merged = new WeakMap<Mesh, Mesh>();

function merging(mesh: Mesh): Mesh {
  const pathNormalization = { normalization: "MERGE_SLASHES" } as const;
  const made = merged.get(mesh) ?? { ...mesh, config: { ...mesh.config, pathNormalization } };
  merged.set(mesh, made);
  return made;
}
