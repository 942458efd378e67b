import { fieldsOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { type Part, part, parts, values } from "./read.ts";
import {
  gatewayFaults,
  isClaim,
  isDnsLabel,
  kindOf,
  labelFaults,
  regexFaults,
  routeFault,
  textFaults,
} from "./route-words.ts";

/** istio/istio:pkg/config/validation/virtualservice.go, validateHTTPRouteMatchRequest. */
export function httpMatchFaults(route: Part): readonly Remark[] {
  return parts(route, "match").flatMap((match) => [
    ...headerFaults(match, "headers"),
    ...headerFaults(match, "withoutHeaders"),
    ...regexFaults(match, "uri"),
    ...["scheme", "method", "authority"].flatMap((name) => textFaults(match, name)),
    ...queryFaults(match),
    ...peerFaults(match),
    ...namespaceFaults(match),
  ]);
}

/** What every match may say of who calls: the port, the caller's labels, the gateways. */
export function peerFaults(match: Part): readonly Remark[] {
  const { path, fields } = match;
  const port = fields["port"] ?? 0;
  const isPort = port === 0 || isPortNumber(port);
  return [
    ...(isPort ? [] : [routeFault([...path, "port"], `\`${port}\` is no port`)]),
    ...labelFaults(match, "sourceLabels"),
    ...gatewayFaults(values(match, "gateways")),
  ];
}

/** `agent`, ValidatePort. */
export function isPortNumber(port: unknown): boolean {
  return typeof port === "number" && port >= 1 && port <= 65535;
}

function namespaceFaults({ path, fields }: Part): readonly Remark[] {
  const namespace = textOf(fields["sourceNamespace"]) ?? "";
  if (namespace === "" || isDnsLabel(namespace)) return [];
  return [routeFault([...path, "sourceNamespace"], `\`${namespace}\` cannot be a namespace`)];
}

function queryFaults(match: Part): readonly Remark[] {
  const query = part(match, "queryParams");
  return Object.keys(query.fields).flatMap((name) => textFaults(query, name));
}

const headerName = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const pseudo: ReadonlySet<string> = new Set([
  ...[":method", ":scheme", ":authority", ":path", ":status"],
]);

/** A name of a header that can be, or one that stands for a claim; in `withoutHeaders` the regex `*` means that it is there. */
function headerFaults(match: Part, field: "headers" | "withoutHeaders"): readonly Remark[] {
  const headers = part(match, field);
  return Object.entries(headers.fields).flatMap(([name, value]) => {
    const path = [...headers.path, name];
    const isName = isClaim(name) || pseudo.has(name) || headerName.test(name);
    const present =
      field === "withoutHeaders" && kindOf(value) === "regex" && fieldsOf(value)["regex"] === "*";
    const isNull = field === "headers" && value === null;
    return [
      ...(isNull ? [routeFault(path, `\`${name}\` has no value`)] : []),
      ...(isName ? [] : [routeFault(path, `\`${name}\` is no name of a header`)]),
      ...(present ? [] : textFaults(headers, name)),
    ];
  });
}
