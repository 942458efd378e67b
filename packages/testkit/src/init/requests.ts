import type { AuthorizationPolicy, HttpParts, Mesh, PolicyRule } from "@meshproof/engine";
import type { RequestPart, TokenUse } from "../suite.ts";
import type { TokenSpec } from "../token.ts";
import { callersOf } from "./callers.ts";
import { type Entrance, fits } from "./entrances.ts";
import { type Need, needsOf } from "./needs.ts";
import { outside } from "./outside.ts";
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
  const isGateway = targets.some(({ entrance }) => entrance !== undefined);
  const callers = [...(isGateway ? [outside] : []), ...callersOf(policy, rule, mesh)].slice(0, 6);
  const requests = operationsOf(rule).slice(0, 6);
  return requests
    .flatMap((operation) =>
      callers.flatMap((from) =>
        targets.flatMap((target) =>
          madeFor(operation, target).map((http) => draft(from, http, target, need)),
        ),
      ),
    )
    .slice(0, most);
}

/** Those with a port that the rule names come first. */
function onPort(targets: readonly Target[], ports: readonly string[]): readonly Target[] {
  const named = targets.filter(({ port }) => ports.includes(String(port)));
  return [...named, ...targets.filter((target) => !named.includes(target))];
}

/** At a gateway what a rule leaves open is as a route wants it; whether the route has the rule's own path is tried. */
function madeFor(
  { http, hosts, isAnyPath, isAnyMethod }: Operation,
  { entrance }: Target,
): readonly HttpParts[] {
  if (entrance === undefined) return [http];
  const { path, method, headers } = entrance;
  const plain = withHost(http, hosts, entrance);
  const wanted = {
    ...plain,
    ...(isAnyMethod && method !== undefined ? { method } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
  return isAnyPath ? [{ ...wanted, path }] : [plain, wanted];
}

/** The host of the URL where the rule has it, too. With another port than the usual one it would stand in the Host header. */
function withHost(http: HttpParts, hosts: readonly string[], { url, host }: Entrance): HttpParts {
  const { host: sample, ...rest } = http;
  if (sample === undefined) return http;
  if (!hosts.some((pattern) => fits(pattern, host))) return http;
  return url.endsWith(`//${host}`) ? rest : { ...rest, host };
}

function draft(from: string, http: HttpParts, target: Target, need: Need): Draft {
  const { headers, token, carried, ip } = need;
  const sent = { ...http.headers, ...headers };
  return {
    target,
    ...(carried === undefined ? {} : { carried }),
    request: {
      from,
      to: target.to,
      http: { ...http, ...(Object.keys(sent).length > 0 ? { headers: sent } : {}) },
      ...(token === undefined ? {} : { token }),
      ...(ip === undefined || from.startsWith("external/") ? {} : { source: { ip } }),
    },
  };
}

/** What a request is tried with, and what of it the rule leaves open. */
interface Operation {
  readonly http: HttpParts;
  readonly hosts: readonly string[];
  readonly isAnyPath: boolean;
  readonly isAnyMethod: boolean;
}

/** Methods, paths and hosts of each entry of `to`; without any, ordinary ones. */
function operationsOf({ to }: PolicyRule): readonly Operation[] {
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
        http: {
          method: verb,
          path: place.startsWith("/") ? place : `/${place}`,
          ...(host === undefined ? {} : { host }),
        },
        hosts: hosts ?? [],
        isAnyPath: paths === undefined,
        isAnyMethod: methods === undefined,
      })),
    );
  });
}

const verbsBeside = ["GET", "POST", "DELETE"];
