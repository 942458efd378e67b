import type { JwtProvider, Mesh } from "@meshproof/engine";
import { jwtProvidersOf, toldTo } from "../../engine/src/analyse/point-program.ts";
import { pointsOf } from "../../engine/src/analyse/points.ts";
import type { KubernetesObject } from "../src/conformance/vector.ts";

/** What somebody in a mesh looks at. */
export interface Looked {
  readonly headers: readonly string[];
  readonly claims: readonly string[];
  readonly readsMore: boolean; // hosts in the case that they are written in, parameters of queries
  readonly providers: ReadonlyMap<string, readonly JwtProvider[]>; // of each proxy
}

export function lookedAt(mesh: Mesh, objects: readonly KubernetesObject[]): Looked {
  const text = JSON.stringify(objects);
  const named = (kind: string): readonly string[] =>
    [...text.matchAll(new RegExp(`"request\\.${kind}\\[([^\\]"]+)\\]"`, "g"))].map(
      ([, name = ""]) => name,
    );
  const headers = [...named("headers"), ...objects.flatMap(({ spec }) => headersMatched(spec))];
  return {
    headers: [...new Set(headers.map((name) => name.toLowerCase()))],
    claims: [...new Set(named("auth\\.claims"))],
    readsMore: /"(?:authority|queryParams)"/.test(text),
    providers: new Map(
      pointsOf([mesh]).points.map(({ proxy }) => {
        const told = toldTo(mesh, proxy);
        const name = `${proxy.namespace}/${proxy.name}`;
        return [name, typeof told === "string" ? [] : jwtProvidersOf(told)];
      }),
    ),
  };
}

/** The names of headers that routes ask for, in VirtualServices and in routes of the Gateway API. */
function headersMatched(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(headersMatched);
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    key === "matches" || key === "match" ? [value].flat().flatMap(namesIn) : headersMatched(value),
  );
}

function namesIn(match: unknown): readonly string[] {
  const { headers, withoutHeaders } = Object(match);
  return [headers, withoutHeaders].flatMap((some: unknown) =>
    Array.isArray(some) ? some.map(({ name }) => String(name)) : Object.keys(Object(some)),
  );
}
