import type { AccessRequest, Destination, HttpParts, ProviderAnswer } from "@meshproof/engine";
import { isProblem, nativeJson, splitHttp } from "@meshproof/engine";
import type { DescribedRequest, SuiteToken } from "@meshproof/testkit";
import { isMisuse } from "./command.ts";
import { type CurlRequest, parseCurl } from "./curl/request.ts";
import type { Args, Flags, Misuse } from "./flags.ts";
import { quoted } from "./shell.ts";
import { pairsOf } from "./world-flags.ts";

/** The flags that make a request. */
export const requestFlags: Flags = {
  from: { value: "WHO", help: "sa/NS/NAME, deploy/NS/NAME, spiffe://..., external/IP, node, none" },
  to: {
    value: "WHAT",
    help: "svc/NS/NAME:PORT, deploy/NS/NAME:PORT, ns/NS,label=value:PORT, a URL",
  },
  http: { value: "REQUEST", help: '"GET /api", "GET shop.example.com/api"; none: bytes' },
  curl: {
    value: "COMMAND",
    help: "the request that a pasted curl command sends; its URL is --to where that is missing",
  },
  method: { value: "NAME", help: "method of the request" },
  path: { value: "PATH", help: "path, with its query" },
  host: { value: "HOST", help: "Host header" },
  header: { value: "'NAME: VALUE'", multiple: true, help: "a header line; repeatable" },
  grpc: { value: "METHOD", help: "package.Service/Method" },
  port: { value: "PORT", help: "port of --to, where that has none" },
  protocol: {
    value: "PROTOCOL",
    oneOf: ["http", "tcp", "auto"],
    help: "protocol of the port of a described destination (ns/NS,label=value:PORT)",
  },
  "source-ip": { value: "IP", help: "address of the peer as the proxy sees it" },
  "proxy-protocol": {
    value: "IP",
    help: "address of the client as a PROXY header states it; 'IP to IP:PORT': and what it called",
  },
  transport: {
    value: "TRANSPORT",
    oneOf: ["mtls", "hbone", "tls", "plaintext"],
    help: "how the caller connects; default: what the mesh makes of it",
  },
  sni: { value: "NAME", help: "server name of the TLS handshake" },
  token: {
    value: "TOKEN",
    multiple: true,
    help: 'a token (ey...), `none`, or one to be made: \'{"issuer": ..., "claims": {...}}\'',
  },
  provider: {
    value: "NAME=ANSWER",
    multiple: true,
    help: "what an external authorizer says: allow, deny or error",
  },
};

/** A request as flags write it: tokens are not minted yet. Undefined: no flag says anything of one. */
export function requestOf(args: Args): DescribedRequest | Misuse | undefined {
  const given = Object.keys(requestFlags).filter((name) => args.on(name));
  if (given.length === 0) return undefined;
  const curl = curlOf(args);
  if (isMisuse(curl)) return curl;
  const to = targetOf(args, curl?.url);
  if (isMisuse(to)) return to;
  const http = curl?.http ?? httpOf(args);
  if (isMisuse(http)) return http;
  const providers = providersOf(args);
  if (isMisuse(providers)) return providers;
  const tokens = tokensOf(args);
  if (isMisuse(tokens)) return tokens;
  return {
    to,
    ...(http === undefined ? {} : { http }),
    ...(tokens === undefined ? {} : { token: tokens }),
    ...(providers === undefined ? {} : { providers }),
    ...simpleParts(args),
  };
}

/** What a curl command says twice is not taken from flags. */
function curlOf(args: Args): CurlRequest | Misuse | undefined {
  const text = args.one("curl");
  if (text === undefined) return undefined;
  const also = ["http", "method", "path", "host", "header", "grpc"].find((name) => args.on(name));
  if (also !== undefined) return { misuse: `\`--curl\` and \`--${also}\` say two things` };
  const curl = parseCurl(text);
  return "fault" in curl ? { misuse: `--curl: ${curl.fault}` } : curl;
}

function simpleParts(args: Args): Omit<AccessRequest, "to" | "token"> {
  const [from, grpc, sni, now] = (["from", "grpc", "sni", "now"] as const).map(args.one);
  const [ip, proxyProtocol] = (["source-ip", "proxy-protocol"] as const).map(args.one);
  const transports = ["mtls", "hbone", "tls", "plaintext"] as const;
  const transport = transports.find((word) => word === args.one("transport"));
  const source = {
    ...(ip === undefined ? {} : { ip }),
    ...(proxyProtocol === undefined ? {} : { proxyProtocol }),
  };
  return {
    ...(from === undefined ? {} : { from }),
    ...(grpc === undefined ? {} : { grpc }),
    ...(sni === undefined ? {} : { sni }),
    ...(now === undefined ? {} : { now }),
    ...(transport === undefined ? {} : { transport }),
    ...(Object.keys(source).length === 0 ? {} : { source }),
  };
}

