import type { NoteCode } from "../../model/note.ts";
import type { Path } from "../../model/place.ts";
import type { Clause, Matcher, Pattern } from "../../model/rule.ts";
import type { Failure, Term } from "./term.ts";

/** Something that istiod cannot generate, or generates otherwise than it is written. `matches`: what that does to the rule. */
export interface Remark {
  readonly because: NoteCode;
  readonly path: Path; // below the rule
  readonly what: "value" | "side" | "rewritten";
  readonly matches: "more" | "less" | "same";
}

export interface PlacedFailure {
  readonly failure: Failure;
  readonly path: Path;
}

/** What a field and its negation come to. */
export interface Sides {
  readonly clause?: Clause;
  readonly remarks: readonly Remark[];
  readonly failures: readonly PlacedFailure[];
}

/** A field as it is written: its keys and values. `path`: of what it stands in, below the rule. */
export interface Written {
  readonly term: Term;
  readonly field: string;
  readonly negated: string;
  readonly any: readonly string[];
  readonly none: readonly string[];
  readonly path: Path;
}

/** For which chains. `latin1`: by release, see `Reading`. */
export interface SideTarget {
  readonly chain: "http" | "tcp";
  readonly latin1?: boolean;
}

/** Reads both sides of a field. A side of which nothing is left imposes nothing (az:COMP-5). */
export function readSides(written: Written, { chain, latin1 = false }: SideTarget): Sides {
  const { term, field, negated } = written;
  const any = readSide(written, written.any, field, chain);
  const none = readSide(written, written.none, negated, chain);
  const remarks = joined(withEffect(any, "less"), withEffect(none, "more"));
  const failures = joined(any.failures, none.failures);
  if (any.matchers.length + none.matchers.length === 0) return { remarks, failures };
  const clause: Clause = {
    attribute: term.attribute,
    field,
    ...(any.matchers.length > 0 ? { any: any.matchers } : {}),
    ...(none.matchers.length > 0 ? { none: none.matchers } : {}),
  };
  return { clause: latin1 ? inLatin1(clause) : clause, remarks, failures };
}

/** Only a path or a server name can come with bytes that are no UTF-8 and meet an expression. */
function inLatin1(clause: Clause): Clause {
  if (clause.attribute.kind !== "path" && clause.attribute.kind !== "sni") return clause;
  const marked = (matcher: Matcher): Matcher =>
    matcher.kind === "sequence" ? { ...matcher, latin1: true } : matcher;
  return {
    ...clause,
    ...(clause.any ? { any: clause.any.map(marked) } : {}),
    ...(clause.none ? { none: clause.none.map(marked) } : {}),
  };
}

function joined<Item>(a: readonly Item[], b: readonly Item[]): readonly Item[] {
  if (b.length === 0) return a;
  return a.length === 0 ? b : [...a, ...b];
}

interface Side {
  readonly matchers: readonly Matcher[];
  readonly remarks: readonly Omit<Remark, "matches">[];
  readonly failures: readonly PlacedFailure[];
}

const nothing: Side = { matchers: [], remarks: [], failures: [] };

/** One side of a field. Places are only made where there is something to say. */
function readSide(
  { term, path }: Written,
  values: readonly string[],
  key: string,
  chain: "http" | "tcp",
): Side {
  if (values.length === 0) return nothing;
  if (term.http && chain === "tcp")
    return {
      ...nothing,
      remarks: [{ because: "http-on-tcp", path: [...path, key], what: "side" }],
    };
  if (term.malformed)
    return {
      ...nothing,
      remarks: [{ because: "malformed-key", path: [...path, key], what: "side" }],
    };
  const matchers: Matcher[] = [];
  const remarks: Omit<Remark, "matches">[] = [];
  const failures: PlacedFailure[] = term.fails
    ? [{ failure: term.fails, path: [...path, key] }]
    : [];
  for (const [of, value] of values.entries()) {
    const parsed = term.parse(value);
    const at = (): Path => [...path, key, of];
    if ("invalid" in parsed) remarks.push({ because: parsed.invalid, path: at(), what: "value" });
    else if ("fails" in parsed) failures.push({ failure: parsed.fails, path: at() });
    else {
      addAll(matchers, parsed.patterns, of);
      if (parsed.rewritten)
        remarks.push({ because: "trust-domain", path: at(), what: "rewritten" });
    }
  }
  return { matchers, remarks, failures };
}

/** A trust domain can have a great many aliases: more than a call may have arguments. */
function addAll(matchers: Matcher[], patterns: readonly Pattern[], of: number): void {
  for (const pattern of patterns) matchers.push({ ...pattern, of });
}

/** Without a value a side holds less or more often; without all of them it no longer restricts anything. */
function withEffect({ matchers, remarks }: Side, one: "less" | "more"): readonly Remark[] {
  if (remarks.length === 0) return [];
  return remarks.map((remark) => {
    if (remark.what === "rewritten") return { ...remark, matches: "same" };
    return { ...remark, matches: matchers.length === 0 ? "more" : one };
  });
}
