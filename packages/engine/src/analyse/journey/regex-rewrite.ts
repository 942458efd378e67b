import type { Rewrite } from "../../model/route.ts";
import { type Formula, not, or } from "../space/formula.ts";
import {
  being,
  exchanged,
  followedBy,
  furtherCases,
  having,
  joinedCases,
  type PathCase,
  type PathCases,
  type PathLook,
  starting,
  wholly,
} from "./path-cases.ts";
import { type Parsed, parsePattern } from "./rewrite-pattern.ts";

/**
 * What an expression that only exchanges the beginning of paths makes of them, as google/re2 replaces: those that Istio writes itself for routes of the
 * Gateway API, and what people write as they did for nginx, `/a(/|$)(.*)`. Undefined: it does something else.
 */
export function casesOf(
  pattern: NonNullable<Rewrite["pattern"]>,
  look: PathLook,
): PathCases | undefined {
  const parsed = parsePattern(pattern);
  const found = parsed && casesAt(parsed, look);
  if (parsed === undefined || found === undefined) return undefined;
  const { cases, open } = found;
  const { here, anywhere } = matched(parsed);
  if (parsed.anchored) return { cases: [...cases, { when: not(here) }], open };
  return { cases: [...cases, { when: not(or(here, anywhere)) }], open: true };
}

function casesAt(parsed: Parsed, look: PathLook): PathCases | undefined {
  const { head, tail, to, isNamed } = parsed;
  switch (tail) {
    case "":
      return bare(parsed, look);
    case "(.*)":
      return isNamed ? undefined : exchanged(head, to, look);
    case "(/.*)":
      return { cases: furtherCases(head, to, look), open: false };
    case "(/.*)?":
      return optional(parsed, look);
    case "(/|$)(.*)":
      return to === "" ? undefined : { cases: cut(parsed), open: false };
    default:
      return loose(parsed, look);
  }
}

/** A beginning that is not looked for at the start of the path alone would be exchanged wherever it stands. */
function bare(parsed: Parsed, look: PathLook): PathCases | undefined {
  const { head, to, isNamed, ended, anchored } = parsed;
  if (ended) return to === "" ? undefined : { cases: [wholly(head, to)], open: false };
  return anchored && !isNamed ? exchanged(head, to, look) : undefined;
}

/** With the slash or without it. */
function loose(parsed: Parsed, look: PathLook): PathCases | undefined {
  const { head, to, isNamed } = parsed;
  if (to === "" || head.key.endsWith("/") || isNamed) return undefined;
  const open = look.normalizePath && to.endsWith("/") && to !== "/";
  return { cases: [...cut(parsed), ...joinedCases(head, to, look)], open };
}

function optional({ head, to, ended }: Parsed, look: PathLook): PathCases | undefined {
  if (!ended) return undefined;
  const further = furtherCases(head, to, look);
  return to === ""
    ? { cases: further, open: true }
    : { cases: [...further, wholly(head, to)], open: false };
}

/** The slash goes, too. */
function cut({ head, to }: Parsed): readonly PathCase[] {
  const slash = followedBy(head, "/");
  return [{ when: starting(slash), exchange: { ...slash, to } }, wholly(head, to)];
}

/** Which paths the expression matches: at their start, or somewhere. */
function matched({ head, tail, ended }: Parsed): {
  readonly here: Formula;
  readonly anywhere: Formula;
} {
  const slash = followedBy(head, "/");
  switch (tail) {
    case "(/.*)":
      return { here: starting(slash), anywhere: having(slash) };
    case "(/.*)?":
    case "(/|$)(.*)":
      return {
        here: or(starting(slash), being(head)),
        anywhere: or(having(slash), having(head, "at end")),
      };
    default:
      return tail === "" && ended
        ? { here: being(head), anywhere: having(head, "at end") }
        : { here: starting(head), anywhere: having(head) };
  }
}
