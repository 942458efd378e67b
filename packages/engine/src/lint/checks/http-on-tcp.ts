import type { ProxyPort } from "../../model/program.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import type { Noted } from "../notes.ts";
import type { Point } from "../points.ts";
import { requestOf } from "../request-of.ts";
import { sampleOf } from "../sample.ts";
import type { Scene } from "../scene.ts";
import { deniesBy, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** HTTP conditions on a port that is TCP to Istio (az:10.4). */
export const httpOnTcp: Check = fromNotes({
  code: "rule/http-on-tcp",
  title: "a rule on HTTP meets a port that is TCP to Istio",
  why: "On a TCP port nothing of HTTP can be seen. An ALLOW rule that asks for it is left out, and what it should let in is denied; a DENY rule goes without it and denies more than was meant, the whole port if nothing else is left. Name the port so that Istio knows it speaks HTTP (`http-...`, `appProtocol`), or give the rule the ports that it is about.",
  like: ["IST0118"],
  notes: ["http-on-tcp"],
  when: ({ points }) => points.some((point) => tcpPorts(point).length > 0),
  say: ({ note, points }) => {
    const at = points.filter((point) => tcpPorts(point).length > 0);
    const ports = [...new Set(at.flatMap(tcpPorts).map(({ port }) => port))];
    const where = `TCP port${ports.length > 1 ? "s" : ""} ${ports.slice(0, 4).join(", ")}${ports.length > 4 ? ", ..." : ""} of ${pointsText(at)}`;
    return note.kind === "rule-skipped"
      ? { message: `this ALLOW rule asks for something of HTTP and is left out on ${where}` }
      : {
          message: `this part of a DENY rule is left out on ${where}: the rule denies more than it says`,
        };
  },
  evidence: (noted, scene) => shown(noted, scene),
});

function tcpPorts({ plane, proxy }: Point): readonly ProxyPort[] {
  return plane === "sidecar"
    ? (proxy?.ports ?? []).filter(({ protocol }) => protocol === "tcp")
    : [];
}

/** Bytes to the port that the rule is about, from whom it is about. */
function shown({ note, points }: Noted, scene: Scene): Evidence | undefined {
  const policy = scene.authorization(note.at.resource);
  const index = note.at.path[2];
  const rule = policy && httpRules(scene.mesh, policy).find((each) => each.index === index);
  if (rule === undefined) return undefined;
  const pairs = points.flatMap((point) => tcpPorts(point).map(({ port }) => ({ point, port })));
  for (const { point, port } of pairs.slice(0, 8)) {
    const sample = sampleOf(scene.mesh, rule, [port]);
    if (sample === undefined || (sample.port ?? port) !== port) continue;
    const request = requestOf(scene.mesh, point, sample, { port, protocol: "tcp" });
    const layer = note.kind === "rule-skipped" ? "allow" : "deny";
    const found = request && witnessed(scene.mesh, [{ request, wants: deniesBy(layer) }]);
    if (found !== undefined) return found;
  }
  return undefined;
}
