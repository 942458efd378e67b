import { isError, parseRe2, type Re2Error } from "./re2-parse.ts";
import { takes } from "./re2-set.ts";
import type { Expression } from "./re2-tree.ts";
import { type Alphabet, decodeUtf8 } from "./sequence.ts";

/** One step of a machine that matches: it is in several places at once, so it never goes back. Of a fork the first way is preferred. */
export type Instruction =
  | { readonly kind: "take"; readonly expression: Extract<Expression, { kind: "set" }> }
  | { readonly kind: "fork"; readonly to: readonly [number, number] }
  | { readonly kind: "jump"; readonly to: number }
  | { readonly kind: "save"; readonly slot: number } // only where groups count
  | { readonly kind: "start" | "end" | "boundary" | "no-boundary" | "match" };

/** Istio raises RE2's limit to this many instructions (az:ENV-9). */
const sizeLimit = 32_768;

const machines = new Map<string, readonly Instruction[] | Re2Error>();

/** What RE2 finds wrong with an expression, or undefined: Envoy refuses a listener that holds such an expression. */
export function re2Error(source: string, alphabet: Alphabet = "bytes"): string | undefined {
  const machine = machineOf(source, alphabet);
  return "error" in machine ? machine.error : undefined;
}

/** Whether an expression of RE2 matches the whole value. One that does not compile matches nothing. Linear in the value. */
export function matchesRe2(source: string, value: string, alphabet: Alphabet = "bytes"): boolean {
  const machine = machineOf(source, alphabet);
  if ("error" in machine) return false;
  const codes = codesOf(value, alphabet);
  let places = follow(machine, [0], codes, 0);
  for (const [at, code] of codes.entries()) {
    const next: number[] = [];
    for (const place of places) {
      const instruction = machine[place];
      if (instruction?.kind === "take" && takes(instruction.expression.set, code))
        next.push(place + 1);
    }
    if (next.length === 0) return false;
    places = follow(machine, next, codes, at + 1);
  }
  return [...places].some((place) => machine[place]?.kind === "match");
}

function machineOf(source: string, alphabet: Alphabet): readonly Instruction[] | Re2Error {
  const key = `${alphabet} ${source}`;
  const known = machines.get(key);
  if (known) return known;
  const machine = compile(source, false, alphabet);
  if (machines.size >= 1024) machines.clear();
  machines.set(key, machine);
  return machine;
}

/** Code points; a byte that belongs to no character, as RE2 reads UTF-8, is one that nothing takes. */
export function codesOf(value: string, alphabet: Alphabet): readonly number[] {
  if (alphabet === "latin1") return [...value].map((byte) => byte.charCodeAt(0));
  const decoded = alphabet === "bytes" ? decodeUtf8(value) : value;
  if (decoded !== undefined) return [...decoded].map((character) => character.codePointAt(0) ?? 0);
  return (value.match(lenient) ?? []).map(codeOf);
}

const lenient =
  /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\s\S]/g;

function codeOf(bytes: string): number {
  const first = bytes.charCodeAt(0);
  if (bytes.length === 1) return first < 0x80 ? first : Number.NaN;
  let code = first & (0xff >> (bytes.length + 1));
  for (const byte of bytes.slice(1)) code = code * 64 + (byte.charCodeAt(0) & 0x3f);
  return code;
}

/** The machine of an expression. `groups`: it remembers where they begin and end. */
export function compile(
  source: string,
  groups = false,
  alphabet: Alphabet = "bytes",
): readonly Instruction[] | Re2Error {
  const parsed = parseRe2(alphabet === "bytes" ? (decodeUtf8(source) ?? source) : source, alphabet);
  if (isError(parsed)) return parsed;
  const code: Instruction[] = [];
  const expression = groups ? parsed : withoutGroups(parsed);
  if (!emit(expression, code)) return { error: "pattern too large" };
  return [...code, { kind: "match" }];
}

