import type { ResourceKey } from "./place.ts";
import type { HttpRequest } from "./request.ts";
import type { Text } from "./rule.ts";

/** Where a route may lead: a cluster as Envoy names it, or one of the two that every sidecar has. */
export interface RouteDestination {
  readonly host: string; // full name; "PassthroughCluster", "BlackHoleCluster"
  readonly port?: number; // of the Service
  readonly subset?: string;
  readonly weight: number; // of several: its share, as Envoy has it. 0: never
  readonly headers?: HeaderChanges; // of what goes there
  readonly authority?: string; // the host that is written into what goes there
  readonly missing?: true; // it may not be reached: what goes there is answered with 500
  readonly passed?: true; // TLS of the mesh goes there as it came, and only to who takes it
}

/** A copy of what is forwarded goes there, and its answer is thrown away. */
export interface Mirror extends Omit<RouteDestination, "weight"> {
  readonly percentage: number; // of the requests; 100: each
}

/** How a route changes headers, in Envoy's order: what is removed, then what is set or added. Values may hold `%REQ(X)%` and the like. */
export interface HeaderChanges {
  readonly remove?: readonly string[]; // in lower case
  readonly write?: readonly HeaderWrite[];
}

/** A header line that is set or added. */
export interface HeaderWrite {
  readonly name: string; // in lower case
  readonly value: string;
  readonly append?: true; // beside what is there
}

/** How a route changes the path and host of what it forwards. */
export interface Rewrite {
  readonly path?: string; // the whole path; the query stays
  readonly prefix?: { readonly from: string; readonly to: string; readonly fold?: true };
  readonly pattern?: { readonly match: string; readonly substitution: string }; // RE2: each match in the path
  readonly authority?: string;
  readonly endpointHost?: true; // the host of the endpoint that is chosen
}

/** What is answered in place of some of the requests of a route. */
export interface Fault {
  readonly status: number;
  readonly grpcStatus?: number;
  readonly percentage: number; // less than 100: every request may go on as well
}

/** Which preflights the CORS filter answers itself. */
export interface CorsPolicy {
  readonly origins: readonly Text[];
  readonly ignoresUnmatched?: true; // it answers those of other origins, too
  readonly methods?: string; // "GET,POST"; "*": the one that is asked for
  readonly headers?: string;
  readonly credentials?: true;
  readonly maxAge?: number; // seconds
}

/** Where a proxy sends something on, and which route says so. Without requests it is bytes. */
export interface Onward {
  readonly virtualHost?: string; // "shop.s.svc.cluster.local:80"
  readonly index?: number; // of the route, within the virtual host
  readonly name?: string; // of the route
  readonly rule?: ResourceKey; // the object that has the route; absent: made by istiod
  readonly ways: readonly Way[]; // several: each may be taken
  readonly copies?: readonly CopiedWay[];
  readonly fault?: Fault; // or this is answered
}

/** One destination, and the request as it goes there. */
export interface Way extends RouteDestination {
  readonly request?: HttpRequest;
  readonly endpointHost?: true; // see `Rewrite`
}

/** Where a copy goes of what takes one of the ways. Weight: in how many of 100 cases. */
export interface CopiedWay extends Way {
  readonly of: number; // which of the ways
}
