import type { ResourceKey } from "../model/place.ts";
import type { LocalReply } from "./proxy-request.ts";

/** The route that answers. */
export interface Answering {
  readonly virtualHost?: string | undefined;
  readonly rule?: ResourceKey | undefined; // the object that has the route
  readonly redirects?: boolean;
}

/** Why a route answers a request itself, in words; what Envoy calls it stands behind them. */
export function replyText(
  { details, status }: Pick<LocalReply, "details" | "status">,
  route?: Answering,
): string {
  const what = words(details, status, route);
  return what === undefined ? details : `${what} (${details})`;
}

function words(details: string, status: number, route?: Answering): string | undefined {
  const owner = ownerOf(route);
  switch (details) {
    case "route_not_found":
      return "no route takes it";
    case "cluster_not_found":
      return `${owner} leads to what nobody knows`;
    case "fault_filter_abort":
      return `${owner} injects a fault`;
    case "cors_response":
      return `the CORS policy of ${owner} answers the preflight`;
    case "direct_response":
      return direct(status, owner, route);
    default:
      return undefined;
  }
}

function direct(status: number, owner: string, route: Answering | undefined): string {
  if (route === undefined) return "plain HTTP is redirected to HTTPS";
  if (route.virtualHost === "block_all") return "REGISTRY_ONLY: the mesh knows no such host";
  return route.redirects ? `${owner} redirects it` : `${owner} answers ${status}`;
}

function ownerOf({ rule }: Answering = {}): string {
  return rule === undefined ? "a route" : `${rule.kind} ${rule.namespace}/${rule.name}`;
}
