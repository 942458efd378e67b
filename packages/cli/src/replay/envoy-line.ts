import type { AccessRequest } from "@meshproof/engine";
import { endpointOf, type Logged, type Observed, type Setting, type Skipped } from "./logged.ts";

/** What Envoy's default access log says, under the names of its JSON form; a missing value is absent (ctx:7.1). */
export type EnvoyFields = Readonly<Record<string, string | undefined>>;

/** The fields of the default text form, in their order. */
const textFields: readonly string[] = [
  ...["start_time", "request", "response_code", "response_flags", "response_code_details"],
  ...["connection_termination_details", "upstream_transport_failure_reason", "bytes_received"],
  ...["bytes_sent", "duration", "upstream_service_time", "x_forwarded_for", "user_agent"],
  ...["request_id", "authority", "upstream_host", "upstream_cluster", "upstream_local_address"],
  ...[
    "downstream_local_address",
    "downstream_remote_address",
    "requested_server_name",
    "route_name",
  ],
];

/** A line of the default text form. */
export function envoyText(line: string): EnvoyFields | undefined {
  const tokens = line.match(/\[[^\]]*\]|"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [];
  if (tokens.length < textFields.length - 1) return undefined;
  const fields = Object.fromEntries(
    textFields.map((name, index) => [name, valueOf(tokens[index] ?? "-")]),
  );
  const [method, path, protocol] = fields["request"]?.split(" ") ?? [];
  return { ...fields, method: valueOf(method ?? "-"), path: valueOf(path ?? "-"), protocol };
}

/** A line of the JSON form, with whatever it was told to log besides. */
export function envoyJson(value: Readonly<Record<string, unknown>>): EnvoyFields {
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      one === null || typeof one === "object" ? undefined : valueOf(String(one)),
    ]),
  );
}

function valueOf(token: string): string | undefined {
  const text = token.startsWith('"') && token.endsWith('"') ? token.slice(1, -1) : token;
  return text === "-" || text === "" ? undefined : text;
}

/** The request at the proxy that wrote the line. What a default log does not say (identity, headers) stays unknown. */
export function envoyRequest(fields: EnvoyFields, setting: Setting): Logged | Skipped {
  if (setting.to === undefined && fields["upstream_cluster"]?.startsWith("outbound|"))
    return { skipped: "written by the client's side: the server's log has it, too" };
  const to = setting.to ?? destination(fields, setting);
  if (to === undefined) return { skipped: "no workload has the address it went to: say --to" };
  const { from, ip } = caller(fields, setting);
  const request: AccessRequest = {
    to,
    ...(from === undefined ? {} : { from }),
    ...(ip === undefined ? {} : { source: { ip } }),
    ...(isMesh(fields) ? { transport: "mtls" } : {}),
    ...httpOf(fields),
  };
  return { request, observed: observedOf(fields), weight: 1 };
}

function destination(fields: EnvoyFields, { workloadAt }: Setting): string | undefined {
  const local = endpointOf(fields["downstream_local_address"] ?? "");
  const workload = local && workloadAt(local.ip);
  return workload && `${workload}:${local.port}`;
}

/** The log names the pod; that the client addressed a Service, over mesh TLS, its server name tells: `outbound_.PORT_.SUBSET_.HOST`. */
function isMesh(fields: EnvoyFields): boolean {
  const named = fields["requested_server_name"]?.startsWith("outbound_") === true;
  return named || fields["downstream_peer_uri_san"] !== undefined;
}

/** The identity where it was logged (`%DOWNSTREAM_PEER_URI_SAN%`), else the workload with the address, else nothing. */
function caller(
  fields: EnvoyFields,
  { workloadAt }: Setting,
): { readonly from?: string; readonly ip?: string } {
  const direct = fields["downstream_direct_remote_address"] ?? fields["downstream_remote_address"];
  const ip = endpointOf(direct ?? "")?.ip;
  const peer = fields["downstream_peer_uri_san"] ?? fields["source_principal"];
  const from = peer === undefined ? ip && workloadAt(ip) : withScheme(peer);
  return { ...(from === undefined ? {} : { from }), ...(ip === undefined ? {} : { ip }) };
}

function withScheme(identity: string): string {
  return identity.startsWith("spiffe://") ? identity : `spiffe://${identity}`;
}

const versions: Readonly<Record<string, "1.0" | "1.1" | "2">> = {
  "HTTP/1.0": "1.0",
  "HTTP/1.1": "1.1",
  "HTTP/2": "2",
};

/** A line without a method is one of a TCP connection. */
function httpOf({
  method,
  path,
  authority,
  protocol = "",
}: EnvoyFields): Pick<AccessRequest, "http"> {
  if (method === undefined) return {};
  const version = versions[protocol];
  return {
    http: {
      method,
      ...(path === undefined ? {} : { path }),
      ...(authority === undefined ? {} : { host: authority }),
      ...(version === undefined ? {} : { version }),
    },
  };
}

function observedOf(fields: EnvoyFields): Observed {
  const status = Number(fields["response_code"] ?? 0);
  const details = fields["connection_termination_details"] ?? fields["response_code_details"];
  return {
    ...(status > 0 ? { status } : {}),
    ...(details === undefined ? {} : { details }),
  };
}