function targetOf(args: Args, url: string | undefined): AccessRequest["to"] | Misuse {
  const to = args.one("to") ?? url;
  if (to === undefined)
    return { misuse: "where to? `--to` is missing", hint: "--to svc/NS/NAME:PORT" };
  const port = args.one("port");
  const [, name = to, rest = ""] = /^(https?:\/\/[^/?#]*)(.*)$/.exec(to) ?? [];
  const hasPort = /:[^:/\]]+$/.test(name.replace(/^https?:\/\//, ""));
  if (port !== undefined && hasPort)
    return { misuse: `\`--to ${to}\` has a port, and \`--port ${port}\` gives another` };
  const text = port === undefined ? to : `${name}:${port}${rest}`;
  const protocol = args.one("protocol");
  return protocol === undefined ? text : withProtocol(text, protocol);
}

/** ns/shop,app=orders:8080, and what its port speaks. */
function withProtocol(text: string, protocol: string): Destination | Misuse {
  const [, namespace, pairs, port] = /^ns\/([^,:]+)((?:,[^,:]+)*):([0-9]+)$/.exec(text) ?? [];
  if (namespace === undefined)
    return {
      misuse: `\`--protocol\` goes with a described destination, not with \`${text}\``,
      hint: "--to ns/NS,label=value:PORT",
    };
  const labels = (pairs ?? "")
    .split(",")
    .slice(1)
    .map((pair) => pair.split("="));
  return {
    namespace,
    labels: Object.fromEntries(labels),
    port: Number(port),
    ...(protocol === "http" || protocol === "tcp" || protocol === "auto" ? { protocol } : {}),
  };
}

const partFlags = ["method", "path", "host"] as const;

function httpOf(args: Args): AccessRequest["http"] | Misuse {
  const short = args.one("http");
  if (short === "none") return bytes(args);
  const parts = short === undefined ? {} : splitHttp(short);
  if (isProblem(parts)) return { misuse: parts.message, hint: parts.hint };
  const headers = headersOf(args);
  if (isMisuse(headers)) return headers;
  const named = partFlags.flatMap((part) => {
    const value = args.one(part);
    return value === undefined ? [] : [[part, value] as const];
  });
  const twice = named.find(([part]) => parts[part] !== undefined);
  if (twice !== undefined) return { misuse: `\`--http\` and \`--${twice[0]}\` say two things` };
  const all: HttpParts = { ...parts, ...Object.fromEntries(named), ...headers };
  const own = (["method", "path"] as const).find((part) => args.on("grpc") && part in all);
  if (own !== undefined)
    return { misuse: `\`--grpc\` is a method and a path, and another ${own} is given` };
  return Object.keys(all).length > 0 ? all : undefined;
}

function bytes(args: Args): "none" | Misuse {
  const also = [...partFlags, "header", "grpc"].find((name) => args.on(name));
  return also === undefined
    ? "none"
    : { misuse: `\`--http none\` and \`--${also}\` say two things` };
}

function headersOf(args: Args): Pick<HttpParts, "headers"> | Misuse {
  const headers: Record<string, string[]> = {};
  for (const line of args.many("header")) {
    const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined)
      return { misuse: `\`--header ${line}\` is no header`, hint: "--header 'x-user: alice'" };
    headers[name] = [...(headers[name] ?? []), value ?? ""];
  }
  return args.on("header") ? { headers } : {};
}

const answers: ReadonlySet<string> = new Set(["allow", "deny", "error"]);

function providersOf(args: Args): Readonly<Record<string, ProviderAnswer>> | Misuse | undefined {
  const stated = pairsOf("provider", args);
  if ("misuse" in stated) return stated;
  const wrong = Object.entries(stated.pairs).find(([, answer]) => !answers.has(answer));
  if (wrong !== undefined)
    return { misuse: `\`--provider ${wrong.join("=")}\`: allow, deny or error` };
  const pairs = Object.entries(stated.pairs) as readonly (readonly [string, ProviderAnswer])[];
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

function tokensOf(args: Args): readonly SuiteToken[] | Misuse | undefined {
  const tokens: SuiteToken[] = [];
  for (const text of args.many("token")) {
    const token = text.startsWith("{") ? parseToken(text) : text;
    if (isClaims(token))
      return {
        misuse: `\`--token ${text}\`: claims stand below \`claims\``,
        hint: described(token),
      };
    if (isMisuse(token)) return token;
    tokens.push(token);
  }
  return tokens.length === 0 ? undefined : tokens;
}

/** Claims as they stand in a token, where a description of one is asked for. */
function isClaims(token: object | string): token is Readonly<Record<string, unknown>> {
  return typeof token === "object" && "iss" in token;
}

function described({ iss, ...claims }: Readonly<Record<string, unknown>>): string {
  return `--token ${quoted(JSON.stringify({ issuer: iss, claims }))}, a valid token that says so`;
}

function parseToken(text: string): SuiteToken | Misuse {
  try {
    return nativeJson(text) as SuiteToken;
  } catch {
    return { misuse: `\`--token ${text}\` is no JSON` };
  }
}
