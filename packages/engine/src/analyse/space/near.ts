import { matchesText } from "../../match/matches.ts";
import type { PeerSource } from "../../model/program.ts";
import type { Alternative, Clause, Matcher, Rule, Text } from "../../model/rule.ts";
import type { Shape } from "../partition/domain.ts";
import type { Formula } from "./formula.ts";
import { type Box, boxOf, mayMeet, takes } from "./slice.ts";

/** Which rules matter where some formulas hold. Left out is only what no request of these formulas matches. */
export interface Near {
  readonly among: (rules: readonly Rule[], peer: PeerSource) => readonly Rule[]; // at a glance: most never become a formula
  readonly formula: (formula: Formula) => boolean;
}

/** What matters in some scopes. `queries`: paths are looked at with their query. Asked about the same rule again, it remembers. */
export function nearTo(scopes: readonly Formula[], queries: boolean): Near {
  const boxes = scopes.map(boxOf);
  const glances = new Map<PeerSource, Map<Rule, boolean>>();
  const looks = new Map<Formula, boolean>();
  return {
    among: (rules, peer) => {
      if (boxes.length === 0) return [];
      const known = glances.get(peer) ?? new Map<Rule, boolean>();
      glances.set(peer, known);
      const glance = { peer, queries };
      return rules.filter((rule) => {
        const before = known.get(rule);
        if (before !== undefined) return before;
        const may = boxes.some((box) => mayHold(rule, box, glance));
        known.set(rule, may);
        return may;
      });
    },
    formula: (formula) => {
      const may = looks.get(formula) ?? scopes.some((scope) => mayMeet(formula, scope));
      looks.set(formula, may);
      return may;
    },
  };
}

interface Glance {
  readonly peer: PeerSource;
  readonly queries: boolean;
}

/** A rule holds nowhere in a box if of some group no alternative does. */
function mayHold({ groups }: Rule, box: Box, glance: Glance): boolean {
  for (const { any } of groups) if (!someMay(any, box, glance)) return false;
  return true;
}

function someMay(any: readonly Alternative[], box: Box, glance: Glance): boolean {
  for (const { all } of any) if (allMay(all, box, glance)) return true;
  return false;
}

function allMay(all: readonly Clause[], box: Box, glance: Glance): boolean {
  for (const clause of all) if (!clauseMay(clause, box, glance)) return false;
  return true;
}

/** Of each list of a box one shape must match, so some value of the clause must be able to go with one of them. */
function clauseMay({ attribute, any }: Clause, box: Box, glance: Glance): boolean {
  if (!any) return true;
  switch (attribute.kind) {
    case "path":
      return glance.queries || anyMay(any, box.get("path"), isTextWith);
    case "host":
    case "method":
      return anyMay(any, box.get(attribute.kind), isTextWith);
    case "peer":
      return glance.peer === "spiffe" || anyMay(any, box.get("peer"), isTextWith);
    case "destination.port":
      return anyMay(any, box.get("destination.port"), isPortWith);
    case "source.ip":
    case "destination.ip":
      return anyMay(any, box.get(attribute.kind), isBlockWith);
    case "request.principal":
      return (
        anyMay(any, box.get("claim iss"), isIssuerWith) &&
        anyMay(any, box.get("claim sub"), isSubjectWith)
      );
    default:
      return true; // of lists a box knows nothing; the rest is read in several ways
  }
}

type Lists = readonly (readonly Shape[])[];
type GoesWith = (matcher: Matcher, shape: Shape) => boolean;

function anyMay(
  matchers: readonly Matcher[],
  lists: Lists | undefined,
  goesWith: GoesWith,
): boolean {
  if (!lists) return true;
  for (const matcher of matchers) if (allListsMay(matcher, lists, goesWith)) return true;
  return false;
}

function allListsMay(matcher: Matcher, lists: Lists, goesWith: GoesWith): boolean {
  for (const list of lists) {
    let may = false;
    for (const shape of list) may ||= goesWith(matcher, shape);
    if (!may) return false;
  }
  return true;
}

function isPortWith(matcher: Matcher, { port }: Shape): boolean {
  return matcher.kind !== "port" || port === undefined || matcher.port === port;
}

function isBlockWith(matcher: Matcher, { block }: Shape): boolean {
  if (matcher.kind !== "cidr" || !block) return true;
  const { family, low, high } = matcher;
  return family === block.family && low <= block.high && block.low <= high;
}

function isIssuerWith(matcher: Matcher, shape: Shape): boolean {
  return matcher.kind !== "principal" || isPatternWith(matcher.issuer, shape);
}

function isSubjectWith(matcher: Matcher, shape: Shape): boolean {
  return matcher.kind !== "principal" || isPatternWith(matcher.subject, shape);
}

function isTextWith(matcher: Matcher, shape: Shape): boolean {
  switch (matcher.kind) {
    case "cidr":
    case "port":
    case "principal":
    case "list":
      return true;
    default:
      return isPatternWith(matcher, shape);
  }
}

const ascii = /^[ -~]*$/;

/** Whether a value may match both: as `mayMeet`, but of a pattern no shape is made. */
function isPatternWith(text: Text, shape: Shape): boolean {
  if (text.kind === "re2") return true;
  const fold = "fold" in text;
  const { exact } = shape;
  if (exact !== undefined)
    return fold || shape.fold === true || !ascii.test(exact) || matchesText(text, exact);
  if (text.kind === "exact") return takes(shape, text.text, fold);
  const head = fold ? "" : headOf(text);
  if (!(head.startsWith(shape.head) || shape.head.startsWith(head))) return false;
  if (text.kind !== "suffix" || shape.suffix === undefined || fold || shape.fold) return true;
  return text.text.endsWith(shape.suffix) || shape.suffix.endsWith(text.text);
}

/** What every value of a pattern begins with. */
function headOf(text: Text): string {
  if (text.kind === "prefix") return text.text;
  const [first] = text.kind === "sequence" ? text.pieces : [];
  return typeof first === "string" ? first : "";
}
