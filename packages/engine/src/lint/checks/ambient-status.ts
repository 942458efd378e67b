import { ztunnelStatus } from "../../istiod/ztunnel-status.ts";
import type { Check, Evidence } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import { getsThrough } from "../unenforced.ts";
import { pointsText } from "../words.ts";

/** Where other policies deny whatever this rule is about, no request shows it. */
const emptied: Evidence = {
  kind: "proof",
  because: "istiod leaves HTTP out of what it sends to ztunnel, and ztunnel skips an empty match",
};

/** istiod says that more is denied, and nothing is (ctx:1.4, az:AN-3). */
export const ambientStatus: Check = fromNotes({
  code: "ambient/denies-nothing",
  title: "a DENY policy on HTTP denies nothing, and its status says the opposite",
  why: "Nothing that ztunnel can test is left of the rule. istiod writes into the policy's status that it is enforced without its HTTP rules and more restrictive than requested; in truth ztunnel skips an empty match, and nobody is denied. Such a policy needs a waypoint and must name it, or a Service behind it, as its target.",
  like: ["IST0171", "KIA0109", "KIA0110", "KIA1317"],
  notes: ["ztunnel-empty-match"],
  say: ({ note, points }, { mesh, authorization }) => {
    const policy = authorization(note.at.resource);
    const status = policy && ztunnelStatus(mesh, policy);
    const says = status?.reason === "UnsupportedValue" && policy?.spec.action === "DENY";
    return {
      message: `this rule denies nothing at ${pointsText(points)}${says ? ", though istiod's status says that it denies more than was asked for" : ": ztunnel skips what is left of it"}`,
    };
  },
  evidence: ({ note, points }, scene) => {
    const policy = scene.authorization(note.at.resource);
    return (policy && getsThrough(scene, policy, points)) ?? emptied;
  },
});
