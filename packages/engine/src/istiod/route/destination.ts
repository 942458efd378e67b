import { utf8Bytes } from "../../match/bytes.ts";
import type { Mirror, RouteDestination } from "../../model/route.ts";
import { fieldsOf, listOf, numberOf, present, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import type { Serving } from "./action.ts";
import { headerChanges } from "./header-changes.ts";
import type { RegistryService } from "./registry.ts";

/**
 * Where a rule leads, several by weight: what weighs nothing is left out. The host that the headers of one of several set is its own.
 * Follows istio/istio:pilot/pkg/networking/core/route/route.go processDestination, processWeightedDestination.
 */
export function destinationsOf(rule: Fields, serving: Leading): readonly RouteDestination[] {
  const ways = listOf(rule["route"]).map(fieldsOf);
  const [only] = ways;
  if (only !== undefined && ways.length === 1) return [{ ...wayOf(only, serving), weight: 1 }];
  return ways
    .map((way) => ({ way, weight: numberOf(way["weight"]) ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .map(({ way, weight }) => {
      const { authority } = headerChanges(fieldsOf(way["headers"]));
      return { ...wayOf(way, serving), weight, ...(authority ? { authority } : {}) };
    });
}

/** What else decides where a rule leads. */
export type Leading = Pick<Serving, "lookUp" | "port">;

function wayOf(way: Fields, serving: Leading): Omit<RouteDestination, "weight"> {
  const { changes } = headerChanges(fieldsOf(way["headers"]));
  const to = clusterOf(fieldsOf(way["destination"]), serving);
  const missing = way["missing"] === true ? { missing: true as const } : {};
  return { ...to, ...missing, ...(changes ? { headers: changes } : {}) };
}

/**
 * The cluster of a destination: without a port that of the service's only one, else the listener's. `route.go`, GetDestinationCluster
 */
export function clusterOf(
  destination: Fields,
  { lookUp, port }: Leading,
): Pick<RouteDestination, "host" | "port" | "subset"> {
  const stated = textOf(destination["host"]) ?? "";
  const service = lookUp(stated);
  const subset = textOf(destination["subset"]);
  return present({
    host: utf8Bytes(service?.alias ?? stated),
    port: numberOf(fieldsOf(destination["port"])["number"]) ?? onlyPort(service) ?? port,
    subset: subset === undefined || subset === "" ? undefined : subset,
  });
}

function onlyPort(service: RegistryService | undefined): number | undefined {
  const [only, ...more] = service?.ports ?? [];
  return more.length > 0 ? undefined : only?.port;
}

/** Copies of what a rule forwards: by `mirror`, and by `mirrors`. `route.go`, MirrorPercent */
export function mirrorsOf(rule: Fields, serving: Leading): readonly Mirror[] {
  const single = rule["mirror"] === undefined ? [] : [{ destination: rule["mirror"] }];
  const whole = percentOf(rule["mirrorPercentage"]) ?? numberOf(rule["mirrorPercent"]) ?? 100;
  return [
    ...single.map((mirror) => ({ mirror: fieldsOf(mirror), percentage: whole })),
    ...listOf(rule["mirrors"])
      .map(fieldsOf)
      .map((mirror) => ({ mirror, percentage: percentOf(mirror["percentage"]) ?? 100 })),
  ]
    .filter(({ mirror, percentage }) => percentage > 0 && mirror["destination"] !== undefined)
    .map(({ mirror, percentage }) => ({ ...wayOf(mirror, serving), percentage }));
}

function percentOf(percentage: unknown): number | undefined {
  return percentage === undefined ? undefined : (numberOf(fieldsOf(percentage)["value"]) ?? 0);
}
