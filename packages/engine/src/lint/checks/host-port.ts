import { findService } from "../../kubernetes/service.ts";
import type { Mesh } from "../../model/mesh.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence, Found } from "../check.ts";
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
    const all = valuesOn(scene.mesh, "host");
    for (const value of all) {
      const siblings = all.filter(
        ({ policy, rule, negated }) =>
          policy === value.policy && rule === value.rule && negated === value.negated,
      );
      const found = isBare(value) && !isListed(value, siblings) ? told(scene, value) : undefined;
      if (found === undefined) continue;
      const list = siblings.filter(({ at }) => listOf(at) === listOf(value.at));
      yield {
        at: value.at,
        hint: `list ${value.text}:* too`,
        ...found,
        fix: [addition(list, value)],
      };
    }
  },
};

function isBare({ text, patterns: [pattern] }: Value): boolean {
  const isOne = pattern?.kind === "exact" || pattern?.kind === "suffix";
  return isOne && !/:[\d*]+$/.test(text) && text !== "*";
}

/** Whether the name with a port stands beside it. */
function isListed({ text }: Value, siblings: readonly Value[]): boolean {
  return siblings.some((other) => other.text.startsWith(`${text}:`) || other.text === `${text}*`);
}

function told(scene: Scene, value: Value): Pick<Found, "message" | "evidence"> | undefined {
  const { text, negated, action } = value;
  if (action === "DENY" ? !negated : action === "ALLOW" && negated)
    return {
      message: `a Host header with a port, as in \`${text.replace(/^\*/, "x")}:8080\`, is not \`${text}\`: whom this keeps out gets in with it`,
      evidence: () => withPort(scene, value),
    };
  const port = action === "ALLOW" ? servicePort(scene.mesh, value) : undefined;
  if (port === undefined) return undefined;
  return {
    message: `clients of this Service send its port along, as in \`${text}:${port}\`, which is not \`${text}\`: this does not let them in`,
    evidence: {
      kind: "proof",
      because: "the Service has neither port 80 nor 443, and Host headers have every other port",
    },
  };
}

/** A port of the Service that a host names, if clients write it into the Host header whichever they use. */
function servicePort({ inventory }: Mesh, { text, policy }: Value): number | undefined {
  const [, name, namespace = policy.key.namespace] =
    /^([\w-]+)(?:\.([\w-]+)(?:\.svc(?:\.cluster\.local)?)?)?$/.exec(text) ?? [];
  const service = name === undefined ? undefined : findService(inventory, namespace, name);
  const ports = service?.ports.map(({ port }) => port) ?? [];
  return ports.includes(80) || ports.includes(443) ? undefined : ports[0];
}

function listOf({ path }: Value["at"]): string {
  return path.slice(0, -1).join();
}

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
