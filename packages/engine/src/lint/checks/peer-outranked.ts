import { peerModes } from "../../istiod/peer-authentication.ts";
import { keyText } from "../../model/place.ts";
import type { PeerAuthentication } from "../../model/policy.ts";
import type { Check, Found } from "../check.ts";
import type { Point } from "../points.ts";
import { policyText } from "../policies.ts";
import type { Scene } from "../scene.ts";
import { pointsText } from "../words.ts";

/** Two PeerAuthentications of one scope: the oldest counts (an:PA-7, an:T-04). */
export const peerOutranked: Check = {
  code: "mtls/outranked",
  title: "another PeerAuthentication of the same scope wins",
  why: "Of several PeerAuthentications for the mesh, one namespace or one workload the oldest counts, whatever they say, and the others do not at all, not even for their ports.",
  like: ["KIA0002", "KIA0003"],
  find(scene) {
    const losing = new Map<string, Losing & { readonly points: Point[] }>();
    for (const { point, loser, winner } of scene.points.flatMap((each) => losersAt(scene, each))) {
      const key = `${keyText(loser.key)} ${keyText(winner.key)}`;
      const known = losing.get(key);
      if (known === undefined) losing.set(key, { loser, winner, points: [point] });
      else known.points.push(point);
    }
    return [...losing.values()].map(told);
  },
};

interface Losing {
  readonly loser: PeerAuthentication;
  readonly winner: PeerAuthentication;
}

function losersAt({ mesh }: Scene, point: Point): readonly (Losing & { readonly point: Point })[] {
  const { proxy, plane } = point;
  if (proxy === undefined || (plane !== "sidecar" && plane !== "ambient")) return [];
  const { notes, policies } = peerModes(mesh, { ...proxy, kind: "sidecar" });
  return notes.flatMap(({ because, at }) => {
    if (because !== "older-peer-authentication") return [];
    const wanted = keyText(at.resource);
    const loser = mesh.peerAuthentications.find(({ key }) => keyText(key) === wanted);
    const winner = loser && policies.find((policy) => isSameScope(policy, loser));
    return loser === undefined || winner === undefined ? [] : [{ point, loser, winner }];
  });
}

function told({ loser, winner, points }: Losing & { readonly points: readonly Point[] }): Found {
  const undated = loser.createdAt === undefined && winner.createdAt === undefined;
  const why = undated ? "its name comes first, and nothing says how old they are" : "it is older";
  return {
    at: { resource: loser.key, path: ["metadata", "name"] },
    message: `\`${policyText(winner)}\` wins at ${pointsText(points)}, because ${why}: this PeerAuthentication does not count there`,
    related: [
      { message: "the one that counts", at: { resource: winner.key, path: ["metadata", "name"] } },
    ],
    evidence: { kind: "proof", because: "istiod takes the oldest of each scope alone" },
  };
}

function isSameScope(a: PeerAuthentication, b: PeerAuthentication): boolean {
  const wide = (policy: PeerAuthentication): boolean =>
    Object.keys(policy.spec.selector?.matchLabels ?? {}).length === 0;
  return a.key.namespace === b.key.namespace && wide(a) === wide(b);
}
