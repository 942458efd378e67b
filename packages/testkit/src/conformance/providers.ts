import type { MeshConfig, ProviderAnswer } from "@meshproof/engine";
import type { ScenarioHttp } from "./vector.ts";

/**
 * What the oracle's external authorizer says to each provider of a mesh config: it allows requests with `x-ext-authz: allow`, if
 * the check shows it that header.
 */
export function providerAnswers(
  { extensionProviders = [] }: MeshConfig,
  http: ScenarioHttp | undefined,
): Readonly<Record<string, ProviderAnswer>> {
  const lines = (http?.headers ?? []).filter(([name]) => name.toLowerCase() === header);
  const value = lines.length === 0 ? undefined : lines.map(([, text]) => text.trim()).join(",");
  return Object.fromEntries(
    extensionProviders.map((provider) => [provider.name, answerOf(provider, value)]),
  );
}

const header = "x-ext-authz";
type Provider = NonNullable<MeshConfig["extensionProviders"]>[number];

function answerOf(provider: Provider, value: string | undefined): ProviderAnswer {
  const { envoyExtAuthzHttp: http, envoyExtAuthzGrpc: grpc } = provider;
  if (grpc && !http) return grpcAnswer(grpc.port, value);
  if (http?.port !== 8000) return "error";
  const lists = [http.includeRequestHeadersInCheck, http.includeHeadersInCheck];
  const shown = lists.find((list) => list && list.length > 0) ?? [];
  const allows = shown.some(showsHeader) && value === "allow";
  const result = { "x-ext-authz-check-result": allows ? "allowed" : "denied" };
  if (allows) return { allow: { set: result } };
  return { deny: { status: 403, body: "denied by ext-authz", headers: result } };
}

/** The gRPC authorizer looks for the header's name with `allow` after it in the bytes of the request. */
function grpcAnswer(port: number, value: string | undefined): ProviderAnswer {
  if (port !== 9001) return "error";
  return value?.startsWith("allow") ? "allow" : "deny";
}

function showsHeader(pattern: string): boolean {
  const text = pattern.toLowerCase();
  if (text.startsWith("*")) return header.endsWith(text.slice(1));
  return text.endsWith("*") ? header.startsWith(text.slice(0, -1)) : text === header;
}
