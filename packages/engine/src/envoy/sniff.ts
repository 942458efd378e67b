import type { Listener } from "../model/program.ts";
import type { HttpRequest } from "../model/request.ts";
import { knownMethod } from "./http/http1-codec.ts";
import { validTarget, withoutBlanks } from "./http/request-target.ts";

/**
 * What the HTTP inspector makes of the first line of a plaintext request, or undefined where it sees no HTTP: a chain is chosen
 * by it (an:PA-36). A method that nobody knows is enough to be taken for HTTP, except before Envoy 1.39 (`known-methods`).
 * Follows `envoy:source/extensions/filters/listener/http_inspector/http_inspector.cc`.
 */
export function sniff(
  { version, method = "GET", target = "/" }: HttpRequest,
  detects?: Listener["detects"],
): string | undefined {
  if (version === "2") return "h2c";
  const word = /^[^ ]*/.exec(method)?.[0] ?? "";
  if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(word)) return undefined;
  const spoken = version === "1.1" ? "http/1.1" : "http/1.0";
  if (word !== method || (!knownMethod(word) && !startsHttp(word, detects))) return undefined;
  const bare = withoutBlanks(target);
  return validTarget(bare, method === "CONNECT") ? spoken : undefined;
}

function startsHttp(word: string, detects: Listener["detects"]): boolean {
  return detects === undefined || (detects === "known-methods-or-m-search" && word === "M-SEARCH");
}
