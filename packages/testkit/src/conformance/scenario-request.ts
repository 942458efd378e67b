import type { Certificate, Connection, Header, HttpRequest } from "@meshproof/engine";
import type { ScenarioConnection, ScenarioHttp } from "./vector.ts";

/** The connection of a scenario as a listener accepts it. */
export function connectionOf({
  transport,
  sourceIp,
  destinationIp,
  destinationPort,
  silent,
  proxyProtocol,
  ...rest
}: ScenarioConnection): Connection {
  const { alpn = [], sni = "" } = rest;
  return {
    transport,
    sourceIp,
    destinationIp,
    destinationPort,
    ...(transport === "tls" || transport === "mtls" ? { alpn } : {}),
    ...(sni === "" || transport === "plaintext" ? {} : { sni }),
    ...(transport === "mtls" || transport === "hbone" ? { certificate: certificateOf(rest) } : {}),
    ...(silent ? { silent } : {}),
    ...(proxyProtocol === undefined ? {} : { proxyProtocol }),
  };
}

type Stated = Pick<ScenarioConnection, "identity" | "certificate" | "untrusted">;

function certificateOf({ identity, certificate = {}, untrusted }: Stated): Certificate {
  const { uris = identity ? [identity] : [], dns = [], subject = "/O=workload" } = certificate;
  return {
    uris,
    dns,
    subject: subjectOf(subject),
    ...(untrusted ? { untrusted } : {}),
  };
}

/** openssl takes `/CN=name/O=org`; Envoy prints the last part first: `O=org,CN=name` (RFC 2253). */
function subjectOf(text: string): string {
  return text
    .split("/")
    .filter((part) => part !== "")
    .toReversed()
    .join(",");
}

/** What the client of a scenario writes. Undefined: its version is one that no request can have. */
export function httpRequestOf(http: ScenarioHttp): HttpRequest | undefined {
  const { version = "1.1" } = http;
  if (version === "2") return overHttp2(http);
  if (version !== "1.0" && version !== "1.1") return undefined;
  const { method, path, host, headers, body } = http;
  return {
    version,
    method: utf8(method),
    target: utf8(path),
    host: host === undefined || host === null ? null : utf8(host),
    headers: headers.map(([name, value]): Header => [utf8(name), utf8(value)]),
    ...(body ? { body: utf8(body) } : {}),
  };
}

/** The oracle's HTTP/2 client keeps the lines of a name together, sends one byte a character, and names the host itself if need be. */
function overHttp2({ method, path, host, headers, body }: ScenarioHttp): HttpRequest {
  const lines = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    lines.set(key, [...(lines.get(key) ?? []), value]);
  }
  const authority = host ?? (lines.has("host") ? null : "proxy:80");
  return {
    version: "2",
    method: latin1(method),
    target: latin1(path),
    host: authority === null ? null : latin1(authority),
    headers: [...lines].flatMap(([name, values]) =>
      values.map((value): Header => [latin1(name), latin1(value)]),
    ),
    ...(body ? { body: utf8(body) } : {}),
  };
}

const encoder = new TextEncoder();

/** The bytes of a text, one character each. */
export function utf8(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join("");
}

function latin1(text: string): string {
  return text.replace(/[^\0-\xff]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) & 0xff),
  );
}
