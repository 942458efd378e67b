import { httpRules } from "../as-meant.ts";
import type { Check, Evidence } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import type { Noted } from "../notes.ts";
import { requestOf } from "../request-of.ts";
import { sampleOf } from "../sample.ts";
import type { Scene } from "../scene.ts";
import { getsThrough } from "../unenforced.ts";
import { deniesBy, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** An HTTP condition where only ztunnel looks (ctx:T01 to T06). */
export const ambientHttp: Check = fromNotes({
  code: "ambient/http-attribute",
  title: "ztunnel cannot see what a rule asks for",
  why: "ztunnel sees connections and nothing of HTTP. An ALLOW rule that asks for HTTP is left out, and what it should let in is denied; a DENY rule goes without it and denies more, or nothing if nothing else is left. A rule on HTTP needs a waypoint, and a policy that names the waypoint or a Service behind it.",
  like: ["IST0171", "KIA0109", "KIA0110", "KIA1317"],
  notes: ["ztunnel-http-attribute"],
  say: ({ note, points }) => ({
    message: `ztunnel cannot see this attribute at ${pointsText(points)}: ${effects[note.effect][note.kind === "rule-skipped" ? "skipped" : "dropped"]}`,
    ...(note.effect === "wider" ? { severity: "error" } : {}),
  }),
  evidence: (noted, scene) => shown(noted, scene),
});

const effects = {
  wider: { skipped: "the rule denies nothing", dropped: "this part of the rule denies nothing" },
  narrower: {
    skipped: "the rule is left out, and what it should let in is denied",
    dropped: "the rule goes without it and denies more than it says",
  },
  none: { skipped: "the rule is left out", dropped: "the rule goes without it" },
} as const;

function shown({ note, points }: Noted, scene: Scene): Evidence | undefined {
  const policy = scene.authorization(note.at.resource);
  if (policy === undefined) return undefined;
  const leftOut: Evidence = {
    kind: "proof",
    because: "istiod leaves the attribute out of what it sends to ztunnel",
  };
  if (note.effect === "none") return leftOut;
  if (note.effect === "wider") return getsThrough(scene, policy, points) ?? leftOut;
  const rule = httpRules(scene.mesh, policy).find(({ index }) => index === note.at.path[2]);
  const sample = rule && sampleOf(scene.mesh, rule);
  if (sample === undefined) return undefined;
  const allow = (policy.spec.action ?? "ALLOW") === "ALLOW";
  const http = allow ? sample.http : { method: "QUX", path: "/elsewhere", headers: {} };
  for (const point of points.slice(0, 3)) {
    const request = requestOf(scene.mesh, point, { ...sample, http });
    const found =
      request && witnessed(scene.mesh, [{ request, wants: deniesBy(allow ? "allow" : "deny") }]);
    if (found !== undefined) return found;
  }
  return undefined;
}
