import { Buffer } from "node:buffer";
import { type ByteTable, byteTable } from "./byte-table.ts";
import type { LineScanner, Part } from "./scanned-line.ts";

/** How lines of a usual form are taken. */
export interface QuickWay<Kind> {
  /** What lines have in common that differ in method and target alone: asked for the first of them. Undefined: each has to be read. */
  readonly kindOf: (line: Buffer) => Told<Kind> | undefined;
  /** Takes a line that was scanned. False: it could not. */
  readonly take: (kind: Kind, peer: string | undefined, scanned: Scanned) => boolean;
}

/** What a line is of, apart from who calls: there are fewer kinds than pairs, if equal ones are one object. */
export interface Told<Kind> {
  readonly kind: Kind;
  readonly peer: string | undefined; // absent: it does not matter
  /** Of two callers with the same mark who ask the same, each with its own peer, both lines are of one kind. */
  readonly shared?: string | undefined;
}

/** A line that was scanned, and where it is. Written anew for each. */
export interface Scanned {
  bytes: Buffer;
  from: number;
  to: number;
  method: string; // a usual one
  readonly target: Part;
  /** A stretch of the bytes, which are ASCII. */
  readonly text: (from: number, to: number) => string;
}

/** What longer lines say may be more than a proxy takes. */
const longest = 16_384;

/** So many kinds of lines are remembered; then all are forgotten. */
const remembered = 65_536;

/**
 * Takes the line that begins at a place, if it is like one that was read before, and gives where the line feed is that ends it. -1: it
 * was not taken. Only lines with a usual method are, nor does any other line stand for its kind: one without a method is no HTTP request.
 */
export function quickLines<Kind>(
  scanner: LineScanner,
  { kindOf, take }: QuickWay<Kind>,
): (bytes: Buffer, at: number) => number {
  const { apart, caller, rest, method, target } = scanner;
  const scanned: Scanned = {
    ...{ bytes: Buffer.alloc(0), from: 0, to: 0, method: "", target },
    text: (from, to) => scanned.bytes.toString("latin1", from, to),
  };
  let memory = emptyMemory<Kind>();

  /** Gives the number of the kind of the first line with such a rest and such a caller. */
  const learn = (row: number, column: number): number => {
    const told = kindOf(scanned.bytes.subarray(scanned.from, scanned.to));
    const peer = memory.peers[column] ?? told?.peer;
    const fits = told?.peer === undefined || told.peer === peer;
    const number = numberIn(memory, fits ? told?.kind : undefined);
    memory.peers[column] = peer;
    memory.size += 1;
    if (apart && fits && told?.shared !== undefined)
      sharedBy(memory, told.shared, column)[row] = number;
    else numbersOf(memory, row)[column] = number;
    return number;
  };
  return (bytes, at) => {
    const end = scanner.scan(bytes, at);
    const usual = end < 0 ? undefined : methodIn(bytes, method);
    if (usual === undefined || end - at > longest) return -1;
    scanned.bytes = bytes;
    scanned.from = at;
    scanned.to = end;
    scanned.method = usual;
    if (memory.size >= remembered) memory = emptyMemory();
    const row = numberOf(memory.rests, scanner.restKey(bytes), rest);
    const column = numberOf(memory.callers, scanner.callerKey(bytes), caller);
    const number =
      memory.sharing[column]?.[row] ?? memory.numbers[row]?.[column] ?? learn(row, column);
    const kind = memory.kinds[number];
    return kind !== undefined && take(kind, memory.peers[column], scanned) ? end : -1;
  };
}

/** Which kind lines are of, by who calls and by the rest. Numbers, and few objects: what is looked at for each line stays small. */
interface Memory<Kind> {
  readonly callers: ByteTable;
  readonly peers: (string | undefined)[]; // by caller
  readonly sharing: number[][]; // by caller: those of `shared` that are of its mark
  readonly rests: ByteTable;
  readonly shared: Map<string, number[]>; // by mark, then by rest: the kind of all callers with the mark
  readonly numbers: number[][]; // of kinds, by rest and caller, where nothing is shared
  readonly kinds: (Kind | undefined)[]; // the first: each line has to be read
  readonly known: Map<Kind | undefined, number>;
  size: number; // pairs
}

function emptyMemory<Kind>(): Memory<Kind> {
  return {
    ...{ callers: byteTable(), peers: [], sharing: [] },
    ...{ rests: byteTable(), shared: new Map(), numbers: [] },
    ...{ kinds: [undefined], known: new Map([[undefined, 0]]), size: 0 },
  };
}

/** What all callers with a mark share, this one from now on among them. */
function sharedBy({ shared, sharing }: Memory<unknown>, mark: string, column: number): number[] {
  const own = shared.get(mark) ?? [];
  shared.set(mark, own);
  sharing[column] = own;
  return own;
}

function numbersOf({ numbers }: Memory<unknown>, row: number): number[] {
  const own = numbers[row] ?? [];
  numbers[row] = own;
  return own;
}

function numberIn<Kind>({ kinds, known }: Memory<Kind>, kind: Kind | undefined): number {
  const number = known.get(kind) ?? kinds.push(kind) - 1;
  known.set(kind, number);
  return number;
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

const methods: readonly string[] = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"];

/** The usual method that stands there; undefined: another one, or none. */
function methodIn(bytes: Buffer, { from, to }: Part): string | undefined {
  for (const method of methods) if (isAt(method, bytes, from, to)) return method;
  return undefined;
}

function isAt(text: string, bytes: Buffer, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let at = from; at < to; at += 1) if (bytes[at] !== text.charCodeAt(at - from)) return false;
  return true;
}
