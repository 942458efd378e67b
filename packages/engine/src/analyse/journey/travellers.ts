import type { AccessRequest } from "../../model/access-request.ts";
import type { Program } from "../../model/program.ts";
import { type Sample, sampleOf } from "../answer/request.ts";
import type { Concrete } from "../answer/values.ts";
import type { Point, Protocol } from "../api.ts";
import { jwtProvidersOf } from "../point-program.ts";
import { lanesOf, portsOf } from "../space/lanes.ts";
import { hostCalled, requestOf } from "./calling.ts";
import { bareName, isBehind } from "./substitute.ts";
import { unreadNamed } from "./unread-asked.ts";

/** A journey: from whom requests are followed, and to whom. */
export interface Ends {
  readonly entry: Point;
  readonly target: Point;
  readonly url?: string; // that the entry's workload calls
}

/** Makes requests of values, as they begin their way. */
export function travellers(
  { ends, protocol }: { readonly ends: Ends; readonly protocol: Protocol },
  programs: readonly Program[],
): (found: Concrete) => Sample {
  const [first] = programs;
  const occasion = {
    point: ends.entry,
    protocol,
    providers: programs.flatMap((program) => jwtProvidersOf(program)),
    ports: first ? portsOf(first) : [],
    lanes: first ? lanesOf(first, protocol) : [],
  };
  return (found) => {
    const made = sampleOf(found, occasion);
    const request = withQuery(made.request, found);
    return { ...made, request: addressed(request, ends, protocol) };
  };
}

/** With the parameters that routes ask for, where nobody looks at the query otherwise. */
function withQuery(request: AccessRequest, { values }: Concrete): AccessRequest {
  const { http } = request;
  if (typeof http !== "object" || http.path === undefined || http.path.includes("?"))
    return request;
  const asked = [...values].flatMap(([name, found]) => {
    const sample = isBehind(name) ? unreadNamed(bareName(name))?.sample : undefined;
    return sample === undefined || found.length === 0 ? [] : [sample];
  });
  if (asked.length === 0) return request;
  return { ...request, http: { ...http, path: `${http.path}?${asked.join("&")}` } };
}

/** What comes to a waypoint for a pod addresses the pod; some host is named, whichever it is. */
function addressed(
  request: AccessRequest,
  { entry, target, url }: Ends,
  protocol: Protocol,
): AccessRequest {
  const { to, http } = request;
  if (url !== undefined) return sentTo(url, request, entry, protocol);
  const named =
    typeof http === "object" ? { ...request, http: { host: someHost, ...http } } : request;
  if (entry.proxy.kind !== "waypoint" || typeof to !== "string" || !to.startsWith(entry.name))
    return named; // a Service is called
  return { ...named, to: `${target.name}${/:\d+$/.exec(to)?.[0] ?? ""}` };
}

/** What an application puts into what it sends. */
function sentTo(
  url: string,
  { http, token, providers, source }: AccessRequest,
  caller: Point,
  protocol: Protocol,
): AccessRequest {
  const bare = requestOf({ caller, url, protocol, options: {} });
  return {
    ...bare,
    ...(caller.proxy.addresses.length === 1 || source === undefined ? {} : { source }),
    ...(typeof http === "object" ? { http: { host: hostCalled(url) ?? "", ...http } } : {}),
    ...(token === undefined ? {} : { token }),
    ...(providers === undefined ? {} : { providers }),
  };
}

const someHost = "workload.example";
