import { Buffer } from "node:buffer";
import { type FlatJson, flatJson } from "./flat-json.ts";
import { kinds } from "./json-values.ts";
import { type LineScanner, noPart, type Part, setPart } from "./scanned-line.ts";

/** What of Envoy's JSON form says who; `envoyRequest` reads no more than this and `setting`, and method and path. */
const who = ["downstream_peer_uri_san", "source_principal"];
/** Addresses of clients: their port says nothing. */
const clients = ["downstream_direct_remote_address", "downstream_remote_address"];
/** How and where to. */
const setting = [
  ...["upstream_cluster", "downstream_local_address", "requested_server_name"],
  ...["authority", "protocol"],
];
/** What tells a line of Envoy's from a request of ours. */
const signs = ["to", "response_code", "response_code_details"];

const names: readonly string[] = [...who, ...clients, ...setting, ...signs, "method", "path"];
const firstClient = who.length;
const firstSetting = firstClient + clients.length;
const firstSign = firstSetting + setting.length;
const [to, code, details] = [firstSign, firstSign + 1, firstSign + 2];
const [methodName, pathName] = [firstSign + 3, firstSign + 4];

/** What stands behind each text in a key: no text has such characters. */
const marks = { missing: 1, text: 2, withPort: 3 } as const;
/** Longer values are not usual. */
const longestValue = 800;
const longest = 4096; // of either part

/** Scans lines of Envoy's access log in its JSON form; what else they were told to log does not matter. */
export function envoyScanner(): LineScanner {
  const object = flatJson(names);
  const { key, caller, rest, write } = keyOf(object);
  const [method, target] = [noPart(), noPart()];

  const isThere = (name: number): boolean => object.kinds[name] !== kinds.absent;
  const isText = (name: number): boolean => object.kinds[name] === kinds.text;
  const point = (part: Part, name: number): void =>
    setPart(part, object.starts[name] ?? 0, object.ends[name] ?? 0);
  return {
    ...{ apart: false, caller, rest, method, target },
    scan: (bytes, at) => {
      const end = object.scan(bytes, at);
      if (end < 0 || !write(bytes) || isThere(to)) return -1;
      if (!(isThere(code) || isThere(details))) return -1;
      if (!isText(methodName) || !isText(pathName)) return -1;
      point(method, methodName);
      point(target, pathName);
      return end;
    },
    callerKey: () => key,
    restKey: () => key,
  };
}

interface Key extends Pick<LineScanner, "caller" | "rest"> {
  readonly key: Buffer;
  /** Writes what an object was found to have: asked after each scan that found something. False: it has what is not usual. */
  readonly write: (bytes: Buffer) => boolean;
}

/** What says who calls, and what says how and where to: written anew only if it is not that of the line before. */
function keyOf(object: FlatJson): Key {
  const key = Buffer.alloc(2 * longest);
  const [caller, rest] = [noPart(), { from: longest, to: longest }] as const;

  const copy = (bytes: Buffer, from: number, to: number, at: number): number => {
    for (let read = from; read < to; read += 1) key[at + read - from] = bytes[read] ?? 0;
    return at + to - from;
  };
  /** Writes a value; where the next one goes, -1: nowhere. */
  const put = (bytes: Buffer, name: number, at: number): number => {
    const isText = object.kinds[name] === kinds.text;
    const end = object.ends[name] ?? 0;
    const start = isText ? (object.starts[name] ?? 0) : end;
    if (object.kinds[name] === kinds.number || at < 0 || end - start > longestValue) return -1;
    const isClient = name >= firstClient && name < firstSetting;
    const cut = isClient ? withoutPort(bytes, start, end) : end;
    const next = copy(bytes, start, cut, at);
    key[next] = isText ? (cut < end ? marks.withPort : marks.text) : marks.missing;
    return next + 1;
  };
  const isOther = (from: number, to: number): boolean => {
    for (let name = from; name < to; name += 1) if (object.changed[name] !== 0) return true;
    return !object.isAlike();
  };
  const putPart = (part: Part, from: number, to: number, bytes: Buffer): void => {
    if (!isOther(from, to)) return;
    part.to = part.from;
    for (let name = from; name < to; name += 1) part.to = put(bytes, name, part.to);
  };
  return {
    ...{ key, caller, rest },
    write: (bytes) => {
      putPart(caller, 0, firstSetting, bytes);
      putPart(rest, firstSetting, firstSign, bytes);
      return caller.to >= 0 && rest.to >= 0;
    },
  };
}

/** Where the colon is before the digits that end a text; its end if there are none. */
function withoutPort(bytes: Buffer, from: number, to: number): number {
  let at = to - 1;
  while (at >= from && isDigit(bytes[at] ?? 0)) at -= 1;
  return at >= from && at < to - 1 && bytes[at] === colon ? at : to;
}

const colon = ":".charCodeAt(0);

function isDigit(byte: number): boolean {
  return byte >= 48 && byte < 58;
}
