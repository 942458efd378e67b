import type { Mesh } from "../../model/mesh.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence } from "../check.ts";
import type { Point } from "../points.ts";
import { requestOf } from "../request-of.ts";
import type { Sample } from "../sample.ts";
import { samplesLetIn } from "../samples-at.ts";
import type { Scene } from "../scene.ts";
import { type Value, valuesOn } from "../values.ts";
import { allows, deniesBy, witnessed } from "../witness.ts";

/** Hosts are compared with their port (ctx:T55). */
export const hostPort: Check = {
  code: "value/host-port",
  title: "a host without its port",
  why: "`hosts` are compared with the whole Host header, with the port where it has one, and clients send it for every port but 80 and 443. A DENY on the bare name does not match them, and an ALLOW does not either. List both: the name and `NAME:*`.",
  *find(scene) {
    const { mesh } = scene;
    const all = valuesOn(mesh, "host");
    for (const value of all) {
      const { text, negated, action, policy } = value;
      const [pattern] = value.patterns;
      const isBare =
        (pattern?.kind === "exact" || pattern?.kind === "suffix") &&
        !/:[\d*]+$/.test(text) &&
        text !== "*";
      const siblings = all.filter(
        (other) =>
          other.policy === policy && other.rule === value.rule && other.negated === negated,
      );
      const both = siblings.some(
        (other) =>
          other.text === `${text}:*` ||
          other.text.startsWith(`${text}:`) ||
          other.text === `${text}*`,
      );
      const matters = action === "DENY" ? !negated : action === "ALLOW" && negated;
      if (!isBare || both || !matters) continue;
      yield {
        at: value.at,
        message: `a Host header with a port, as in \`${text.replace(/^\*/, "x")}:8080\`, is not \`${text}\`: whom this keeps out gets in with it`,
        hint: `list ${text}:* too`,
        evidence: () => withPort(scene, value),
        fix: [
          addition(
            siblings.filter(
              (other) => other.at.path.slice(0, -1).join() === value.at.path.slice(0, -1).join(),
            ),
            value,
          ),
        ],
      };
    }
  },
};

function addition(siblings: readonly Value[], { at, text }: Value) {
  const added = `${text}:*`;
  const left = [...siblings.map((each) => each.text), added];
  return { at: { ...at, path: at.path.slice(0, -1) }, do: "add", values: [added], left } as const;
}

function withPort(scene: Scene, value: Value): Evidence | undefined {
  const { mesh, boundTo } = scene;
  const rule = httpRules(mesh, value.policy).find(({ index }) => index === value.rule);
  if (rule === undefined || value.action !== "DENY") return undefined;
  const host = value.text.replace(/^\*/, "x");
  for (const point of boundTo(value.policy).slice(0, 3))
    for (const sample of samplesLetIn(mesh, point, rule)) {
      const found = bareAndPorted(mesh, point, { ...sample, http: { ...sample.http, host } });
      if (found !== undefined) return found;
    }
  return undefined;
}

function bareAndPorted(mesh: Mesh, point: Point, sample: Sample): Evidence | undefined {
  const bare = requestOf(mesh, point, sample);
  const host = `${sample.http.host}:8080`;
  const ported = requestOf(mesh, point, { ...sample, http: { ...sample.http, host } });
  if (bare === undefined || ported === undefined) return undefined;
  return witnessed(mesh, [
    { request: bare, wants: deniesBy("deny") },
    { request: ported, wants: allows },
  ]);
}
