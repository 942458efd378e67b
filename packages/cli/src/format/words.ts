import type { AccessRequest, Destination } from "@meshproof/engine";
import type { DescribedRequest } from "@meshproof/testkit";

/** Who calls, as it is said in one word. */
export function callerText({ from }: DescribedRequest): string {
  return from ?? "anyone";
}

/** What is addressed, as flags write it. */
export function targetText({ to }: DescribedRequest): string {
  return typeof to === "string" ? to : describedText(to);
}

function describedText({ namespace, name, labels = {}, port }: Destination): string {
  if (name !== undefined) return `${namespace}/${name}:${port}`;
  const pairs = Object.entries(labels).map(([key, value]) => `,${key}=${value}`);
  return `ns/${namespace}${pairs.join("")}:${port}`;
}

/** The request in a few words: "GET /api/orders", a gRPC method, "bytes", with the token it carries. */
export function requestText(request: DescribedRequest): string {
  const extra = [tokenText(request), ...providerTexts(request), transportText(request)].filter(
    (text) => text !== "",
  );
  return [messageText(request), ...extra].join(" ");
}

function messageText({ http, grpc, to, raw }: DescribedRequest): string {
  if (grpc !== undefined) return grpc;
  if (raw !== undefined) return `${raw.method ?? "?"} ${raw.target ?? "?"}`;
  if (http === "none") return "bytes";
  if (typeof http === "string") return http;
  const addressed = typeof to === "string" ? /^https?:\/\/[^/?#]*([^#]*)/.exec(to)?.[1] : undefined;
  if (http === undefined && addressed === undefined) return "-";
  const {
    method = "?",
    host = "",
    path = addressed === "" ? "/" : (addressed ?? "?"),
  } = http ?? {};
  return `${method} ${host}${path}${headersText(http ?? {})}`;
}

function headersText({ headers = {} }: Exclude<AccessRequest["http"], string | undefined>): string {
  const pairs = Object.entries(headers).map(([name, value]) => `${name}: ${shown(name, value)}`);
  const text = pairs.join(", ");
  if (text === "") return "";
  return text.length > 60 ? ` (${text.slice(0, 57)}...)` : ` (${text})`;
}

/** What is a secret in real life is not repeated. */
function shown(name: string, value: string | readonly string[]): string {
  return /^(?:authorization|cookie)$/i.test(name) ? "..." : String(value);
}

function tokenText({ token }: DescribedRequest): string {
  if (token === undefined || token === "none") return "";
  const uses = Array.isArray(token) ? token : [token];
  return `token=${uses.map(oneToken).join("+")}`;
}

function oneToken(token: Exclude<DescribedRequest["token"], undefined> | unknown): string {
  if (typeof token === "string") return /^ey[\w-]+\./.test(token) ? "raw" : token;
  if (typeof token !== "object" || token === null) return "";
  const { use, issuer } = token as { readonly use?: string; readonly issuer?: string };
  return use ?? issuer ?? "described";
}

function transportText({ transport }: DescribedRequest): string {
  return transport === undefined ? "" : `over ${transport}`;
}

function providerTexts({ providers = {} }: DescribedRequest): readonly string[] {
  return Object.entries(providers).map(([name, answer]) => {
    const word = typeof answer === "string" ? answer : (Object.keys(answer)[0] ?? "");
    return `${name}=${word}`;
  });
}
