import type { MeshDiff, Witness } from "../analyse/api.ts";
import { diffPlanes } from "../analyse/diff-planes.ts";
import { workloadText } from "../journey/endpoint.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText } from "../model/place.ts";
import type { Attachment, Resource } from "../model/policy.ts";
import type { Evidence } from "./check.ts";
import { isOfToken } from "./issuers.ts";
import type { Point } from "./points.ts";
import { valuesOf } from "./values.ts";
import { type Asked, witnessed } from "./witness.ts";

type Policy = Resource<Attachment>;

/** What becomes of a request that sidecars and ztunnel decide differently. */
export interface PlaneChange {
  readonly kind: "newly-allowed" | "newly-denied";
  readonly evidence: Evidence;
}

/**
 * A request that a policy, taken by itself, decides in another way in a sidecar than at ztunnel. What differs anyway, bytes on a port
 * of HTTP and paths that only Envoy tidies up, is nothing of the policy.
 */
export function planeChange(mesh: Mesh, policy: Policy, point: Point): PlaneChange | undefined {
  const alone = around(mesh, policy, point);
  const { name } = point;
  const diff = diffPlanes(alone, ["sidecar", "ambient"], {
    regions: 4,
    only: (each) => each.name === workloadText(point.workload) || each.name === name,
  });
  const bare: Mesh = { ...alone, ...without };
  for (const { kind, request } of changesOf(diff)) {
    const [before, after] = (["sidecar", "ambient"] as const).map((plane) =>
      addressed(request, point, plane),
    );
    if (before === undefined || after === undefined) continue;
    const isOdd = witnessed(bare, [allowed(before), allowed(after)]) === undefined;
    const evidence = isOdd ? undefined : witnessed(alone, decided(kind, before, after));
    if (evidence !== undefined) return { kind, evidence };
  }
  return undefined;
}

const without = {
  authorizationPolicies: [],
  requestAuthentications: [],
  peerAuthentications: [],
} as const;

/** The mesh with one policy and one workload only; a rule about tokens needs what reads them. */
function around(mesh: Mesh, policy: Policy, { workload }: Point): Mesh {
  const key = keyText(policy.key);
  const isIt = (each: Policy): boolean => keyText(each.key) === key;
  const asksTokens = valuesOf(mesh).some((value) => value.policy === policy && isOfToken(value));
  return {
    ...mesh,
    authorizationPolicies: mesh.authorizationPolicies.filter(isIt),
    requestAuthentications: mesh.requestAuthentications.filter((each) => asksTokens || isIt(each)),
    peerAuthentications: mesh.peerAuthentications.filter(isIt),
    inventory: { ...mesh.inventory, workloads: [workload] },
  };
}

interface Changed {
  readonly kind: PlaneChange["kind"];
  readonly request: Witness["request"];
}

function changesOf({ diffs }: MeshDiff): readonly Changed[] {
  return diffs.flatMap(({ changes }) =>
    changes.flatMap(({ kind, protocol, regions }) =>
      protocol === "tcp" || kind === "changed-status"
        ? []
        : regions.map(({ witness: { request } }) => ({ kind, request })),
    ),
  );
}

/** The request to the same workload, wherever it stands. */
function addressed(
  request: AccessRequest,
  { workload }: Point,
  dataPlane: "sidecar" | "ambient",
): AccessRequest | undefined {
  const [, port] = typeof request.to === "string" ? (/:(\d+)$/.exec(request.to) ?? []) : [];
  if (port === undefined) return undefined;
  const { key, labels, serviceAccount } = workload;
  const to = { namespace: key.namespace, labels, serviceAccount, port: Number(port) };
  return { ...request, to: { ...to, protocol: "http", dataPlane } };
}

function allowed(request: AccessRequest): Asked {
  return { request, wants: ({ decision }) => decision === "allow" };
}

function decided(
  kind: PlaneChange["kind"],
  before: AccessRequest,
  after: AccessRequest,
): readonly Asked[] {
  const [first, second] =
    kind === "newly-allowed" ? (["deny", "allow"] as const) : (["allow", "deny"] as const);
  return [
    {
      request: before,
      wants: ({ decision }) => decision === first,
      without: "in a sidecar, this policy alone",
    },
    {
      request: after,
      wants: ({ decision }) => decision === second,
      without: "in ambient mode, this policy alone",
    },
  ];
}
