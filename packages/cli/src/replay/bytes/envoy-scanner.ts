import { Buffer } from "node:buffer";
import { flatJson, kinds } from "./flat-json.ts";
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
/** Longer keys are not usual. */
const longest = 4096;

/** Scans lines of Envoy's access log in its JSON form; what else they were told to log does not matter. */
export function envoyScanner(): LineScanner {
  const object = flatJson(names);
  const [caller, rest, method, target] = [noPart(), noPart(), noPart(), noPart()];
  const key = Buffer.alloc(longest);

  const isThere = (name: number): boolean => object.kinds[name] !== kinds.absent;
  const isText = (name: number): boolean => object.kinds[name] === kinds.text;
  /** Writes a value to the key; where the next one goes, -1: nowhere. */
  const put = (bytes: Buffer, name: number, at: number): number => {
    const end = object.ends[name] ?? 0;
    const start = isText(name) ? (object.starts[name] ?? 0) : end;
    if (object.kinds[name] === kinds.number || at < 0 || at + end - start >= longest) return -1;
    const isClient = name >= firstClient && name < firstSetting;
    const cut = isClient ? withoutPort(bytes, start, end) : end;
    const next = copy(bytes, start, cut, at);
    key[next] = isText(name) ? (cut < end ? marks.withPort : marks.text) : marks.missing;
    return next + 1;
  };
  const copy = (bytes: Buffer, from: number, to: number, at: number): number => {
    for (let read = from; read < to; read += 1) key[at + read - from] = bytes[read] ?? 0;
    return at + to - from;
  };
  const putAll = (bytes: Buffer): boolean => {
    let at = 0;
    for (let name = 0; name < firstSetting; name += 1) at = put(bytes, name, at);
    const between = at;
    for (let name = firstSetting; name < firstSign; name += 1) at = put(bytes, name, at);
    setPart(caller, 0, between);
    setPart(rest, between, at);
    return at >= 0;
  };
  const point = (part: Part, name: number): void =>
    setPart(part, object.starts[name] ?? 0, object.ends[name] ?? 0);
  return {
    ...{ apart: false, caller, rest, method, target },
    scan: (bytes, at) => {
      const end = object.scan(bytes, at);
      if (end < 0 || isThere(to) || !(isThere(code) || isThere(details))) return -1;
      if (!isText(methodName) || !isText(pathName) || !putAll(bytes)) return -1;
      point(method, methodName);
      point(target, pathName);
      return end;
    },
    keys: () => key,
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
