import { resolve } from "node:path";
import type { Span } from "@meshproof/engine";
import { type Position, positionOf, type Texts } from "../place.ts";

/** What vitest prints as a diff. */
export interface Difference {
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Where something stands: in a file that was read, or where code declares it. */
export interface Sources {
  readonly texts: Texts;
  readonly frames?: string; // of the code that declares tests
}

/** An error that stands where a suite says so, with those lines of it. */
export function failedAt(
  at: Span,
  { texts, frames }: Sources,
  { message, difference }: { readonly message: string; readonly difference?: Difference },
): Error {
  const position = texts.has(at.file) ? positionOf(at, texts) : undefined;
  const written = position === undefined ? "" : `\n\n${excerpt(position, texts)}`;
  const error = new Error(`${message}${written}`);
  error.name = "AssertionError";
  const where = position === undefined ? (frames ?? "") : frameOf(position);
  error.stack = `AssertionError: ${error.message}\n${where}`;
  return Object.assign(error, difference);
}

/** The line of a place with its neighbours: vitest shows lines of modules only. */
function excerpt({ file, line }: Position, texts: Texts): string {
  const lines = (texts.get(file) ?? "").split("\n");
  const first = Math.max(1, line - 1);
  const shown = lines.slice(first - 1, line + 1).map((text, index) => {
    const number = first + index;
    return `  ${number === line ? ">" : " "} ${String(number).padStart(4)} | ${text}`;
  });
  return [`  ${file}:${line}`, ...shown].join("\n");
}

function frameOf({ file, line, column }: Position): string {
  return `    at ${resolve(file)}:${line}:${column}`;
}

function framesIn(stack: string): string {
  const lines = stack.split("\n");
  const first = lines.findIndex((line) => /^\s+at /.test(line));
  return first < 0 ? "" : lines.slice(first).join("\n");
}

/** Where a function was called: the frames above it. */
export function framesAbove(called: (...args: never[]) => unknown): string {
  const here = { stack: "" };
  Error.captureStackTrace(here, called);
  return framesIn(here.stack);
}
