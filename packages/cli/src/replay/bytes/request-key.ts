import { Buffer } from "node:buffer";
import { isAddress } from "./address-bytes.ts";
import type { FlatJson } from "./flat-json.ts";
import { kinds } from "./json-values.ts";
import { noPart, type Part, setPart } from "./scanned-line.ts";

/** What requests in our words say, where it is taken as it stands. */
export const list: readonly string[] = [
  ...["from", "to", "id", "source", "source.ip", "http", "http.method", "http.path", "http.host"],
  ...["http.version", "http.headers", "http.headers.*"],
];

/** Where in the list each is. */
export const names: Readonly<Record<Name, number>> = {
  ...{ from: 0, to: 1, id: 2, source: 3, ip: 4, http: 5, method: 6, path: 7, host: 8 },
  ...{ version: 9, headers: 10 },
};
type Name =
  | "from"
  | "to"
  | "id"
  | "source"
  | "ip"
  | "http"
  | "method"
  | "path"
  | "host"
  | "version"
  | "headers";

/** How and where to, as bytes. */
export interface RestKey {
  readonly part: Part;
  /** Finds it in a line: asked after each scan that found something. False: something is not as usual. */
  readonly write: (bytes: Buffer) => boolean;
  /** What it is a part of. */
  readonly of: (bytes: Buffer) => Buffer;
}

/** What stands behind each text in a key: no text has such characters. */
const marks = { missing: 1, there: 2 } as const;
const longest = 4096;

/**
 * Of a request that says nothing but `to` that is the key. Of others the names of headers come first and whether there is an address,
 * then `to`, host and version: written anew only where they are not those of the line before.
 */
export function restKey(object: FlatJson): RestKey {
  const { starts, ends, changed } = object;
  const key = Buffer.alloc(longest);
  const part = noPart();
  let [isBrief, isWritten] = [true, false];
  let toStart = 0; // where `to` begins in the key: behind the names of headers

  const isText = (name: number): boolean => object.kinds[name] === kinds.text;
  const isUsual = usualIn(object);
  const put = (bytes: Buffer, name: number, at: number): number => {
    const length = isText(name) ? (ends[name] ?? 0) - (starts[name] ?? 0) : 0;
    if (at < 0 || at + length >= longest) return -1;
    const start = starts[name] ?? 0;
    for (let read = 0; read < length; read += 1) key[at + read] = bytes[start + read] ?? 0;
    key[at + length] = isText(name) ? marks.there : marks.missing;
    return at + length + 1;
  };
  const putNames = (): number => {
    const { bytes, length: count } = object.noted;
    const length = bytes.copy(key, 0, 0, count());
    key[length] = isText(names.ip) ? marks.there : marks.missing;
    return length + 1;
  };
  const writeWhole = (bytes: Buffer): boolean => {
    const isAlike = isWritten && object.isAlike();
    const { to, host, version } = names;
    if (isAlike && changed[to] === 0 && changed[host] === 0 && changed[version] === 0) return true;
    if (!isAlike) toStart = putNames();
    setPart(part, 0, put(bytes, version, put(bytes, host, put(bytes, to, toStart))));
    return part.to >= 0;
  };
  return {
    part,
    write: (bytes) => {
      isBrief = isText(names.http) && object.kinds[names.source] === kinds.absent;
      if (isBrief) setPart(part, starts[names.to] ?? 0, ends[names.to] ?? 0);
      isWritten = isUsual(bytes) && (isBrief || writeWhole(bytes));
      return isWritten;
    },
    of: (bytes) => (isBrief ? bytes : key),
  };
}

/** Whether what decides is of the usual kinds, and an address one of IPv4. */
function usualIn({ kinds: found, starts, ends }: FlatJson): (bytes: Buffer) => boolean {
  const isOr = (kind: number, name: number): boolean =>
    found[name] === kind || found[name] === kinds.absent;
  const { to, host, version, headers, source, ip } = names;
  return (bytes) =>
    found[to] === kinds.text &&
    isOr(kinds.text, host) &&
    isOr(kinds.text, version) &&
    isOr(kinds.object, headers) &&
    isOr(kinds.object, source) &&
    isOr(kinds.text, ip) &&
    (found[ip] === kinds.absent || isAddress(bytes, starts[ip] ?? 0, ends[ip] ?? 0));
}
