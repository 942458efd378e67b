import { fieldsOf, listOf, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import type { RouteObject } from "./object.ts";

/** The hosts that an object leads to, for a namespace. `istio/istio:pilot/pkg/model/push_context.go`, virtualServiceDestinationsFilteredBySourceNamespace */
export function destinationHosts(
  { http, tcp, tls }: RouteObject,
  namespace: string,
): readonly string[] {
  const rules = [...http, ...tcp, ...tls].map(({ fields }) => fields);
  return rules.filter((fields) => isFor(fields, namespace)).flatMap(hostsOf);
}

function isFor(fields: Fields, namespace: string): boolean {
  const matches = listOf(fields["match"]).map(fieldsOf);
  return (
    matches.length === 0 ||
    matches.some((match) => {
      const space = textOf(match["sourceNamespace"]) ?? "";
      return space === "" || space === namespace;
    })
  );
}

function hostsOf(fields: Fields): readonly string[] {
  const ways = [...listOf(fields["route"]), ...listOf(fields["mirrors"])]
    .map(fieldsOf)
    .map((way) => fieldsOf(way["destination"]));
  return [...ways, fieldsOf(fields["mirror"])].flatMap(({ host }) => textOf(host) || []);
}
