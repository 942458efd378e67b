import type { Buffer } from "node:buffer";
import { flatJson } from "./flat-json.ts";
import { kinds } from "./json-values.ts";
import { list, names, restKey } from "./request-key.ts";
import { type LineScanner, noPart, setPart } from "./scanned-line.ts";

/**
 * Scans requests in our words that say no more than who, where to and what: `{"from": ..., "to": ..., "http": "GET /x"}`, or the parts of
 * `http`, with headers; `source` with an address; and an `id`.
 */
export interface RequestScanner extends LineScanner {
  /** The `id` as it was written, with its quotes; "": there is none. */
  readonly id: (bytes: Buffer) => string;
}

const blank = 32;

export function requestScanner(): RequestScanner {
  const object = flatJson(list);
  const key = restKey(object);
  const [caller, method, target] = [noPart(), noPart(), noPart()];
  const { starts, ends } = object;

  const kindOf = (name: number): number => object.kinds[name] ?? kinds.absent;
  const isText = (name: number): boolean => kindOf(name) === kinds.text;
  /** Points at method and target of a request in short: `GET /x`. False: they do not stand there. */
  const pointInShort = (bytes: Buffer): boolean => {
    const end = ends[names.http] ?? 0;
    const start = starts[names.http] ?? 0;
    let between = start;
    while (between < end && bytes[between] !== blank) between += 1;
    setPart(method, start, between);
    setPart(target, between + 1, end);
    return between < end;
  };
  const pointAtParts = (): boolean => {
    setPart(method, starts[names.method] ?? 0, ends[names.method] ?? 0);
    setPart(target, starts[names.path] ?? 0, ends[names.path] ?? 0);
    return isText(names.method) && isText(names.path);
  };
  const isIdentified = (): boolean => isText(names.id) || kindOf(names.id) === kinds.number;
  const isRequest = (bytes: Buffer): boolean =>
    object.strangers() === 0 &&
    isText(names.from) &&
    (kindOf(names.id) === kinds.absent || isIdentified()) &&
    (isText(names.http) ? pointInShort(bytes) : pointAtParts());
  return {
    ...{ apart: true, caller, rest: key.part, method, target },
    scan: (bytes, at) => {
      const end = object.scan(bytes, at);
      if (end < 0 || !key.write(bytes) || !isRequest(bytes)) return -1;
      setPart(caller, starts[names.from] ?? 0, ends[names.from] ?? 0);
      return end;
    },
    callerKey: (bytes) => bytes,
    restKey: key.of,
    id: (bytes) => {
      if (!isIdentified()) return "";
      const quote = isText(names.id) ? 1 : 0;
      const [start, end] = [starts[names.id] ?? 0, ends[names.id] ?? 0];
      return bytes.toString("latin1", start - quote, end + quote);
    },
  };
}
