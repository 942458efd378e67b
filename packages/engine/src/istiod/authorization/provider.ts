import { parseHeaderName } from "../../match/parse-text.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { ExtensionProvider, GrpcAuthorizer, HttpAuthorizer } from "../../model/mesh-config.ts";
import type { ExtAuthzFilter } from "../../model/program.ts";
import type { Text } from "../../model/rule.ts";
import { behaves } from "../../release.ts";
import { type AuthorizerRefusal, authorizerRefusal } from "./authorizer-refusal.ts";
import { findsService } from "./provider-service.ts";

/** How a provider is asked: what an ext-authz filter has besides its rules. */
export type Asking = Omit<ExtAuthzFilter, "kind" | "peer" | "rules">;

/** An extension provider that CUSTOM policies may name, or why istiod cannot use it. `refusal`: why Envoy refuses the filter. */
export type Provider =
  | { readonly kind: "usable"; readonly asking: Asking; readonly refusal?: AuthorizerRefusal }
  | { readonly kind: "undeclared" }
  | { readonly kind: "unusable" };

/**
 * The provider of that name. Of two with one name the later one counts: istiod reads its mesh config so that it replaces the
 * other (istio/istio:pkg/config/mesh/mesh.go ApplyMeshConfig). Follows istio/istio:pilot/pkg/security/authz/builder/extauthz.go.
 */
export function providerNamed(name: string, mesh: Mesh): Provider {
  const { extensionProviders = [] } = mesh.config;
  const provider = extensionProviders.findLast((each) => (each.name ?? "") === name);
  if (provider === undefined || authorizerOf(provider) === undefined) return { kind: "undeclared" };
  if (!nameIsOk(name, mesh) || !authorizerIsOk(provider, mesh)) return { kind: "unusable" };
  const refusal = authorizerRefusal(provider);
  return {
    kind: "usable",
    asking: askingOf(provider, mesh),
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** What a provider is taken to be where no mesh config is loaded that could say it. */
export function assumedProvider(name: string): Asking {
  return { provider: name, protocol: "http", failOpen: false, statusOnError: 403, seesHeaders: [] };
}

function authorizerOf({
  envoyExtAuthzHttp,
  envoyExtAuthzGrpc,
}: ExtensionProvider): HttpAuthorizer | GrpcAuthorizer | undefined {
  return envoyExtAuthzHttp ?? envoyExtAuthzGrpc;
}

function nameIsOk(name: string, { release }: Mesh): boolean {
  if (name === "") return false;
  return (
    !behaves(release, "provider-name-syntax") ||
    (/^(?!-)[a-z0-9-]{1,63}$/.test(name) && !name.endsWith("-"))
  );
}

function authorizerIsOk(
  { envoyExtAuthzHttp: http, envoyExtAuthzGrpc: grpc }: ExtensionProvider,
  mesh: Mesh,
): boolean {
  const authorizer = http ?? grpc;
  if (authorizer === undefined) return false;
  const { port, service, statusOnError = "" } = authorizer;
  const commonIsOk =
    port >= 1 && port <= 65535 && findsService(service, mesh) && statusIsOk(statusOnError);
  return commonIsOk && (http === undefined || httpIsOk(http));
}

function httpIsOk(http: HttpAuthorizer): boolean {
  const { pathPrefix = "" } = http;
  const lists = [
    http.includeRequestHeadersInCheck,
    http.includeHeadersInCheck,
    http.headersToDownstreamOnDeny,
    http.headersToDownstreamOnAllow,
    http.headersToUpstreamOnAllow,
  ];
  return (pathPrefix === "" || pathIsOk(pathPrefix)) && !lists.some((list) => list?.includes("*"));
}

/** What Go's `url.Parse` takes of what begins with a slash: no control characters and no broken escapes. */
function pathIsOk(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return path.startsWith("/") && !/[\0-\x1f\x7f]|%(?![0-9a-fA-F]{2})/.test(path);
}

/** The status codes that Envoy's protocol can name (envoy:api/envoy/type/v3/http_status.proto). */
const statuses: ReadonlySet<number> = new Set([
  ...[0, 100, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226],
  ...[300, 301, 302, 303, 304, 305, 307, 308],
  ...[400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417],
  ...[421, 422, 423, 424, 426, 428, 429, 431],
  ...[500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511],
]);

function statusIsOk(text: string): boolean {
  return text === "" || (/^[+-]?\d{1,9}$/.test(text) && statuses.has(Number(text)));
}

function askingOf(provider: ExtensionProvider, { release }: Mesh): Asking {
  const { name, envoyExtAuthzHttp: http, envoyExtAuthzGrpc: grpc } = provider;
  const authorizer = http ?? grpc;
  const body = authorizer?.includeRequestBodyInCheck;
  const isIgnored = http !== undefined && behaves(release, "http-authorizer-error-403");
  return {
    provider: name,
    protocol: http ? "http" : "grpc",
    failOpen: authorizer?.failOpen ?? false,
    statusOnError: isIgnored ? 403 : Number(authorizer?.statusOnError || "403"),
    seesHeaders: headerTexts(http?.includeRequestHeadersInCheck, http?.includeHeadersInCheck),
    ...(http ? answerHeaders(http) : {}),
    ...(body && !body.allowPartialMessage ? { maxBody: body.maxRequestBytes ?? 0 } : {}),
  };
}

/** Without a list an HTTP provider can change no header of the request, and the client sees all of its denial. */
function answerHeaders({
  headersToUpstreamOnAllow,
  headersToDownstreamOnDeny,
}: HttpAuthorizer): Pick<Asking, "upstreamHeaders" | "clientHeaders"> {
  const clientHeaders = headerTexts(headersToDownstreamOnDeny);
  return {
    upstreamHeaders: headerTexts(headersToUpstreamOnAllow),
    ...(clientHeaders.length > 0 ? { clientHeaders } : {}),
  };
}

/** The first list that is not empty. */
function headerTexts(...lists: readonly (readonly string[] | undefined)[]): readonly Text[] {
  return (lists.find((list) => list && list.length > 0) ?? []).map(parseHeaderName);
}
