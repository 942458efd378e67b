import type { Shape } from "../partition/domain.ts";
import { everything } from "../partition/expression.ts";
import { choice, type Expression, literal, loop, sequence, some } from "../partition/regular.ts";
import { and, type Formula, not } from "../space/formula.ts";
import {
  dotSegment,
  inPath,
  inSegment,
  type PathSettings,
  wholeSegment,
} from "../space/languages.ts";
import { query } from "../space/target-shapes.ts";

/** What begins a path, and what comes in its place. The rest stays. */
export interface Exchange {
  readonly from: Expression;
  readonly to: string;
  readonly key: string; // equal ones are equal
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

/** Another beginning, wherever the path goes on behind it. */
export function exchanged(head: Head, to: string, look: PathLook): PathCases {
  if (head.key.endsWith("/"))
    return to === ""
      ? { cases: [], open: true }
      : { cases: [{ when: starting(head), exchange: { ...head, to } }], open: false };
  const further = furtherCases(head, to, look);
  if (to === "") return { cases: further, open: true };
  const alone: PathCase = { when: being(head), exchange: { ...head, to } };
  const cases = [...further, alone, ...joinedCases(head, to, look)];
  return { cases, open: look.normalizePath && to !== "/" && to.endsWith("/") };
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
  if (!to.endsWith("/")) return [{ when: here(some(inSegment)), exchange: { ...head, to } }];
  const kept: PathCase = { when: here(wholeSegment(look)), exchange: { ...head, to } };
  if (!look.normalizePath || to !== "/") return [kept];
  const dots = {
    from: sequence(head.from, dotSegment(look)),
    key: `${head.key} dots ${look.dotSegmentParameters} `,
  };
  const further = followedBy(dots, "/");
  return [
    kept,
    { when: being(dots), exchange: { ...dots, to } },
    { when: starting(further), exchange: { ...further, to } },
  ];
}
