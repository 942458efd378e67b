import type { Filter } from "../model/program.ts";
import type { Rule } from "../model/rule.ts";
import type { Sight } from "./attributes.ts";
import { setHeader } from "./header-changes.ts";
import type { ProxyRequest } from "./proxy-request.ts";
import { operationHeader, operationOf } from "./serve-route.ts";
import type { Visit } from "./visit.ts";

/**
 * The sight of a gateway that traces: before any filter it writes into a header what the route calls the request. Only for rules that
 * look at that header, as the route depends on parts of the request that nobody else may ask for.
 * Follows envoyproxy/envoy:source/common/http/conn_manager_impl.cc, `traceRequest`.
 */
export function decorated(visit: Visit, sight: Sight, request: ProxyRequest): Sight {
  const { chain, program } = visit;
  const writes = program.proxy.kind === "gateway" && !chain.http?.untraced;
  if (!writes || !sight.http || !readsOperation(chain.filters)) return sight;
  const operation = operationOf(visit, sight, request);
  if (operation === undefined) return sight;
  return {
    ...sight,
    http: { ...sight.http, request: setHeader(request, operationHeader, operation) },
  };
}

const known = new WeakMap<readonly Filter[], boolean>();

function readsOperation(filters: readonly Filter[]): boolean {
  const found = known.get(filters);
  if (found !== undefined) return found;
  const reads = filters.some((filter) =>
    filter.kind === "rbac"
      ? [...(filter.rules ?? []), ...(filter.dryRun ?? [])].some(asksForOperation)
      : filter.kind === "ext-authz" && filter.rules.some(asksForOperation),
  );
  known.set(filters, reads);
  return reads;
}

function asksForOperation({ groups }: Rule): boolean {
  return groups.some(({ any }) =>
    any.some(({ all }) =>
      all.some(
        ({ attribute }) => attribute.kind === "header" && attribute.name === operationHeader,
      ),
    ),
  );
}
