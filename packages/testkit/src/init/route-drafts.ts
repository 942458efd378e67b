import { backendsOf, type Layer, type Mesh, type Verdict } from "@meshproof/engine";
import type { CaseResult } from "../result.ts";
import type { Expectation, StatedWorkload } from "../suite.ts";
import type { Found } from "./assemble.ts";
import { allEntrances, type Backend, type Entrance } from "./entrances.ts";
import { outside } from "./outside.ts";
import type { Stated } from "./targets.ts";

/** A request from outside for every route of a gateway; what becomes of it is asked. */
export function routeDrafts(mesh: Mesh): readonly Found[] {
  const once = new Set<string>();
  return allEntrances(mesh).flatMap((entrance): readonly Found[] => {
    const { route, url, path, method = "GET", headers } = entrance;
    if (route === undefined || once.has(route)) return [];
    once.add(route);
    const http = { method, path, ...(Object.keys(headers).length > 0 ? { headers } : {}) };
    const { port } = entrance.gate;
    return [
      {
        about: route,
        verb: ":",
        draft: {
          target: { to: url, port, stated: statedFor(entrance, mesh), entrance },
          request: { from: outside, to: url, http },
        },
        expect: "allow",
      },
    ];
  });
}

/** A route with what was answered: allowed, and by whom it is received; or which proxy denies it by a policy. */
export function taken(found: Found, result: CaseResult | undefined): readonly Found[] {
  const expect = result?.verdict && expected(result.verdict);
  return expect === undefined ? [] : [{ ...found, expect }];
}

const ofPolicies: readonly Layer[] = ["custom", "jwt", "deny", "allow", "mtls"];

function expected({ decision, layer, branches }: Verdict): Expectation | undefined {
  const last = [...new Set(branches.map(({ hops }) => hops.at(-1)))];
  if (decision === "allow") {
    const ends = new Set(last.map((hop) => hop?.proxy));
    const [only] = last;
    const isReached = ends.size === 1 && only?.enforced === true && only.point !== "gateway";
    return isReached ? { decision, reaches: only.proxy } : "allow";
  }
  const points = new Set(last.map((hop) => hop?.point));
  const [point] = points;
  const isDenied = decision === "deny" && layer !== undefined && ofPolicies.includes(layer);
  return isDenied && point !== undefined && points.size === 1
    ? { decision, layer, hop: point }
    : undefined;
}

/** The gateway and the destinations of a route that no file holds. */
function statedFor({ gate, backends }: Entrance, mesh: Mesh): readonly Stated[] {
  const behind = backends.flatMap((backend) => madeUp(backend, mesh));
  return gate.stated === undefined ? behind : [gate.stated, ...behind];
}

function madeUp(backend: Backend, { inventory }: Mesh): readonly Stated[] {
  const service = inventory.services.find(
    ({ key }) => key.name === backend.name && key.namespace === backend.namespace,
  );
  const labels = service?.selector ?? {};
  const isKnown = service === undefined || backendsOf(inventory, service).length > 0;
  if (isKnown || Object.keys(labels).length === 0) return [];
  const { namespace } = backend;
  const workload: StatedWorkload = { namespace, labels };
  return [[[namespace, ...Object.values(labels)].join("-"), workload]];
}
