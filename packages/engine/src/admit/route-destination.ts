import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { isPresent, type Part, part, parts } from "./read.ts";
import { headerChangeFaults } from "./route-headers.ts";
import { isPortNumber } from "./route-match.ts";
import { isDnsLabel, isWildcardDomain, routeFault } from "./route-words.ts";

/** The destinations of a route. istio/istio:pkg/config/validation/validation.go, validateRouteDestinations */
export function destinationsFaults(route: Part): readonly Remark[] {
  const ways = parts(route, "route");
  const weights = ways.map(({ fields }) => numberOf(fields["weight"]) ?? 0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const isNothing = ways.length > 1 && total === 0;
  return [
    ...ways.flatMap((way, index) => [
      ...(isPresent(way, "destination") ? [] : [routeFault(way.path, "no `destination`")]),
      ...headerChangeFaults(way),
      ...destinationFaults(way, "destination"),
      ...((weights[index] ?? 0) < 0 ? [routeFault([...way.path, "weight"], "less than 0")] : []),
    ]),
    ...(isNothing ? [routeFault([...route.path, "route"], "all weights together are 0")] : []),
  ];
}

/** `validation.go`, validateDestination. */
export function destinationFaults(of: Part, name: string): readonly Remark[] {
  if (!isPresent(of, name)) return [];
  const { path, fields } = part(of, name);
  const host = textOf(fields["host"]) ?? "";
  const subset = textOf(fields["subset"]) ?? "";
  const port = numberOf(part(part(of, name), "port").fields["number"]) ?? 0;
  const isHost = host !== "*" && isWildcardDomain(host);
  const isPort = !isPresent(part(of, name), "port") || isPortNumber(port);
  return [
    ...(isHost ? [] : [routeFault([...path, "host"], `\`${host}\` cannot be a destination`)]),
    ...(subset === "" || isDnsLabel(subset)
      ? []
      : [routeFault([...path, "subset"], `\`${subset}\` cannot be a subset`)]),
    ...(isPort ? [] : [routeFault([...path, "port"], `\`${port}\` is no port`)]),
  ];
}
