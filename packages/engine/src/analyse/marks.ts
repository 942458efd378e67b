import type { HttpSettings, Program } from "../model/program.ts";
import { jwtProvidersOf } from "./point-program.ts";
import { readsDotsAlike, readsHeadersAlike } from "./question.ts";

/** What two sides do differently with requests that are not looked at: each stands among the attributes of an answer, and is assumed away. */
export const marks = {
  lines: "several lines",
  dots: "dot segments",
  hidden: "dot segments behind a backslash",
  sentOn: "what HTTP/1.1 does not send on",
  methods: "strange methods",
  keys: "key sets",
  tunnels: "unknown tunnels",
  strangers: "other authorities",
} as const;

/** The marks of a comparison. */
export function marksOf(programs: readonly Program[]): readonly string[] {
  return [
    ...readingMarks(programs),
    ...(isSame(programs, methodsOf) ? [] : [marks.methods]),
    ...(isSame(programs, keysOf) ? [] : [marks.keys]),
  ];
}

/** Those of how HTTP is read. */
export function readingMarks(programs: readonly Program[]): readonly string[] {
  return [
    ...(readsHeadersAlike(programs) ? [] : [marks.lines]),
    ...(readsDotsAlike(programs) ? [] : [marks.dots]),
  ];
}

/** Those of several proxies in a row: what one takes for an ordinary segment the next one does not. */
export function hiddenMarks(programs: readonly Program[]): readonly string[] {
  const settings = programs.map(({ listeners }) =>
    listeners.flatMap(({ chains }) => chains.flatMap(({ http }) => http ?? [])),
  );
  const takers = settings.filter((all) => all.some(takesDotParameters));
  return [
    ...(takers.length > 1 ? [marks.hidden] : []),
    ...(settings.length > 1 ? [marks.sentOn] : []),
  ];
}

/** Whether `..;x` is navigation. */
function takesDotParameters({ normalizePath, dotSegmentParameters }: HttpSettings): boolean {
  return normalizePath && dotSegmentParameters !== "keep";
}

function isSame(programs: readonly Program[], of: (program: Program) => unknown): boolean {
  return new Set(programs.map((program) => JSON.stringify(of(program)))).size <= 1;
}

function methodsOf({ listeners }: Program): unknown {
  return listeners.map(({ detects, chains }) => [
    detects,
    chains.some(({ http }) => http?.queryMethod),
  ]);
}

/** What happens where keys cannot be fetched is part of them. */
function keysOf(program: Program): unknown {
  return jwtProvidersOf(program).map(({ issuer, keys }) => [issuer, keys]);
}
