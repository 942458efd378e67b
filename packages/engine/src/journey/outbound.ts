import type { Header, HttpRequest } from "../model/request.ts";
import type { Client } from "./client.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Sent } from "./message.ts";

/**
 * The request as it leaves the client: a sidecar that routes HTTP says how it was spoken to and counts its attempts. Follows
 * envoyproxy/envoy:source/common/http/conn_manager_utility.cc, as the journey oracle shows.
 */
export function leave(sent: Sent, client: Client, endpoint: Endpoint): Sent {
  const { outbound, http } = sent;
  if (http === undefined || outbound === "tcp" || client.plane !== "sidecar") return sent;
  const attempts: readonly Header[] =
    endpoint.service === undefined ? [] : [["x-envoy-attempt-count", "1"]];
  const proto: readonly Header[] = has(http, "x-forwarded-proto")
    ? []
    : [["x-forwarded-proto", "http"]];
  const headers = http.headers.filter(([name]) => !isNamed(name, attempts));
  return { ...sent, http: { ...http, headers: [...headers, ...proto, ...attempts] } };
}

function has({ headers }: HttpRequest, name: string): boolean {
  return headers.some(([each]) => each.toLowerCase() === name);
}

function isNamed(name: string, among: readonly Header[]): boolean {
  return among.some(([each]) => each === name.toLowerCase());
}
