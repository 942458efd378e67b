import { fieldsOf, listOf, textOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";

/** A name without a dot is a Service of the namespace. `istio/istio:pilot/pkg/model/config.go`, ResolveShortnameToFQDN */
export function fullHost(host: string, namespace: string): string {
  if (host === "*" || host === "" || host.includes(".") || host.includes(":")) return host;
  return `${host}.${namespace}.svc.cluster.local`;
}

/** `istio/istio:pilot/pkg/model/config.go`, resolveGatewayName */
export function gatewayName(name: string, namespace: string): string {
  if (name === "mesh") return name;
  if (name.startsWith("./")) return `${namespace}/${name.slice(2)}`;
  if (name.includes("/")) return name;
  const [short = "", space] = name.split(".");
  return `${space ?? namespace}/${short}`;
}

/**
 * A rule of a VirtualService with the full names of its destinations and gateways.
 * Follows istio/istio:pilot/pkg/model/virtualservice.go ResolveVirtualServiceShortnames.
 */
export function withFullNames(rule: Fields, namespace: string): Fields {
  const { match, route, mirror, mirrors } = rule;
  return {
    ...rule,
    ...(match === undefined
      ? {}
      : { match: listOf(match).map((each) => matched(fieldsOf(each), namespace)) }),
    ...(route === undefined
      ? {}
      : { route: listOf(route).map((each) => led(fieldsOf(each), namespace)) }),
    ...(mirror === undefined ? {} : { mirror: destined(fieldsOf(mirror), namespace) }),
    ...(mirrors === undefined
      ? {}
      : { mirrors: listOf(mirrors).map((each) => led(fieldsOf(each), namespace)) }),
  };
}

function matched(match: Fields, namespace: string): Fields {
  const gateways = textsOf(match["gateways"]);
  return gateways === undefined
    ? match
    : { ...match, gateways: gateways.map((name) => gatewayName(name, namespace)) };
}

function led(way: Fields, namespace: string): Fields {
  const { destination } = way;
  return destination === undefined
    ? way
    : { ...way, destination: destined(fieldsOf(destination), namespace) };
}

function destined(destination: Fields, namespace: string): Fields {
  return { ...destination, host: fullHost(textOf(destination["host"]) ?? "", namespace) };
}
