import { isDryRun } from "../../istiod/authorization/dry-run.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Rule } from "../../model/rule.ts";
import type { Verdict } from "../../model/verdict.ts";
import { unlike } from "../alike.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence } from "../check.ts";
import { pathAliases } from "../path-aliases.ts";
import type { Point } from "../points.ts";
import { requestOf } from "../request-of.ts";
import type { Sample } from "../sample.ts";
import { samplesLetIn } from "../samples-at.ts";
import type { Scene } from "../scene.ts";
import { type Value, valuesOn } from "../values.ts";
import { allows, deniesBy, witnessed } from "../witness.ts";

/** A denied path has another spelling that gets through (product: deny-path-alias). */
export const pathAlias: Check = {
  code: "security/path-alias",
  title: "a denied path has another spelling that gets in",
  why: "Paths are compared as the proxy normalises them, and many servers take more spellings for the same than it does: two slashes for one, an encoded slash, a parameter behind `;`, another case. A DENY on a path is safe only for the spellings that the proxy makes equal. Allow what is meant instead, or set `pathNormalization` of the mesh config to DECODE_AND_MERGE_SLASHES.",
  *find(scene) {
    for (const value of valuesOn(scene.mesh, "path")) {
      const { action, negated, policy } = value;
      const keepsOut = (action === "DENY" && !negated) || (action === "ALLOW" && negated);
      if (!keepsOut || isDryRun(policy)) continue;
      yield {
        at: value.at,
        message: `\`${value.text}\` has other spellings, which this does not keep out`,
        evidence: () => alias(scene, value),
      };
    }
  },
};

function alias({ mesh, boundTo }: Scene, value: Value): Evidence | undefined {
  const rule = httpRules(mesh, value.policy).find(({ index }) => index === value.rule);
  if (rule === undefined || value.patterns.length === 0 || value.action !== "DENY")
    return undefined;
  for (const point of unlike(boundTo(value.policy).filter(seesPaths).slice(0, 2))) {
    const found = aliasAt(mesh, point, rule, value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function seesPaths({ plane }: Point): boolean {
  return plane !== "ambient";
}

/** So many samples whose other spellings nobody can tell anything of are enough. */
const patience = 4;

function aliasAt(mesh: Mesh, point: Point, rule: Rule, value: Value): Evidence | undefined {
  let open = 0;
  for (const sample of samplesLetIn(mesh, point, rule)) {
    const path = plainPathOf(value) ?? sample.http.path;
    const found = otherSpelling(mesh, point, { ...sample, http: { ...sample.http, path } });
    if (found === "open") open += 1;
    else if (found !== undefined) return found;
    if (open >= patience) return undefined;
  }
  return undefined;
}

/** "open": what becomes of it hangs on something else that nobody knows, and so it will with other paths. */
function otherSpelling(mesh: Mesh, point: Point, sample: Sample): Evidence | "open" | undefined {
  const denied = requestOf(mesh, point, sample);
  const first = denied && witnessed(mesh, [{ request: denied, wants: deniesBy("deny") }]);
  if (denied === undefined || first === undefined) return undefined;
  let isOpen = false;
  const wants = (verdict: Verdict): boolean => {
    isOpen = verdict.decision === "undetermined";
    return allows(verdict);
  };
  for (const path of pathAliases(sample.http.path)) {
    const request = requestOf(mesh, point, { ...sample, http: { ...sample.http, path } });
    const found = request && witnessed(mesh, [{ request, wants }]);
    if (found !== undefined) return { kind: "witness", shows: [...first.shows, ...found.shows] };
    if (isOpen) return "open";
  }
  return undefined;
}

/** A path that the value itself matches, as one would write it. */
function plainPathOf({ text, patterns }: Value): string | undefined {
  const [pattern] = patterns;
  if (pattern?.kind === "exact" && text.startsWith("/")) return text;
  if (pattern?.kind !== "prefix" || !text.startsWith("/")) return undefined;
  return text === "/*" ? undefined : text.replace(/\*$/, text.endsWith("/*") ? "x" : "");
}
