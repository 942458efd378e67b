import { replaceAll } from "../match/re2-replace.ts";
import type { Alphabet } from "../match/sequence.ts";
import type { RouteAction } from "../model/program.ts";
import type { HeaderChanges, Rewrite, RouteDestination } from "../model/route.ts";
import { addHeader, setHeader, withoutHeader } from "./header-changes.ts";
import { formatted, type Origin } from "./header-values.ts";
import type { ProxyRequest } from "./proxy-request.ts";

export type Forward = Extract<RouteAction, { readonly kind: "forward" }>;

/** Whether headers are to say which host was asked for, and no longer that there were another path and host. */
export interface Telling {
  readonly tellsHost?: true;
  readonly untold?: true;
  readonly latin1?: true; // see `HttpSettings`
}

/** A request as it goes on. `unclear`: headers whose values nobody knows, which are left out. */
export interface Forwarded {
  readonly request: ProxyRequest;
  readonly unclear: readonly string[];
}

/**
 * A request as a route sends it to one of its destinations: headers first, of several destinations that one's own before the
 * route's, then the host, then the path. Follows envoyproxy/envoy:source/common/router/config_impl.cc finalizeRequestHeaders and
 * weighted_cluster_specifier.cc (ctx:3.9).
 */
export function forward(
  request: ProxyRequest,
  { headers, rewrite = {}, ...telling }: Pick<Forward, "headers" | "rewrite"> & Telling,
  destination: Pick<RouteDestination, "headers" | "authority">,
  origin: Origin,
): Forwarded {
  const own = changed({ request, unclear: [] }, destination.headers, origin);
  const { authority } = destination;
  const hosted = authority === undefined ? own : { ...own, request: { ...own.request, authority } };
  const routed = changed(hosted, headers, origin);
  const renamed = hostRewritten(routed.request, rewrite, telling);
  return { ...routed, request: pathRewritten(renamed, rewrite, telling) };
}

/** What is removed goes first; all values are worked out before any is set; what is set comes before what is added. */
function changed(
  { request, unclear }: Forwarded,
  { remove = [], write = [] }: HeaderChanges = {},
  origin: Origin,
): Forwarded {
  const left = remove.reduce(withoutHeader, request);
  const values = write.map((each) => ({ ...each, value: formatted(each.value, left, origin) }));
  const known = values.flatMap(({ value, ...each }) => (value ? [{ ...each, value }] : []));
  const unknown = values.filter(({ value }) => value === undefined);
  const set = known.filter(({ append }) => !append);
  const add = known.filter(({ append }) => append);
  const bare = unknown
    .filter(({ append }) => !append)
    .reduce((at, { name }) => withoutHeader(at, name), left);
  const overwritten = set.reduce((at, { name, value }) => setHeader(at, name, value), bare);
  return {
    request: add.reduce((at, { name, value }) => addHeader(at, name, value), overwritten),
    unclear: [...unclear, ...unknown.map(({ name }) => name)],
  };
}

/** The host that came stays in a header. `envoy:source/common/http/utility.cc`, updateAuthority */
function hostRewritten(
  request: ProxyRequest,
  { authority }: Rewrite,
  { tellsHost, untold }: Telling,
): ProxyRequest {
  if (authority === undefined || authority === "") return request;
  const { authority: before } = request;
  if (!before) return { ...request, authority };
  const kept = untold ? request : setHeader(request, "x-envoy-original-host", before);
  const told = tellsHost ? addHeader(kept, "x-forwarded-host", before) : kept;
  return { ...told, authority };
}

/** The path that came stays in a header. `config_impl.cc`, finalizePathHeader */
function pathRewritten(
  request: ProxyRequest,
  rewrite: Rewrite,
  { untold, latin1 }: Telling,
): ProxyRequest {
  const { path } = request;
  const to = path === undefined ? undefined : newPath(path, rewrite, latin1 ? "latin1" : "bytes");
  if (path === undefined || to === undefined) return request;
  const kept = untold ? request : setHeader(request, "x-envoy-original-path", path);
  return { ...kept, path: to };
}

function newPath(
  path: string,
  { path: whole, prefix, pattern }: Rewrite,
  alphabet: Alphabet,
): string | undefined {
  if (prefix) return `${prefix.to}${path.slice(prefix.from.length)}`;
  if (whole === undefined && !pattern) return undefined;
  const end = path.search(/[?#]/);
  const bare = end < 0 ? path : path.slice(0, end);
  const rest = path.slice(bare.length);
  if (whole !== undefined) return `${whole}${rest}`;
  const replaced = pattern && replaceAll(pattern.match, bare, pattern.substitution, alphabet);
  return replaced ? `${replaced}${rest}` : undefined; // of which nothing is left, all stays
}
