import { parseAddress } from "../match/address.ts";

/** A URL as Go takes it apart, as far as admission asks. */
export interface GoUrl {
  readonly scheme: string; // lower case; "" for none
  readonly port: string; // digits; "" for none
}

/** A URL as Go's `url.Parse` reads it (go:src/net/url/url.go). Undefined: an error there. */
export function parseUrl(text: string): GoUrl | undefined {
  const [beforeHash = ""] = text.split("#", 1);
  return isEscaped(text.slice(beforeHash.length)) ? parse(beforeHash, false) : undefined;
}

/** Whether Go's `url.ParseRequestURI` takes it: an absolute URL or path. A `#` is no fragment to it. */
export function isRequestUri(text: string): boolean {
  return text !== "" && parse(text, true) !== undefined;
}

function parse(text: string, isRequest: boolean): GoUrl | undefined {
  if (hasControl(text) || text.startsWith(":")) return undefined;
  const written = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(text)?.[1];
  const scheme = written?.toLowerCase() ?? "";
  const [rest = ""] = text.slice(written === undefined ? 0 : written.length + 1).split("?", 1);
  if (!rest.startsWith("/") && scheme !== "") return { scheme, port: "" };
  if (!rest.startsWith("/") && (isRequest || /^[^/]*:/.test(rest))) return undefined;
  const authority = authorityOf(rest, scheme, isRequest);
  const port = portOf(authority ?? "");
  const isGood = isEscaped(authority === undefined ? rest : rest.slice(2 + authority.length));
  return isGood && port !== undefined ? { scheme, port } : undefined;
}

/** What stands between `//` and the path. */
function authorityOf(rest: string, scheme: string, isRequest: boolean): string | undefined {
  if (!rest.startsWith("//")) return undefined;
  if (scheme === "" && (isRequest || rest.startsWith("///"))) return undefined;
  return rest.slice(2).split("/", 1)[0];
}

function hasControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what Go looks for
  return /[\x00-\x1f\x7f]/.test(text);
}

/** Whether every percent sign begins an escape. */
function isEscaped(text: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(text);
}

/** The port of an authority, "" for none. Undefined: Go refuses the authority. */
function portOf(authority: string): string | undefined {
  const at = authority.lastIndexOf("@");
  const user = authority.slice(0, Math.max(at, 0));
  const host = authority.slice(at + 1);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || !isEscaped(user)) return undefined;
  const bracket = host.lastIndexOf("[");
  if (bracket > 0) return undefined;
  const end = bracket === 0 ? host.lastIndexOf("]") + 1 : host.indexOf(":");
  if (bracket === 0 && !isIpv6(host.slice(1, end - 1))) return undefined;
  if (bracket < 0 && !isHost(host)) return undefined;
  if (bracket < 0 && end < 0) return "";
  const port = /^(?::(\d*))?$/.exec(host.slice(end));
  return port ? (port[1] ?? "") : undefined;
}

function isIpv6(text: string): boolean {
  return parseAddress(text.replace("%25", "%"))?.family === 6;
}

/** What a host name may hold; only bytes beyond ASCII, and the percent sign, may be escaped. */
function isHost(text: string): boolean {
  return /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:<>"\]]|[^ -~]|%25|%[89A-Fa-f][0-9A-Fa-f])*$/.test(text);
}
