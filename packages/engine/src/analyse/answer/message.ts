import { knownMethod } from "../../envoy/http/http1-codec.ts";
import { textOfBytes } from "../../match/bytes.ts";
import type { AccessRequest, Token } from "../../model/access-request.ts";
import type { Header, HttpRequest } from "../../model/request.ts";
import type { Lane } from "../space/lanes.ts";
import type { Occasion } from "./request.ts";
import { besideToken, placeToken } from "./sent-token.ts";
import { type Concrete, firstOf as first } from "./values.ts";

const someHost = "workload.example";

/** A request of HTTP: its path and the values of its headers are bytes. */
export type Message = Required<
  Pick<Exclude<AccessRequest["http"], string | undefined>, "method" | "path">
> & {
  readonly host?: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly version?: "1.1" | "2";
};

/** A gateway asks for a host: one that it has routes for, if there is one. */
export function messageOf(
  found: Concrete,
  { point, lane, lanes }: Pick<Occasion, "point" | "lanes"> & { readonly lane?: Lane },
  sourceIp: string,
  token: Token | undefined,
): Message {
  const method = first(found, "method") ?? "GET";
  const isGateway = point.proxy.kind === "gateway";
  const host = first(found, "host") ?? (isGateway ? hostAt(lane) : undefined);
  const stated = headersOf(found, lane?.proxied ? undefined : sourceIp);
  const headers = token === undefined ? stated : besideToken(token, stated);
  const path = rawPath(first(found, "path") ?? "/", lanes);
  const isNewer = !knownMethod(method) || !isHttp1(path, headers);
  return {
    method,
    path,
    ...(host === undefined ? {} : { host }),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(isNewer ? { version: "2" as const } : {}),
  };
}

/** Whether HTTP/1.1 takes a path and the values of headers as they are. */
function isHttp1(path: string, headers: NonNullable<Message["headers"]>): boolean {
  return (
    /^[!-~]*$/.test(path) &&
    !Object.values(headers)
      .flat()
      .some((value) => /^[ \t]|[ \t]$/.test(value))
  );
}

/** A message as one writes it: texts, of which the bytes are sent. */
export function writtenMessage({ path, headers, ...others }: Message): Message {
  const written = Object.entries(headers ?? {}).map(
    ([name, values]) => [name, values.map(textOfBytes)] as const,
  );
  return {
    ...others,
    path: textOfBytes(path),
    ...(headers ? { headers: Object.fromEntries(written) } : {}),
  };
}

/** A path as it is sent: a segment like `..;x` behind a backslash, where behind a slash it would be navigation. */
function rawPath(path: string, lanes: readonly Lane[]): string {
  const isNavigation = lanes.some(
    ({ chain }) => chain?.http?.normalizePath && chain.http.dotSegmentParameters !== "keep",
  );
  if (!isNavigation || !path.includes("/.")) return path;
  const [, own = path, query = ""] = /^([^?#]*)(.*)$/.exec(path) ?? [];
  const hidden = own.replace(/\/(?=\.\.?;)/g, "\\");
  return `${hidden.startsWith("\\") ? `/x/..${hidden}` : hidden}${query}`;
}

function hostAt(lane: Lane | undefined): string {
  const { routes = [], match } = lane?.chain ?? {};
  const routed = routes.flatMap((host) => (host.routes.length > 0 ? host.domains : []));
  const names = [...routed, ...(match?.serverNames ?? [])];
  const named = names.find((name) => name !== "*" && !name.includes(":"));
  return named?.replace(/^\*/, "x") ?? someHost;
}

function headersOf(
  found: Concrete,
  sourceIp: string | undefined, // that another address of the client is told from by a header
): Readonly<Record<string, readonly string[]>> {
  const headers: Record<string, readonly string[]> = {};
  for (const [attribute, values] of found.values)
    if (attribute.startsWith("header ") && !attribute.includes("@") && values.length > 0)
      headers[attribute.slice("header ".length)] = values;
  const scheme = first(found, "scheme");
  if (scheme !== undefined) headers["x-forwarded-proto"] ??= [scheme];
  const remote = first(found, "remote.ip");
  if (remote !== undefined && sourceIp !== undefined && remote !== sourceIp)
    headers["x-forwarded-for"] ??= [remote];
  return headers;
}

/** A message as it comes to a proxy, with its token. */
export function httpOf(
  { method, path, host = someHost, headers = {}, version = "1.1" }: Message,
  token: Token | undefined,
): HttpRequest {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    values.map((value): Header => [name, value]),
  );
  const placed = token === undefined ? { lines, path } : placeToken(token, lines, path);
  return { version, method, target: placed.path, host, headers: placed.lines };
}
