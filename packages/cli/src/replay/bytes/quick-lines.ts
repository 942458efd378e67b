import { Buffer } from "node:buffer";
import { type ByteTable, byteTable } from "./byte-table.ts";
import type { LineScanner, Part } from "./scanned-line.ts";

/** How lines of a usual form are taken. */
export interface QuickWay<Kind> {
  /** What lines have in common that differ in method and target alone: asked for the first of them. Undefined: each has to be read. */
  readonly kindOf: (line: Buffer) => Kind | undefined;
  /** Takes a line that was scanned. False: it could not. */
  readonly take: (kind: Kind, bytes: Buffer, scanner: LineScanner) => boolean;
}

/** So many kinds of lines are remembered; then all are forgotten. */
const remembered = 65_536;

/**
 * Takes the line that begins at a place, if it is like one that was read before, and gives where the line feed is that ends it. -1: it
 * was not taken.
 */
export function quickLines<Kind>(
  scanner: LineScanner,
  { kindOf, take }: QuickWay<Kind>,
): (bytes: Buffer, at: number) => number {
  let [callers, rests] = [byteTable(), byteTable()];
  let known: (Kind | "unusual")[][] = []; // by rest and caller
  let size = 0;

  const learn = (line: Buffer, bytes: Buffer): Kind | "unusual" => {
    if (size >= remembered) {
      [callers, rests] = [byteTable(), byteTable()];
      known = [];
      size = 0;
    }
    const kind = kindOf(line) ?? "unusual";
    const keys = scanner.keys(bytes);
    const row = numberOf(rests, keys, scanner.rest);
    const kinds = known[row] ?? [];
    kinds[numberOf(callers, keys, scanner.caller)] = kind;
    known[row] = kinds;
    size += 1;
    return kind;
  };
  const recall = (bytes: Buffer): Kind | "unusual" | undefined => {
    const { caller, rest } = scanner;
    const keys = scanner.keys(bytes);
    const row = rests.find(keys, rest.from, rest.to);
    const column = callers.find(keys, caller.from, caller.to);
    return row < 0 || column < 0 ? undefined : known[row]?.[column];
  };
  return (bytes, at) => {
    const end = scanner.scan(bytes, at);
    if (end < 0) return -1;
    const kind = recall(bytes) ?? learn(bytes.subarray(at, end), bytes);
    return kind !== "unusual" && take(kind, bytes, scanner) ? end : -1;
  };
}

function numberOf(table: ByteTable, bytes: Buffer, { from, to }: Part): number {
  const known = table.find(bytes, from, to);
  return known < 0 ? table.add(bytes, from, to) : known;
}

/** Tries one way to take lines before the other: that of the line before. */
export function eitherWay(
  one: (bytes: Buffer, at: number) => number,
  two: (bytes: Buffer, at: number) => number,
): (bytes: Buffer, at: number) => number {
  let [usual, other] = [one, two];
  return (bytes, at) => {
    const end = usual(bytes, at);
    if (end >= 0) return end;
    const otherEnd = other(bytes, at);
    if (otherEnd >= 0) [usual, other] = [other, usual];
    return otherEnd;
  };
}

const methods: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const methodTable = byteTable();
for (const method of methods) methodTable.add(Buffer.from(method), 0, method.length);

/** The usual method that stands there; undefined: another one. */
export function methodIn(bytes: Buffer, { from, to }: Part): string | undefined {
  return methods[methodTable.find(bytes, from, to)];
}
