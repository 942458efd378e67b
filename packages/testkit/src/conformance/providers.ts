import type { MeshConfig, ProviderAnswer } from "@meshproof/engine";
import type { ScenarioHttp } from "./vector.ts";

/**
 * What the oracle's external authorizers say to the providers of a mesh config. They allow requests with `x-ext-authz: allow`, if
 * the check shows it; without `http` the check is about a connection, which has no headers. A status in its place is what the HTTP
 * authorizer answers, and at `hang-up` both hang up.
 */
export function providerAnswers(
  { extensionProviders = [] }: MeshConfig,
  http: ScenarioHttp | undefined,
): Readonly<Record<string, ProviderAnswer>> {
  return Object.fromEntries(
    extensionProviders.map((provider) => [provider.name, answerOf(provider, http)]),
  );
}

const ports = { http: 8000, grpc: 9001 };
const header = "x-ext-authz";
type Provider = NonNullable<MeshConfig["extensionProviders"]>[number];

function answerOf(
  { envoyExtAuthzHttp: byHttp, envoyExtAuthzGrpc: byGrpc }: Provider,
  http: ScenarioHttp | undefined,
): ProviderAnswer {
  const wish = wishOf(http);
  const asked = byHttp ?? byGrpc;
  if (wish === "hang-up" || asked?.port !== (byHttp ? ports.http : ports.grpc)) return "error";
  if (!byHttp) return wish?.startsWith("allow") ? "allow" : "deny";
  const shown = byHttp.includeRequestHeadersInCheck ?? byHttp.includeHeadersInCheck ?? [];
  const said = addedWish(byHttp) ?? (shown.some(showsHeader) ? wish : undefined);
  return httpAnswer(http?.method ?? "", said);
}

/** What the mesh config writes into the check, whatever the client sent. */
function addedWish({
  includeAdditionalHeadersInCheck: added = {},
}: NonNullable<Provider["envoyExtAuthzHttp"]>): string | undefined {
  return Object.entries(added).find(([name]) => name.toLowerCase() === header)?.[1];
}

function wishOf(http: ScenarioHttp | undefined): string | undefined {
  const lines = (http?.headers ?? []).filter(([name]) => name.toLowerCase() === header);
  return lines.length === 0 ? undefined : lines.map(([, text]) => text.trim()).join(",");
}

/** The HTTP authorizer is a server of Node's: it answers 400 to a method that it does not know. */
function httpAnswer(method: string, wish: string | undefined): ProviderAnswer {
  if (!methods.has(method)) return { deny: { status: 400 } };
  const status = /^\d{3}$/.test(wish ?? "") ? Number(wish) : 403;
  const result = "x-ext-authz-check-result";
  if (wish === "allow" || status === 200) return { allow: { set: { [result]: "allowed" } } };
  const body = status === 403 ? "denied by ext-authz" : `status ${status}`;
  return {
    deny: { status, body: status === 204 ? "" : body, headers: { [result]: "denied" } },
  };
}

function showsHeader(pattern: string): boolean {
  const text = pattern.toLowerCase();
  if (text.startsWith("*")) return header.endsWith(text.slice(1));
  return text.endsWith("*") ? header.startsWith(text.slice(0, -1)) : text === header;
}

/** Those of Node 20. */
const methods: ReadonlySet<string> = new Set([
  ...["ACL", "BIND", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET", "HEAD", "LINK", "LOCK"],
  ...["M-SEARCH", "MERGE", "MKACTIVITY", "MKCALENDAR", "MKCOL", "MOVE", "NOTIFY", "OPTIONS"],
  ...["PATCH", "POST", "PROPFIND", "PROPPATCH", "PURGE", "PUT", "REBIND", "REPORT", "SEARCH"],
  ...["SOURCE", "SUBSCRIBE", "TRACE", "UNBIND", "UNLINK", "UNLOCK", "UNSUBSCRIBE"],
]);
