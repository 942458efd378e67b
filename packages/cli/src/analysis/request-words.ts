import { isDeepStrictEqual } from "node:util";
import { type AccessRequest, type Destination, isProblem, splitHttp } from "@meshproof/engine";
import type { DescribedRequest, SuiteToken } from "@meshproof/testkit";
import { parseFlags } from "../flags.ts";
import { requestFlags, requestOf } from "../request-flags.ts";

/** A request as the flags that make it; undefined: there are none that say all of it and nothing else. */
export function requestWords(
  request: AccessRequest,
  token: SuiteToken | undefined,
): readonly string[] | undefined {
  const { token: _text, ...rest } = request;
  const wanted: DescribedRequest = { ...rest, ...(token === undefined ? {} : { token: [token] }) };
  const words = wordsOf(rest, token);
  const args = parseFlags(words, requestFlags);
  const read = "misuse" in args ? undefined : requestOf(args);
  if (read === undefined || "misuse" in read) return undefined;
  return isDeepStrictEqual(inParts(read), inParts(wanted)) ? words : undefined;
}

function wordsOf(request: AccessRequest, token: SuiteToken | undefined): readonly string[] {
  const { from, to, http, grpc, transport, source = {}, sni, providers = {} } = request;
  const target = typeof to === "string" ? { to } : describedWords(to);
  const simple = {
    from,
    ...target,
    ...(http === undefined ? {} : httpWords(http)),
    grpc,
    transport,
    sni,
    "source-ip": source.ip,
    "proxy-protocol": source.proxyProtocol,
  };
  return [
    ...Object.entries(simple).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, value],
    ),
    ...headerLines(http).flatMap((line) => ["--header", line]),
    ...Object.entries(providers).flatMap(([name, answer]) => [
      "--provider",
      `${name}=${String(answer)}`,
    ]),
    ...(token === undefined ? [] : ["--token", JSON.stringify(token)]),
  ];
}

type Words = Readonly<Record<string, string | undefined>>;

function describedWords({ namespace, labels = {}, port, protocol }: Destination): Words {
  const pairs = Object.entries(labels).map(([key, value]) => `,${key}=${value}`);
  return { to: `ns/${namespace}${pairs.join("")}:${port}`, protocol };
}

/** The short form where it is read as what is meant. */
function httpWords(http: NonNullable<AccessRequest["http"]>): Words {
  if (typeof http === "string") return { http };
  const { method, host, path } = http;
  const short = `${method} ${host ?? ""}${path}`;
  const read = splitHttp(short);
  const isRead = !isProblem(read) && isDeepStrictEqual(read, defined({ method, host, path }));
  return isRead ? { http: short } : { method, host, path };
}

function headerLines(http: AccessRequest["http"]): readonly string[] {
  if (typeof http !== "object") return [];
  return Object.entries(http.headers ?? {}).flatMap(([name, value]) =>
    [value].flat().map((line) => `${name}: ${line}`),
  );
}

/** Two ways to write the same request made one. */
function inParts({ to, http, ...rest }: DescribedRequest): object {
  const split = typeof http === "string" && http !== "none" ? splitHttp(http) : http;
  const parts = typeof split === "object" && isProblem(split) ? http : split;
  const { headers = {}, ...others } = typeof parts === "object" ? parts : {};
  const lines = Object.entries(headers).map(([name, value]) => [name, [value].flat()] as const);
  return defined({
    ...rest,
    to: typeof to === "string" ? to : toText(to),
    http: typeof parts === "object" ? { ...others, headers: Object.fromEntries(lines) } : parts,
  });
}

/** A described workload in its short form, where that says all of it. */
function toText({ namespace, labels = {}, port, ...more }: Destination): object | string {
  const { to } = describedWords({ namespace, labels, port });
  return to !== undefined && Object.keys(more).length === 0 ? to : { to, ...more };
}

function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