function withoutGroups(expression: Expression): Expression {
  switch (expression.kind) {
    case "group":
      return withoutGroups(expression.part);
    case "sequence":
    case "either":
      return { ...expression, parts: expression.parts.map(withoutGroups) };
    case "repeat":
      return { ...expression, part: withoutGroups(expression.part) };
    default:
      return expression;
  }
}

/** Appends the instructions of an expression; false once there are too many. */
function emit(expression: Expression, code: Instruction[]): boolean {
  if (code.length > sizeLimit) return false;
  switch (expression.kind) {
    case "set":
      code.push({ kind: "take", expression });
      return true;
    case "sequence":
      return expression.parts.every((part) => emit(part, code));
    case "either":
      return emitEither(expression.parts, code);
    case "repeat":
      return emitRepeat(expression, code);
    case "group": {
      const { index, part } = expression;
      code.push({ kind: "save", slot: 2 * index });
      const fits = emit(part, code);
      code.push({ kind: "save", slot: 2 * index + 1 });
      return fits;
    }
    default:
      code.push({ kind: expression.kind });
      return true;
  }
}

function emitEither(parts: readonly Expression[], code: Instruction[]): boolean {
  const jumps: number[] = [];
  for (const [index, part] of parts.entries()) {
    const fork = code.length;
    const last = index === parts.length - 1;
    if (!last) code.push({ kind: "fork", to: [fork + 1, fork + 1] });
    if (!emit(part, code)) return false;
    if (last) break;
    jumps.push(code.length);
    code.push({ kind: "jump", to: 0 });
    code[fork] = { kind: "fork", to: [fork + 1, code.length] };
  }
  for (const jump of jumps) code[jump] = { kind: "jump", to: code.length };
  return true;
}

function emitRepeat(
  { part, min, max, lazy }: Extract<Expression, { kind: "repeat" }>,
  code: Instruction[],
): boolean {
  for (let times = 0; times < min; times += 1) if (!emit(part, code)) return false;
  if (max === Number.POSITIVE_INFINITY) return emitLoop(part, code, lazy === true);
  const forks: number[] = [];
  for (let times = min; times < max; times += 1) {
    forks.push(code.length);
    code.push({ kind: "jump", to: 0 });
    if (!emit(part, code)) return false;
  }
  for (const at of forks) code[at] = fork(at + 1, code.length, lazy === true);
  return true;
}

function fork(into: number, past: number, lazy: boolean): Instruction {
  return { kind: "fork", to: lazy ? [past, into] : [into, past] };
}

function emitLoop(part: Expression, code: Instruction[], lazy: boolean): boolean {
  const start = code.length;
  code.push({ kind: "jump", to: 0 });
  if (!emit(part, code)) return false;
  code.push({ kind: "jump", to: start });
  code[start] = fork(start + 1, code.length, lazy);
  return true;
}

/** All places that are reached without taking a character. */
function follow(
  machine: readonly Instruction[],
  from: readonly number[],
  codes: readonly number[],
  at: number,
): ReadonlySet<number> {
  const reached = new Set<number>();
  const open = [...from];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (reached.has(place)) continue;
    reached.add(place);
    const instruction = machine[place];
    if (instruction?.kind === "jump") open.push(instruction.to);
    else if (instruction?.kind === "fork") open.push(...instruction.to);
    else if (instruction?.kind === "save") open.push(place + 1);
    else if (instruction && passes(instruction, codes, at)) open.push(place + 1);
  }
  return reached;
}

/** Whether an assertion holds between two characters. */
export function passes({ kind }: Instruction, codes: readonly number[], at: number): boolean {
  if (kind === "start") return at === 0;
  if (kind === "end") return at === codes.length;
  if (kind !== "boundary" && kind !== "no-boundary") return false;
  const isWord = (code = Number.NaN): boolean =>
    /\w/.test(String.fromCodePoint(Number.isNaN(code) ? 0 : code));
  return (isWord(codes[at - 1]) !== isWord(codes[at])) === (kind === "boundary");
}
