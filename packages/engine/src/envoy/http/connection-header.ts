import type { Header } from "../../model/request.ts";

/** Names that Connection may hold without meaning a header. */
const options = new Set(["close", "http2-settings", "keep-alive", "upgrade", "connection"]);
const untouchable = new Set(["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"]);

/** Whether a request asks to leave HTTP on this connection. `envoy:source/common/http/utility.cc`, `isUpgrade` */
export function isUpgrade(headers: readonly Header[]): boolean {
  return valueOf(headers, "upgrade") !== undefined && tokens(headers).includes("upgrade");
}

/**
 * Without the headers that Connection nominates, or undefined for a nomination that Envoy answers with 400.
 * Not looked at in an upgrade; h2c is not one. `envoy:source/common/http/utility.cc`, `sanitizeConnectionHeader`
 */
export function withoutNominated(headers: readonly Header[]): readonly Header[] | undefined {
  const h2c = isUpgrade(headers) && valueOf(headers, "upgrade")?.toLowerCase() === "h2c";
  if (isUpgrade(headers) && !h2c) return headers;
  const nominated = tokens(headers);
  if (nominated.length >= 10) return undefined;
  const named = nominated.filter((name) => !options.has(name));
  if (named.some((name) => untouchable.has(name) || name.startsWith(":"))) return undefined;
  const removed = new Set(named.filter((name) => name !== "te"));
  if (h2c) for (const name of ["upgrade", "connection", "http2-settings"]) removed.add(name);
  return removed.size === 0 ? headers : headers.filter(([name]) => !removed.has(name));
}

function tokens(headers: readonly Header[]): readonly string[] {
  return (valueOf(headers, "connection") ?? "")
    .split(",")
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== "");
}

/** The first line of a header. */
export function valueOf(headers: readonly Header[], wanted: string): string | undefined {
  return headers.find(([name]) => name === wanted)?.[1];
}
