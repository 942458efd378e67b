import { Buffer } from "node:buffer";
import { type ByteTable, byteTable } from "./byte-table.ts";

/** The names of an object's members that are looked for. */
export interface Names {
  /** Where the name of a member stands in the list; `stranger`: nowhere; `word`: its object is one of texts under any names. */
  readonly find: (bytes: Uint8Array, from: number, to: number) => number;
  /** The names within a member; undefined: it is no object. */
  readonly within: (name: number) => Names | undefined;
}

export const stranger = -1;
export const word = -2;

/** A list of names of which those within other members have a dot: `http`, `http.path`; `http.headers.*`: texts under any names. */
export function namesIn(list: readonly string[], prefix = ""): Names {
  const own = list.flatMap((path, index) => {
    const name = path.startsWith(prefix) ? path.slice(prefix.length) : ".";
    return name.includes(".") ? [] : [{ name, index }];
  });
  if (own.some(({ name }) => name === "*")) return { find: () => word, within: () => undefined };
  const table: ByteTable = byteTable();
  for (const { name } of own) table.add(Buffer.from(name), 0, name.length);
  const indexes = own.map(({ index }) => index);
  const inner = new Map<number, Names>();
  for (const { name, index } of own) {
    const below = `${prefix}${name}.`;
    if (list.some((path) => path.startsWith(below))) inner.set(index, namesIn(list, below));
  }
  return {
    find: (bytes, from, to) => indexes[table.find(bytes, from, to)] ?? stranger,
    within: (name) => inner.get(name),
  };
}
