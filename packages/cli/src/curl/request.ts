import type { HttpParts } from "@meshproof/engine";
import { type Effect, type Given, readOptions } from "./options.ts";
import { shellWords } from "./split.ts";
import { type CurlUrl, parseCurlUrl } from "./url.ts";

/** The request that a curl command sends. */
export interface CurlRequest {
  readonly url: string;
  readonly http: HttpParts;
}

/** Reads a pasted curl command; a fault names what is not understood. */
export function parseCurl(text: string): CurlRequest | { readonly fault: string } {
  const split = shellWords(text.trim());
  if ("fault" in split) return split;
  const [first, ...others] = split.words;
  const given = readOptions(first === "curl" ? others : split.words);
  if ("fault" in given) return given;
  const urls = valuesOf(given, "url");
  const [url] = urls;
  if (url === undefined) return { fault: "the curl command has no URL" };
  if (urls.length > 1) return { fault: `one URL, please: \`${urls.join("` and `")}\`` };
  const wrong = unreadable(given);
  if (wrong !== undefined) return { fault: wrong };
  const parsed = parseCurlUrl(url, { asIs: has(given, "as-is"), globs: !has(given, "no-globs") });
  return "fault" in parsed ? parsed : requestOf(parsed, given);
}

function valuesOf(given: readonly Given[], ...effects: readonly Effect[]): readonly string[] {
  return given.filter(({ does }) => effects.includes(does)).map(({ value }) => value);
}

function has(given: readonly Given[], effect: Effect): boolean {
  return given.some(({ does }) => does === effect);
}

/** What stands in files that are not read. */
function unreadable(given: readonly Given[]): string | undefined {
  const cookie = valuesOf(given, "cookie").find((value) => !value.includes("="));
  if (cookie !== undefined) return `the cookies of the file \`${cookie}\` are not read`;
  const header = valuesOf(given, "header").find((value) => value.startsWith("@"));
  if (header !== undefined) return `the headers of the file \`${header.slice(1)}\` are not read`;
  const query = has(given, "get")
    ? valuesOf(given, "data").find((value) => value.startsWith("@"))
    : undefined;
  return query === undefined
    ? undefined
    : `the query in the file \`${query.slice(1)}\` is not read`;
}

const bodies: readonly Effect[] = ["data", "data-raw", "data-urlencode", "json"];

function requestOf(url: CurlUrl, given: readonly Given[]): CurlRequest {
  const data = dataOf(given);
  const inQuery = has(given, "get") && data !== undefined;
  const joint = url.path.includes("?") ? "&" : "?";
  const path = inQuery ? `${url.path}${joint}${data}` : url.path;
  const body = inQuery || fromFile(given) ? undefined : data;
  const headers = headersOf(url, given);
  const host = headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? url.host;
  const version = versionOf(url, given);
  return {
    url: url.text,
    http: {
      method: methodOf(given),
      host,
      path,
      headers: grouped(headers.filter(([name]) => name.toLowerCase() !== "host")),
      ...(version === undefined ? {} : { version }),
      ...(body === undefined ? {} : { body }),
    },
  };
}

/** A name that comes twice has two lines. */
function grouped(lines: readonly (readonly [string, string])[]): NonNullable<HttpParts["headers"]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of lines) {
    const known = headers[name];
    headers[name] = known === undefined ? value : [known, value].flat();
  }
  return headers;
}

function methodOf(given: readonly Given[]): string {
  const [stated] = valuesOf(given, "method").slice(-1);
  if (stated !== undefined) return stated;
  if (has(given, "head")) return "HEAD";
  const posts = given.some(({ does }) => does === "form" || bodies.includes(does));
  return posts && !has(given, "get") ? "POST" : "GET";
}

function dataOf(given: readonly Given[]): string | undefined {
  const parts = given.filter(({ does }) => bodies.includes(does));
  if (parts.length === 0) return undefined;
  const json = parts.every(({ does }) => does === "json");
  return parts.map(encoded).join(json ? "" : "&");
}

function encoded({ does, value }: Given): string {
  if (does !== "data-urlencode") return value;
  const [, name = "", content = value] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
  return `${name === "" ? "" : `${name}=`}${encodeURIComponent(content)}`;
}

function fromFile(given: readonly Given[]): boolean {
  return valuesOf(given, "data", "json").some((value) => value.startsWith("@"));
}

/** Over plain text curl speaks HTTP/1.1 unless told otherwise; over TLS the server has a say. */
function versionOf({ secure }: CurlUrl, given: readonly Given[]): HttpParts["version"] {
  if (has(given, "http2-prior-knowledge")) return "2";
  if (has(given, "http2") && secure) return "2";
  if (has(given, "http1.0")) return "1.0";
  return has(given, "http1.1") || !secure ? "1.1" : undefined;
}

/** The header lines: curl's own, those of options, and what -H says of each. Its version is not known to anyone. */
function headersOf(url: CurlUrl, given: readonly Given[]): readonly (readonly [string, string])[] {
  const own = new Map<string, string>([
    ["user-agent", "curl/8"],
    ["accept", "*/*"],
  ]);
  const note = (effect: Effect, name: string, value: (text: string) => string): void => {
    for (const text of valuesOf(given, effect)) own.set(name, value(text));
  };
  if (url.user !== undefined) own.set("authorization", basic(url.user));
  note("agent", "user-agent", (text) => text);
  note("referer", "referer", (text) => text);
  note("user", "authorization", basic);
  note("bearer", "authorization", (token) => `Bearer ${token}`);
  note("compressed", "accept-encoding", () => "deflate, gzip");
  if (has(given, "cookie")) own.set("cookie", valuesOf(given, "cookie").join("; "));
  const type = has(given, "get") ? undefined : contentType(given);
  if (type !== undefined) own.set("content-type", type);
  if (has(given, "json")) own.set("accept", "application/json");
  return withStated(own, valuesOf(given, "header"));
}

function contentType(given: readonly Given[]): string | undefined {
  if (has(given, "json")) return "application/json";
  if (has(given, "form"))
    return "multipart/form-data; boundary=------------------------0000000000000000";
  return given.some(({ does }) => bodies.includes(does))
    ? "application/x-www-form-urlencoded"
    : undefined;
}

function basic(user: string): string {
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(user)))}`;
}

/** `Name: value` replaces curl's own, `Name:` takes it away, `Name;` sends an empty one. */
function withStated(
  own: ReadonlyMap<string, string>,
  lines: readonly string[],
): readonly (readonly [string, string])[] {
  const headers = new Map(own);
  const stated: (readonly [string, string])[] = [];
  for (const line of lines) {
    const [, name = line, mark = ":", value = ""] = /^([^:;]+)([:;])\s*(.*)$/s.exec(line) ?? [];
    headers.delete(name.toLowerCase());
    if (mark === ";" || value !== "") stated.push([name, value]);
  }
  return [...headers, ...stated];
}
