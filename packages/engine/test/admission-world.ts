import type { Change, ClusterState, Guard, PlacedGuard, Reviewed } from "../src/admission.ts";
import { clusterState, review } from "../src/admission.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A policy as the API server stores it. */
export function policy(name: string, spec: Fields, metadata: Fields = {}): Fields {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { namespace: "shop", name, ...metadata },
    spec,
  };
}

export function namespace(name: string, metadata: Fields = {}): Fields {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, ...metadata } };
}

export const user: Fields = { username: "jane", groups: ["system:authenticated", "team:shop"] };

/** An AdmissionReview about an object. */
export function asking(
  operation: "CREATE" | "UPDATE" | "DELETE",
  { object, old, ...more }: { object?: Fields; old?: Fields } & Fields,
): Fields {
  const subject: Fields = object ?? old ?? {};
  const { namespace: within, name } = subject["metadata"] as Fields;
  const [group, version] = String(subject["apiVersion"]).split("/");
  const kind =
    version === undefined
      ? { group: "", version: group, kind: subject["kind"] }
      : { group, version, kind: subject["kind"] };
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: "705ab4f5-6393-11e8-b7cc-42010a800002",
      ...{ operation, kind, namespace: within, name, userInfo: user, dryRun: false },
      ...{ object: object ?? null, oldObject: old ?? null },
      ...more,
    },
  };
}

/** A guard that finds nothing and tells what it was shown. */
export function spy(): { readonly guard: Guard; readonly seen: [number, number, Change][] } {
  const seen: [number, number, Change][] = [];
  const guard: Guard = (before, after, change) => {
    seen.push([before.authorizationPolicies.length, after.authorizationPolicies.length, change]);
    return [];
  };
  return { guard, seen };
}

export function placed(guard: Guard, more: Partial<PlacedGuard> = {}): PlacedGuard {
  return { name: "guard", action: "deny", guard, ...more };
}

/** Reviews one request at a time of the clock. */
export function reviewing(
  guards: readonly PlacedGuard[],
  state: ClusterState = clusterState({ istio: "1.31" }),
): (asked: unknown, now?: number) => Promise<Reviewed> {
  return (asked, now = 1_000_000) => review(state, asked, guards, { now });
}
