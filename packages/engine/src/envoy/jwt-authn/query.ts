import { compareBytes } from "../../model/place.ts";
import { decodePercent } from "../http/percent.ts";
import type { ProxyRequest } from "../proxy-request.ts";

/** The first value of a query parameter, decoded; "" where it has none. Undefined: it is not there. */
export function firstParameter(path: string, name: string): string | undefined {
  return parametersOf(path)?.find(([other]) => other === name)?.[1];
}

/**
 * The request without a query parameter. The others are written back decoded and sorted by name, as Envoy does it.
 * Follows envoyproxy/envoy:source/common/http/utility.cc QueryParamsMulti.
 */
export function withoutParameter(request: ProxyRequest, name: string): ProxyRequest {
  const path = request.path ?? "";
  const left = (parametersOf(path) ?? []).filter(([other]) => other !== name);
  const sorted = [...left].sort(([a], [b]) => compareBytes(a, b)); // stable: values of one name keep their order
  const query = sorted.map(([key, value]) => `${key}=${value}`).join("&");
  const base = path.split("?", 1)[0] ?? "";
  return { ...request, path: sorted.length === 0 ? base : `${base}?${query}` };
}

function parametersOf(
  path: string,
): readonly (readonly [name: string, value: string])[] | undefined {
  const question = path.indexOf("?");
  if (question < 0 || question === path.length - 1) return undefined;
  const pieces = path.slice(question + 1).split("&");
  if (pieces.at(-1) === "") pieces.pop(); // an ampersand at the end starts nothing
  return pieces.map((piece) => {
    const equals = piece.indexOf("=");
    if (equals < 0) return [decodePercent(piece), ""];
    return [decodePercent(piece.slice(0, equals)), decodePercent(piece.slice(equals + 1))];
  });
}
