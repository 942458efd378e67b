import { didYouMean } from "@meshproof/engine";
import { mergeRequests } from "./merge.ts";
import type { RequestPart } from "./suite.ts";

/** What a column of a table or an axis of a matrix may be. */
const whole = ["from", "to", "http", "grpc", "token", "transport", "sni", "now"] as const;
const ofHttp = ["method", "path", "host", "version", "body"] as const;
const ofSource = ["ip", "proxyProtocol"] as const;

const names: readonly string[] = [
  ...whole,
  ...ofHttp.map((part) => `http.${part}`),
  ...ofSource.map((part) => `source.${part}`),
];

/** Why a name is no part of a request; undefined: it is one. */
export function partFault(name: string): { readonly hint: string } | undefined {
  if (names.includes(name) || /^(?:http\.headers|providers)\../.test(name)) return undefined;
  const all = `${names.join(", ")}, http.headers.NAME, providers.NAME`;
  return { hint: didYouMean(name, names) ?? `one of ${all}` };
}

/** The request with one part set: `http.method`, `source.ip`, `http.headers.x-user`, `providers.opa`. */
export function withPart(request: RequestPart, name: string, value: unknown): RequestPart {
  return mergeRequests(request, partOf(name, value) as RequestPart);
}

function partOf(name: string, value: unknown): Readonly<Record<string, unknown>> {
  const [field = "", sub = "", ...rest] = name.split(".");
  if (sub === "") return { [field]: value };
  if (field === "http" && sub === "headers")
    return { http: { headers: { [rest.join(".")]: value } } };
  if (field === "providers") return { providers: { [[sub, ...rest].join(".")]: value } };
  return { [field]: { [sub]: value } };
}
