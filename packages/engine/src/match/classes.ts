import type { Piece, Text } from "../model/rule.ts";
import { admits } from "./sequence.ts";

/** A value of each class that the patterns tell apart, the shortest one. `complete`: no class was missed. */
export interface Classes {
  readonly values: readonly string[];
  readonly complete: boolean;
}

/** One step of a pattern: a character, or a run that may go on. */
type Token =
  | { readonly kind: "character"; readonly code: number; readonly fold: boolean }
  | { readonly kind: "one" | "loop"; readonly run: RunName };
type RunName = Exclude<Piece, string>["run"] | "all";

interface State {
  readonly live: readonly number[]; // positions in the joint automaton, sorted
  readonly value: string;
}

/** All patterns as one automaton: a position is an index in `tokens`; `end` of a pattern holds no token. */
interface Automaton {
  readonly tokens: readonly (Token | undefined)[];
  readonly starts: readonly number[];
  readonly ends: ReadonlyMap<number, number>; // position to pattern
}

const mostStates = 20_000;
const mostSteps = 600_000;

/**
 * The partition of all values of a language by which of the patterns match: breadth first through the joint automaton of patterns
 * and language, so that every class that has a value is found, with its shortest one. `language`: a value must match one of
 * these; none given, all values. Patterns that are no sequence of literals and runs (`re2`) make it incomplete.
 */
export function classesOf(patterns: readonly Text[], language: readonly Text[]): Classes {
  const compiled = [...patterns, ...language].map(tokensOf);
  const known = compiled.filter((tokens) => tokens !== undefined);
  const automaton = join(known);
  const first = known.length - language.length;
  const found = new Map<string, string>();
  const complete = walk(automaton, alphabetOf(known), ({ live, value }) => {
    const accepted = live.flatMap((position) => automaton.ends.get(position) ?? []);
    if (language.length > 0 && !accepted.some((pattern) => pattern >= first)) return;
    const signature = accepted.filter((pattern) => pattern < first).join(",");
    if (!found.has(signature)) found.set(signature, value);
  });
  return { values: [...found.values()], complete: complete && known.length === compiled.length };
}

/** Visits every state once, nearest first. False: there are too many. */
function walk(
  automaton: Automaton,
  alphabet: readonly number[],
  visit: (state: State) => void,
): boolean {
  const start: State = { live: closure(automaton, automaton.starts), value: "" };
  const seen = new Set([start.live.join()]);
  const queue = [start];
  let steps = 0;
  for (const state of queue) {
    visit(state);
    for (const code of alphabet) {
      steps += state.live.length + 1;
      if (steps > mostSteps) return false;
      const live = closure(automaton, after(automaton, state.live, code));
      const key = live.join();
      if (seen.has(key)) continue;
      if (seen.size >= mostStates) return false;
      seen.add(key);
      queue.push({ live, value: state.value + String.fromCharCode(code) });
    }
  }
  return true;
}

function after({ tokens }: Automaton, live: readonly number[], code: number): readonly number[] {
  const next: number[] = [];
  for (const position of live) {
    const token = tokens[position];
    if (token === undefined || !takes(token, code)) continue;
    next.push(token.kind === "loop" ? position : position + 1);
  }
  return next;
}

function takes(token: Token, code: number): boolean {
  if (token.kind !== "character")
    return token.run === "all" || admits({ run: token.run, min: 0 }, code, false);
  return token.code === code || (token.fold && lower(token.code) === lower(code));
}

function lower(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

/** A loop may also be left without a step. */
function closure({ tokens }: Automaton, positions: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (const start of positions)
    for (let position = start; !all.has(position); position += 1) {
      all.add(position);
      if (tokens[position]?.kind !== "loop") break;
    }
  return [...all].sort((a, b) => a - b);
}

function join(compiled: readonly (readonly Token[])[]): Automaton {
  const tokens: (Token | undefined)[] = [];
  const starts: number[] = [];
  const ends = new Map<number, number>();
  for (const [pattern, own] of compiled.entries()) {
    starts.push(tokens.length);
    for (const token of own) tokens.push(token);
    ends.set(tokens.length, pattern);
    tokens.push(undefined);
  }
  return { tokens, starts, ends };
}

function tokensOf(pattern: Text): readonly Token[] | undefined {
  const anything: Token = { kind: "loop", run: "all" };
  switch (pattern.kind) {
    case "exact":
      return literal(pattern.text, pattern.fold);
    case "prefix":
      return [...literal(pattern.text, pattern.fold), anything];
    case "suffix":
      return [anything, ...literal(pattern.text, pattern.fold)];
    case "present":
      return [anything];
    case "sequence":
      return pattern.pieces.flatMap(pieceTokens);
    case "re2":
      return undefined;
  }
}

function pieceTokens(piece: Piece): readonly Token[] {
  if (typeof piece === "string") return literal(piece);
  const loop: Token = { kind: "loop", run: piece.run };
  return piece.min === 0 ? [loop] : [{ kind: "one", run: piece.run }, loop];
}

function literal(text: string, fold = false): readonly Token[] {
  return Array.from({ length: text.length }, (_, index) => ({
    kind: "character",
    code: text.charCodeAt(index),
    fold,
  }));
}

/** What the literals hold, the slash, and a character of each kind that no literal holds. */
function alphabetOf(compiled: readonly (readonly Token[])[]): readonly number[] {
  const codes = new Set<number>();
  for (const token of compiled.flat()) if (token.kind === "character") codes.add(token.code);
  const fresh = [..."xzqkjvwy0123456789"].find((each) => !codes.has(each.charCodeAt(0)));
  const bounded = compiled.flat().some(({ kind }) => kind !== "character");
  const others = bounded ? ["/", "["] : [];
  for (const character of [fresh ?? "~", ...others]) codes.add(character.charCodeAt(0));
  return [...codes];
}
