import type { Buffer } from "node:buffer";
import { flatJson } from "./flat-json.ts";
import { kinds } from "./json-values.ts";
import { type LineScanner, noPart, setPart } from "./scanned-line.ts";

/** Scans requests in our words that say no more than who, where to and what: `{"from": ..., "to": ..., "http": "GET /x"}`, and an `id`. */
export interface RequestScanner extends LineScanner {
  /** The `id` as it was written, with its quotes; "": there is none. */
  readonly id: (bytes: Buffer) => string;
}

const names = { from: 0, to: 1, http: 2, id: 3 } as const;
const blank = 32;

export function requestScanner(): RequestScanner {
  const object = flatJson(Object.keys(names));
  const [caller, rest, method, target] = [noPart(), noPart(), noPart(), noPart()];

  const isText = (name: number): boolean => object.kinds[name] === kinds.text;
  const isIdentified = (): boolean => isText(names.id) || object.kinds[names.id] === kinds.number;
  const isShort = (): boolean =>
    isText(names.from) &&
    isText(names.to) &&
    isText(names.http) &&
    object.count() === (isIdentified() ? 4 : 3);
  return {
    ...{ apart: true, caller, rest, method, target },
    scan: (bytes, at) => {
      const { starts, ends } = object;
      const end = object.scan(bytes, at);
      if (end < 0 || !isShort()) return -1;
      const httpEnd = ends[names.http] ?? 0;
      let between = starts[names.http] ?? 0;
      while (between < httpEnd && bytes[between] !== blank) between += 1;
      if (between === httpEnd) return -1;
      setPart(caller, starts[names.from] ?? 0, ends[names.from] ?? 0);
      setPart(rest, starts[names.to] ?? 0, ends[names.to] ?? 0);
      setPart(method, starts[names.http] ?? 0, between);
      setPart(target, between + 1, httpEnd);
      return end;
    },
    keys: (bytes) => bytes,
    id: (bytes) => {
      if (!isIdentified()) return "";
      const quote = isText(names.id) ? 1 : 0;
      const [start, end] = [object.starts[names.id] ?? 0, object.ends[names.id] ?? 0];
      return bytes.toString("latin1", start - quote, end + quote);
    },
  };
}
