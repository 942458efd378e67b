import type { AuthorizationPolicy, HttpParts, Mesh, PolicyRule } from "@meshproof/engine";
import type { RequestPart, TokenUse } from "../suite.ts";
import type { TokenSpec } from "../token.ts";
import { callersOf } from "./callers.ts";
import { type Need, needsOf } from "./needs.ts";
import { sampleOf } from "./samples.ts";
import { type Target, targetsOf } from "./targets.ts";

/** A request that may meet a rule, with the workload it needs. The token is described in place. */
export interface Draft {
  readonly request: Omit<RequestPart, "token" | "http"> & {
    readonly http: HttpParts;
    readonly token?: TokenSpec;
  };
  readonly carried?: TokenUse;
  readonly target: Target;
}

/** So many requests are tried for one rule. */
const most = 96;

/** Requests made after a rule's own values, the likeliest first. */
export function draftsFor(
  policy: AuthorizationPolicy,
  rule: PolicyRule,
  mesh: Mesh,
): readonly Draft[] {
  const need = needsOf(rule, mesh);
  const targets = onPort(targetsOf(policy, mesh), need.ports).slice(0, 4);
  const callers = callersOf(policy, rule, mesh).slice(0, 6);
  const requests = operationsOf(rule).slice(0, 6);
  return requests
    .flatMap((http) =>
      callers.flatMap((from) => targets.map((target) => draft(from, http, target, need))),
    )
    .slice(0, most);
}

/** Those with a port that the rule names come first. */
function onPort(targets: readonly Target[], ports: readonly string[]): readonly Target[] {
  const named = targets.filter(({ port }) => ports.includes(String(port)));
  return [...named, ...targets.filter((target) => !named.includes(target))];
}

function draft(from: string, http: HttpParts, target: Target, need: Need): Draft {
  const { headers, token, carried, ip } = need;
  return {
    target,
    ...(carried === undefined ? {} : { carried }),
    request: {
      from,
      to: target.to,
      http: { ...http, ...(Object.keys(headers).length > 0 ? { headers } : {}) },
      ...(token === undefined ? {} : { token }),
      ...(ip === undefined || from.startsWith("external/") ? {} : { source: { ip } }),
    },
  };
}

/** Methods, paths and hosts of each entry of `to`; without any, ordinary ones. */
function operationsOf({ to }: PolicyRule): readonly HttpParts[] {
  const operations = (to ?? []).map((each) => each?.operation ?? {});
  const all = operations.length === 0 ? [{}] : operations;
  return all.flatMap(({ methods, paths, hosts }) => {
    const [host] = (hosts ?? []).map((value) => sampleOf(value, "x"));
    const verbs = [...(methods ?? []).map((value) => sampleOf(value, "GET")), ...verbsBeside];
    const places = [...(paths ?? []).map((value) => sampleOf(value, "/x")), "/", "/x"];
    const method = methods === undefined ? verbsBeside : verbs.slice(0, 1);
    const path = paths === undefined ? ["/", "/x"] : places.slice(0, 2);
    return method.flatMap((verb) =>
      path.map((place) => ({
        method: verb,
        path: place.startsWith("/") ? place : `/${place}`,
        ...(host === undefined ? {} : { host }),
      })),
    );
  });
}

const verbsBeside = ["GET", "POST", "DELETE"];
