import type { Stretch } from "../envoy/index/known-request.ts";

/** A method that means nothing to a proxy but what rules make of it. */
export function isPlainMethod(method: string): boolean {
  switch (method) {
    case "GET":
    case "HEAD":
    case "POST":
    case "PUT":
    case "PATCH":
    case "DELETE":
      return true;
    default:
      return false;
  }
}

/** A method, and a target (path and query) as it stands among bytes. */
export interface AskedInBytes {
  readonly method: string;
  readonly bytes: Uint8Array;
  readonly target: { readonly from: number; readonly to: number };
  /** A stretch of the bytes, a character each: asked for when a rule looks at it. */
  readonly text: (from: number, to: number) => string;
}

/**
 * The path that policies see of a target whose path is the same after every normalisation: as long as this. -1: another target.
 * A query is no part of it.
 */
export function plainPathLength(target: string): number {
  if (target.charCodeAt(0) !== slash || target.length > longest) return -1;
  let before = 0;
  for (let at = 0; at < target.length; at += 1) {
    const code = target.charCodeAt(at);
    if (!goesOn(code, before)) return code === question && isPlainQuery(target, at + 1) ? at : -1;
    before = code;
  }
  return target.length;
}

/** Whether a plain path has such a character after such another one. */
function goesOn(code: number, before: number): boolean {
  return plain[code] === inPath || (isApart(code) && before !== slash);
}

function isPlainQuery(target: string, from: number): boolean {
  for (let at = from; at < target.length; at += 1)
    if ((plain[target.charCodeAt(at)] ?? 0) === 0 && target.charCodeAt(at) !== slash) return false;
  return true;
}

/** A path among bytes, made a text when it is looked at as one. */
export interface PathInBytes {
  /** Whether it is the plain path of a target from now on. */
  readonly take: (asked: AskedInBytes) => boolean;
  readonly path: string;
  readonly pathIn: Stretch;
}

/** Holds one path after the other. */
export function pathInBytes(): PathInBytes {
  const pathIn: { bytes: Uint8Array; from: number; to: number } = {
    ...{ bytes: new Uint8Array(0), from: 0, to: 0 },
  };
  let text: AskedInBytes["text"] = () => "";
  return {
    pathIn,
    take: (asked) => {
      const { bytes, target } = asked;
      pathIn.bytes = bytes;
      pathIn.from = target.from;
      pathIn.to = plainPathEnd(bytes, target.from, target.to);
      text = asked.text;
      return pathIn.to >= 0;
    },
    get path() {
      return text(pathIn.from, pathIn.to);
    },
  };
}

/** `plainPathLength` of what stands among bytes: where its path ends. */
export function plainPathEnd(bytes: Uint8Array, from: number, to: number): number {
  if (from >= to || to - from > longest || bytes[from] !== slash) return -1;
  for (let at = from + 1; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (plain[byte] === inPath) continue;
    if (byte === question) return isPlainQueryIn(bytes, at + 1, to) ? at : -1;
    if (!isApart(byte) || bytes[at - 1] === slash) return -1;
  }
  return to;
}

/** Plain, but not after a slash. */
function isApart(byte: number): boolean {
  return byte === slash || byte === dot;
}

function isPlainQueryIn(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1)
    if ((plain[bytes[at] ?? 0] ?? 0) === 0 && bytes[at] !== slash) return false;
  return true;
}

/** What is longer may be more than a proxy takes, with the headers. */
const longest = 16_384;
const slash = "/".charCodeAt(0);
const dot = ".".charCodeAt(0);
const question = "?".charCodeAt(0);
const inPath = 1; // wherever it stands
const inQuery = 2;
const plain: Uint8Array = new Uint8Array(256);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")
  plain[character.charCodeAt(0)] = inPath;
for (const character of "=&,:@+%.") plain[character.charCodeAt(0)] = inQuery;
