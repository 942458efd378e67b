import type { Shape } from "../partition/domain.ts";
import { everything } from "../partition/expression.ts";
import { choice, type Expression, literal, loop, sequence, some } from "../partition/regular.ts";
import { and, type Formula, not } from "../space/formula.ts";
import {
  dotSegment,
  inPath,
  type PathSettings,
  segmentSet,
  wholeSegment,
} from "../space/languages.ts";
import { query } from "../space/target-shapes.ts";

/** What begins a path, and what comes in its place. The rest stays. */
export interface Exchange {
  readonly from: Expression;
  readonly to: string;
  readonly key: string; // equal ones are equal
  readonly whole?: true; // of paths that have nothing behind it but a query
  readonly sample?: string; // one that it may be
}

/** Some paths, and what becomes of them: another beginning, or nothing else. */
export interface PathCase {
  readonly when: Formula;
  readonly exchange?: Exchange;
}

/** What becomes of paths. `open`: of others it is not known. */
export interface PathCases {
  readonly cases: readonly PathCase[];
  readonly open: boolean;
}

/** How the proxies read paths, and whether somebody looks at them with their query. */
export type PathLook = PathSettings & { readonly queries: boolean };

/** A beginning of paths. */
export interface Head {
  readonly from: Expression;
  readonly key: string;
  readonly sample?: string;
}

/** A text as a beginning. */
export function headOf(text: string, fold?: true): Head {
  return { from: literal(text, fold), key: `${fold ? "~" : ""}${text}`, sample: text };
}

/** A longer beginning. */
export function followedBy({ from, key, sample }: Head, text: string): Head {
  return {
    from: sequence(from, literal(text)),
    key: key + text,
    ...(sample === undefined ? {} : { sample: sample + text }),
  };
}

function pathShape(key: string, expression: Expression): Formula {
  const shape: Shape = { key, shown: key, expression, samples: [], head: "" };
  return { kind: "atom", attribute: "path", shape };
}

const anything = loop(everything);

/** Paths that begin so. */
export function starting({ from, key }: Head): Formula {
  return pathShape(`starts ${key}`, sequence(from, anything));
}

/** Paths that are that alone. */
export function being({ from, key }: Head): Formula {
  return pathShape(`only ${key}`, sequence(from, query));
}

/** Paths in which that stands somewhere. `at end`: as their end. */
export function having({ from, key }: Head, end?: "at end"): Formula {
  const rest = end ? query : anything;
  return pathShape(`has ${key} ${end ?? ""}`, sequence(loop(inPath), from, rest));
}

/** Paths that are that alone become another text: where it may be several, `/ab` is not `/a` with a rest behind it. */
export function wholly(head: Head, to: string): PathCase {
  return { when: being(head), exchange: { ...head, to, whole: true } };
}

/** Another beginning, wherever the path goes on behind it. */
export function exchanged(head: Head, to: string, look: PathLook): PathCases {
  if (head.key.endsWith("/"))
    return to === ""
      ? { cases: [], open: true }
      : { cases: slashCases(head, to, look), open: false };
  const further = furtherCases(head, to, look);
  if (to === "") return { cases: further, open: true };
  const cases = [...further, wholly(head, to), ...joinedCases(head, to, look)];
  return { cases, open: look.normalizePath && to !== "/" && to.endsWith("/") };
}

/** A beginning that ends with a slash. A path of two slashes alone is not merged, until something stands before them. */
function slashCases(head: Head, to: string, { mergeSlashes }: PathLook): readonly PathCase[] {
  const all: PathCase = { when: starting(head), exchange: { ...head, to } };
  if (!mergeSlashes || !to.endsWith("/") || to === "/") return [all];
  const bare = followedBy(head, "/");
  return [
    { when: being(bare), exchange: { ...bare, to } },
    { ...all, when: and(all.when, not(being(bare))) },
  ];
}

/** Where a slash follows: of two in a row one is left where they are merged. */
export function furtherCases(head: Head, to: string, look: PathLook): readonly PathCase[] {
  const slash = followedBy(head, "/");
  if (!to.endsWith("/") || !look.mergeSlashes)
    return [{ when: starting(slash), exchange: { ...slash, to: `${to}/` } }];
  const bare: PathCase = { when: being(slash), exchange: { ...slash, to: to === "/" ? "//" : to } };
  const rest = and(starting(slash), not(being(slash)));
  return [bare, { when: rest, exchange: { ...slash, to } }];
}

/** Where a segment goes on: what is left of it joins another one, or is one of its own, which may lead nowhere further. */
export function joinedCases(head: Head, to: string, look: PathLook): readonly PathCase[] {
  const here = (rest: Expression): Formula =>
    pathShape(
      `${head.key} joined ${look.dotSegmentParameters} ${look.normalizePath} ${to.endsWith("/")}`,
      sequence(head.from, rest, choice(query, sequence(literal("/"), anything))),
    );
  if (!to.endsWith("/")) return [{ when: here(some(segmentSet(look))), exchange: { ...head, to } }];
  const kept: PathCase = { when: here(wholeSegment(look)), exchange: { ...head, to } };
  if (!look.normalizePath || to !== "/") return [kept];
  const dots = {
    from: sequence(head.from, dotSegment(look)),
    key: `${head.key} dots ${look.dotSegmentParameters} `,
  };
  const further = followedBy(dots, "/");
  return [kept, wholly(dots, to), { when: starting(further), exchange: { ...further, to } }];
}
