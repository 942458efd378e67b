import { fromCodes } from "../../parse/base64.ts";

/** What Envoy's copy of Chromium's URL canonicaliser does with a character of a path. */
type Treatment = "pass" | "decode" | "escape" | "invalid";

/** Where an escape that is none began in the output: later characters must not complete it. */
interface State {
  readonly input: string;
  readonly output: number[]; // ASCII
  brokenAt: number | undefined;
}

/**
 * A path without its query in canonical form, or undefined for one that has none (a NUL byte): unreserved characters decoded,
 * others escaped, dot segments removed, `\` made `/`. Follows chromium:url/url_canon_path.cc, as Envoy's `canonicalPath` calls it.
 */
export function canonicalPath(input: string): string | undefined {
  if (plain.test(input)) return input;
  const state: State = {
    input,
    output: startsWithSlash(input) ? [] : [slash],
    brokenAt: undefined,
  };
  let valid = true;
  let at = 0;
  while (at < input.length) {
    const dot = dotAt(input, at);
    if (dot > 0) {
      at = appendDot(state, at + dot);
      continue;
    }
    const [next, fine] = appendCharacter(state, at);
    at = next;
    valid &&= fine;
  }
  return valid ? fromCodes(Uint8Array.from(state.output)) : undefined;
}

const slash = 0x2f;

/** Most paths: no dot segment, nothing to decode or escape. */
const plain = /^\/(?:[A-Za-z0-9!$&'()*+,:;=@_~[\]/-]|(?<=[^/])\.)*$/;

function startsWithSlash(input: string): boolean {
  return input.startsWith("/") || input.startsWith("\\");
}

/** The length of a dot, plain or escaped, or 0. */
function dotAt(input: string, at: number): number {
  if (input[at] === ".") return 1;
  return input[at] === "%" && input[at + 1] === "2" && /[eE]/.test(input[at + 2] ?? "") ? 3 : 0;
}

/** One or two dots that fill a segment are navigation; any other dot is a character. Returns where to go on. */
function appendDot(state: State, afterDot: number): number {
  const { input, output } = state;
  if (output.at(-1) !== slash) return append(state, ".", afterDot);
  const ends = endOfSegment(input, afterDot);
  if (ends !== undefined) return ends;
  const second = dotAt(input, afterDot);
  const up = second > 0 ? endOfSegment(input, afterDot + second) : undefined;
  if (up === undefined) return append(state, ".", afterDot);
  goUp(state);
  return up;
}

/** After the slash that ends a segment here, or undefined if the segment goes on. */
function endOfSegment(input: string, at: number): number | undefined {
  if (at >= input.length) return at;
  return input[at] === "/" || input[at] === "\\" ? at + 1 : undefined;
}

function append({ output }: State, text: string, next: number): number {
  for (let at = 0; at < text.length; at += 1) output.push(text.charCodeAt(at));
  return next;
}

/** Drops the last segment, but never the first slash. */
function goUp(state: State): void {
  const { output } = state;
  if (output.length > 1) output.pop();
  while (output.length > 0 && output.at(-1) !== slash) output.pop();
  if (state.brokenAt !== undefined && state.brokenAt >= output.length) state.brokenAt = undefined;
}

function appendCharacter(state: State, at: number): readonly [next: number, valid: boolean] {
  const code = state.input.charCodeAt(at);
  if (code === 0x25) return appendEscape(state, at);
  if (code === 0x5c) return [append(state, "/", at + 1), true];
  const treatment = treatmentOf(code);
  const escaped = treatment === "escape" || treatment === "invalid";
  return [
    append(state, escaped ? percent(code) : String.fromCharCode(code), at + 1),
    treatment !== "invalid",
  ];
}

function appendEscape(state: State, at: number): readonly [next: number, valid: boolean] {
  const code = escapedCode(state.input, at);
  if (code === undefined) {
    state.brokenAt = state.output.length;
    return [append(state, "%", at + 1), true];
  }
  const next = at + 3;
  if (treatmentOf(code) !== "decode")
    return [append(state, state.input.slice(at, next), next), code !== 0];
  state.output.push(code);
  if (state.brokenAt !== undefined && state.brokenAt + 3 >= state.output.length)
    repairBroken(state, next, state.brokenAt);
  return [next, true];
}

/** Decoding made what looks like an escape out of one that was none (`%%300`): its `%` is escaped, as `%25`. */
function repairBroken(state: State, next: number, brokenAt: number): void {
  const { input, output } = state;
  const needsMore = brokenAt === output.length - 2;
  const following = input[next];
  if (needsMore && (following === undefined || following.charCodeAt(0) >= 0x80)) return;
  const completed =
    String.fromCharCode(...output.slice(brokenAt)) + (needsMore && following ? following : "");
  if (escapedCode(completed, 0) !== undefined) output.splice(brokenAt + 1, 0, 0x32, 0x35);
}

function escapedCode(text: string, at: number): number | undefined {
  const digits = text.slice(at + 1, at + 3);
  return /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

function percent(code: number): string {
  return `%${code.toString(16).toUpperCase().padStart(2, "0")}`;
}

function treatmentOf(code: number): Treatment {
  if (code === 0) return "invalid";
  if (code < 0x21 || code > 0x7e) return "escape";
  const character = String.fromCharCode(code);
  if (/[A-Za-z0-9_~-]/.test(character)) return "decode";
  return /["<>^`{|}#]/.test(character) ? "escape" : "pass";
}
