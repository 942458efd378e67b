import type { Check, Evidence, Found } from "../check.ts";
import type { Point } from "../points.ts";
import { type Rewriting, rewritingsTo, withoutRewrite } from "../rewriting.ts";
import { samplesBy } from "../samples-at.ts";
import type { Scene } from "../scene.ts";
import { decidedOtherwise, isSentBy, requestBy, ruleOf } from "../through.ts";
import { type Value, valuesOn } from "../values.ts";

/** The workload sees paths and hosts as routes have rewritten them (ctx:T61, ctx:3.9). */
export const rewritten: Check = {
  code: "value/rewritten",
  title: "a route rewrites what a rule compares before the workload sees it",
  why: "A gateway, and the caller's own sidecar, rewrite paths and hosts as their routes say and then send the request on: the policy of the workload is asked about the new path. Write the rule as the workload sees it, or put it at the gateway, where the path is still what the client wrote.",
  *find(scene) {
    for (const value of valuesOn(scene.mesh, "path", "host"))
      for (const point of scene.boundTo(value.policy).filter(seesHttp).slice(0, 3))
        for (const rewriting of rewritingsTo(scene, point).filter(changes(value)))
          yield foundAt(scene, value, point, rewriting);
  },
};

function seesHttp({ plane }: Point): boolean {
  return plane === "sidecar" || plane === "waypoint";
}

function changes({ attribute }: Value): (rewriting: Rewriting) => boolean {
  return ({ rewrite: { authority, path, prefix, pattern } }) =>
    attribute.kind === "host"
      ? authority !== undefined
      : path !== undefined || prefix !== undefined || pattern !== undefined;
}

function foundAt(scene: Scene, value: Value, point: Point, rewriting: Rewriting): Found {
  const { resource } = rewriting.route.at;
  const isDenied = value.action === "DENY";
  const effect = isDenied ? "this does not keep it out" : "what this lets in is denied";
  return {
    at: value.at,
    message: `${resource.kind} \`${resource.namespace}/${resource.name}\` rewrites \`${value.text}\` on the way to \`${point.name}\`: ${effect} there`,
    ...(isDenied ? { severity: "info" } : {}), // it may be about what else is called so
    related: [{ message: "rewritten here", at: rewriting.route.at }],
    evidence: () => lost(scene, value, point, rewriting),
  };
}

function lost(
  { mesh }: Scene,
  value: Value,
  point: Point,
  rewriting: Rewriting,
): Evidence | undefined {
  const rule = ruleOf(mesh, value);
  const { route } = rewriting;
  if (rule === undefined || !isSentBy(mesh, rule, rewriting)) return undefined;
  for (const sample of samplesBy(mesh, rule, rewriting)) {
    const found = decidedOtherwise(mesh, requestBy(mesh, rewriting, point, sample), {
      value,
      point,
      without: "if the route did not rewrite",
      otherwise: () => withoutRewrite(mesh, route),
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
