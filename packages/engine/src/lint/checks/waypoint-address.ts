import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";
import { pointsText } from "../words.ts";

/** At a waypoint no address of the connection is a client's (az:IP-5, ctx:T39). */
export const waypointAddress: Check = {
  code: "waypoint/address",
  title: "ipBlocks never match at a waypoint",
  why: "At a waypoint the peer of the connection is an internal address of the proxy: `ipBlocks` never match and `notIpBlocks` always do. `remoteIpBlocks` sees the client's pod, or the last entry of X-Forwarded-For.",
  *find({ mesh, boundTo }) {
    for (const value of valuesOn(mesh, "source.ip")) {
      const points = boundTo(value.policy);
      if (points.length === 0 || !points.every(({ plane }) => plane === "waypoint")) continue;
      yield {
        at: value.at,
        message: value.negated
          ? `no client's address is seen at ${pointsText(points)}: this excludes nobody`
          : `no client's address is seen at ${pointsText(points)}: ${whenDead(value)}`,
        hint: "remoteIpBlocks",
        evidence: {
          kind: "proof",
          because:
            "the inner listener of a waypoint has no client's address as the peer of its connections",
        },
      };
    }
  },
};
