import type { Mesh } from "../../model/mesh.ts";
import { keyText } from "../../model/place.ts";
import type { Verdict } from "../../model/verdict.ts";
import type { Check, Evidence } from "../check.ts";
import type { Point } from "../points.ts";
import { requestOf } from "../request-of.ts";
import { type Rewriting, rewritings } from "../rewriting.ts";
import type { Sample } from "../sample.ts";
import { samplesLetIn } from "../samples-at.ts";
import type { Scene } from "../scene.ts";
import { ruleOf } from "../through.ts";
import { type Value, valuesOn } from "../values.ts";
import { allows, deniesBy, witnessed } from "../witness.ts";

/** A gateway decides before it rewrites (ctx:T60). */
export const rewriteBypass: Check = {
  code: "security/rewrite-bypass",
  title: "a route leads to a denied path under another name",
  why: "A gateway asks its policies about the path that the client wrote, and rewrites afterwards. A DENY on a path does not see a request that only becomes that path. Deny the other path as well, or deny at the workload, which sees what comes out.",
  *find(scene) {
    if (rewritings(scene).length === 0) return;
    for (const value of valuesOn(scene.mesh, "path").filter(({ action }) => action === "DENY"))
      for (const point of scene.boundTo(value.policy).filter(({ plane }) => plane === "gateway"))
        for (const rewriting of rewritings(scene).filter(({ gateway }) => gateway === point)) {
          const { resource: key } = rewriting.route.at;
          yield {
            at: value.at,
            message: `\`${value.text}\` is denied at \`${point.name}\`, and ${key.kind} \`${key.namespace}/${key.name}\` leads there from another path`,
            related: [{ message: "rewritten here", at: rewriting.route.at }],
            evidence: () => around(scene, value, point, rewriting),
          };
        }
  },
};

function around(
  { mesh }: Scene,
  value: Value,
  point: Point,
  rewriting: Rewriting,
): Evidence | undefined {
  const rule = ruleOf(mesh, value);
  if (rule === undefined) return undefined;
  for (const sample of samplesLetIn(mesh, point, rule))
    for (const path of sources(rewriting, sample.http.path)) {
      const found = sameArrival(mesh, { value, point, sample, path });
      if (found !== undefined) return found;
    }
  return undefined;
}

/** Paths that a route makes this one of. */
function sources({ route, rewrite }: Rewriting, path: string): readonly string[] {
  const { prefix, path: whole, pattern } = rewrite;
  if (prefix?.to !== undefined && path.startsWith(prefix.to))
    return [`${prefix.from}${path.slice(prefix.to.length)}`];
  const asked = route.when.flatMap(({ attribute, any = [] }) =>
    attribute.kind === "path" ? any : [],
  );
  const texts = asked.flatMap((text) => ("text" in text ? [text.text] : []));
  if (whole === path) return texts;
  return pattern === undefined ? [] : texts.map((text) => text.replace(/\/$/, "").concat(path));
}

interface Detour {
  readonly value: Value;
  readonly point: Point;
  readonly sample: Sample;
  readonly path: string;
}

/** Without the denial both paths come to the same workload as the same path. */
function sameArrival(mesh: Mesh, { value, point, sample, path }: Detour): Evidence | undefined {
  const denied = requestOf(mesh, point, sample);
  const other = requestOf(mesh, point, { ...sample, http: { ...sample.http, path } });
  if (denied === undefined || other === undefined || path === sample.http.path) return undefined;
  let arrival: string | undefined;
  const arrives = (verdict: Verdict): boolean => {
    const where = arrivalOf(verdict);
    arrival ??= where;
    return allows(verdict) && where !== undefined && where === arrival;
  };
  return witnessed(mesh, [
    { request: denied, wants: deniesBy("deny") },
    { request: denied, wants: arrives, mesh: lacking(mesh, value), without: "without this policy" },
    { request: other, wants: arrives },
  ]);
}

function arrivalOf({ branches: [branch] }: Verdict): string | undefined {
  const { hops, outcome } = branch;
  const last = hops.at(-1);
  return last && outcome.received && `${last.proxy} ${outcome.received.path}`;
}

function lacking(mesh: Mesh, { policy }: Value): Mesh {
  const authorizationPolicies = mesh.authorizationPolicies.filter(
    ({ key }) => keyText(key) !== keyText(policy.key),
  );
  return { ...mesh, authorizationPolicies };
}
