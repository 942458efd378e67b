import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { goRegexError } from "./go-regex.ts";
import { isPresent, type Part, part, parts } from "./read.ts";
import { routeFault } from "./route-words.ts";
import { workloadLabelFaults } from "./workload-entry.ts";

const longestVersion = 1024;
const objects = ["listener", "routeConfiguration", "cluster", "waypoint"];
const connectionManagers = [
  "envoy.filters.network.http_connection_manager",
  "envoy.http_connection_manager",
];

/** What a patch may be matched with, by what it is applied to. */
const matched: ReadonlyMap<string, string> = new Map([
  ...["LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER"].map(
    (name) => [name, "listener"] as const,
  ),
  ...["ROUTE_CONFIGURATION", "VIRTUAL_HOST", "HTTP_ROUTE"].map(
    (name) => [name, "routeConfiguration"] as const,
  ),
  ["CLUSTER", "cluster"],
]);

/**
 * What istiod's webhook says of an EnvoyFilter, but for the patched values: whether they are configuration of Envoy is not looked at.
 * Its warnings are left out. istio/istio:pkg/config/validation/envoyfilter/envoyfilter.go
 */
export function webhookEnvoyFilter(object: Part): readonly Remark[] {
  const spec = part(object, "spec");
  const labels = workloadLabelFaults(spec);
  if (labels.length > 0) return labels;
  return parts(spec, "configPatches").flatMap((each) => patchFault(each) ?? []);
}

/** The first fault of a patch. Of one for waypoints istiod says nothing. */
function patchFault(config: Part): Remark | undefined {
  const match = part(config, "match");
  if (match.fields["context"] === "WAYPOINT") return undefined;
  return incomplete(config) ?? oddVersion(match) ?? oddMatch(config, match);
}

function incomplete(config: Part): Remark | undefined {
  const patch = part(config, "patch");
  const operation = textOf(patch.fields["operation"]) ?? "INVALID";
  if ((textOf(config.fields["applyTo"]) ?? "INVALID") === "INVALID")
    return routeFault(config.path, "no `applyTo`");
  if (!isPresent(config, "patch")) return routeFault(config.path, "no `patch`");
  if (operation === "INVALID") return routeFault(patch.path, "no `operation`");
  if (operation !== "REMOVE" && !isPresent(patch, "value"))
    return routeFault(patch.path, `\`${operation}\` without a \`value\``);
  return undefined;
}

function oddVersion(match: Part): Remark | undefined {
  const { path, fields } = part(match, "proxy");
  const version = textOf(fields["proxyVersion"]) ?? "";
  if (version.length > longestVersion) return undefined;
  const error = goRegexError(version);
  if (error === undefined) return undefined;
  return routeFault([...path, "proxyVersion"], `\`${version}\` is no regular expression: ${error}`);
}

function oddMatch(config: Part, match: Part): Remark | undefined {
  const applied = textOf(config.fields["applyTo"]) ?? "";
  const wanted = matched.get(applied);
  const other = objects.find((name) => isPresent(match, name));
  if (wanted === undefined || other === undefined) return undefined;
  if (other !== wanted)
    return routeFault(
      [...match.path, other],
      `\`${applied}\` cannot be matched with \`${other}\``,
      `write \`${wanted}\``,
    );
  const chain = part(part(match, "listener"), "filterChain");
  return isPresent(chain, "filter") ? oddFilter(part(chain, "filter"), applied) : undefined;
}

function oddFilter(filter: Part, applied: string): Remark | undefined {
  const name = textOf(filter.fields["name"]) ?? "";
  const inner = part(filter, "subFilter");
  if (name === "") return routeFault(filter.path, "a filter is matched by its `name`");
  if (!isPresent(filter, "subFilter")) return undefined;
  if (applied !== "HTTP_FILTER")
    return routeFault(inner.path, `\`${applied}\` has no \`subFilter\``, "it is for HTTP_FILTER");
  if (!connectionManagers.includes(name))
    return routeFault(inner.path, `\`${name}\` has no filters in it`, connectionManagers[0]);
  return (textOf(inner.fields["name"]) ?? "") === ""
    ? routeFault(inner.path, "a filter is matched by its `name`")
    : undefined;
}
