import { matches } from "../../match/matches.ts";
import type { PeerSource } from "../../model/program.ts";
import type { Attribute, Clause, Matcher, Rule, Text } from "../../model/rule.ts";
import type { Shape } from "../partition/domain.ts";
import { atom } from "./atoms.ts";
import { byValue } from "./by-value.ts";
import { ruleKey } from "./chain-key.ts";
import { claimWritten } from "./claim-headers.ts";
import { allOf, always, and, type Formula, never, not, oneOf, or } from "./formula.ts";
import { peerShape } from "./peer-shapes.ts";
import type { Rewrite } from "./rewrites.ts";
import { blockShape, eitherShape, portShape, textShape } from "./shapes.ts";
import { targetField } from "./shown.ts";
import { headerAttribute, targetShape } from "./target-shapes.ts";

/** How a filter reads requests, as far as that differs between filters. */
export interface Reading {
  readonly peer: PeerSource;
  readonly peers: boolean; // somebody looked at the client's certificate
  readonly serverNames: boolean; // and at the server name
  readonly http: boolean; // bytes have no path, no headers, no token
  readonly claims: boolean; // a JWT filter came before
  readonly queries: boolean; // some filter looks at paths with their query
  readonly sources: boolean; // the address of the peer is known
  readonly remote: "source.ip" | "remote.ip"; // where the address of the client is read
  readonly rewrites: readonly Rewrite[]; // what filters before may have done to headers
  readonly missed?: Formula; // tokens that the JWT filter did not see
  readonly named?: Formula; // where a connection can have a server name; absent: everywhere
}

interface Known {
  readonly headers: boolean; // some clause is about a header, which a filter before may have written
  readonly formulas: Map<string, Formula>; // by how the rule is read
}

const rules = new Map<number, Known>();
const mostRules = 50_000;

/** The same object for rules that ask for the same. */
function knownOf(rule: Rule): Known {
  const key = ruleKey(rule);
  const before = rules.get(key);
  if (before) return before;
  const made = { headers: isAboutHeaders(rule), formulas: new Map<string, Formula>() };
  if (rules.size >= mostRules) rules.clear();
  rules.set(key, made);
  return made;
}

/** A rule as a formula, the same one each time and for equal rules: an AND of groups, a group an OR of alternatives, an alternative an AND of clauses. */
export function ruleFormula(rule: Rule, reading: Reading): Formula {
  const known = knownOf(rule);
  if ((known.headers && reading.rewrites.length > 0) || reading.named)
    return buildRule(rule, reading);
  const key = readingKey(reading);
  const formula = known.formulas.get(key) ?? buildRule(rule, reading);
  known.formulas.set(key, formula);
  return formula;
}

const keys = new WeakMap<Reading, string>();

/** Everything that a reading without rewrites differs in. */
function readingKey(reading: Reading): string {
  const before = keys.get(reading);
  if (before !== undefined) return before;
  const { peer, peers, serverNames, http, claims, queries, sources, remote } = reading;
  const key = [peer, peers, serverNames, http, claims, queries, sources, remote].join();
  keys.set(reading, key);
  return key;
}

function isAboutHeaders({ groups }: Rule): boolean {
  return groups.some(({ any }) =>
    any.some(({ all }) => all.some(({ attribute }) => attribute.kind === "header")),
  );
}

function buildRule(rule: Rule, reading: Reading): Formula {
  const groups = rule.groups.map(({ any }) =>
    oneOf(any.map(({ all }) => allOf(all.map((clause) => clauseFormula(clause, reading))))),
  );
  return allOf(groups);
}

/** Some value matches `any`, and none matches `none`. */
export function clauseFormula(clause: Clause, reading: Reading): Formula {
  const { attribute, field, any, none } = clause;
  const sides: Formula[] = [];
  const side = (matchers: readonly Matcher[]): Formula =>
    oneOf(
      [...byValue(matchers).values()].map((same) => valueFormula(attribute, field, same, reading)),
    );
  if (any) sides.push(side(any));
  if (none) sides.push(not(side(none)));
  return sides.length === 0 ? always : and(...sides);
}

function valueFormula(
  attribute: Attribute,
  field: string,
  matchers: readonly Matcher[],
  reading: Reading,
): Formula {
  const [first] = matchers;
  if (!first) return never;
  switch (attribute.kind) {
    case "peer":
    case "peer.namespace":
    case "peer.account": {
      if (!reading.peers || reading.peer === "none") return never;
      const of = field === "values" ? "peer" : field;
      return atom("peer", peerShape(attribute.kind, of, matchers.filter(isText), reading.peer));
    }
    case "source.ip":
      return reading.sources ? inBlocks("source.ip", matchers) : never;
    case "remote.ip":
      return inBlocks(reading.remote, matchers);
    case "destination.ip":
      return inBlocks("destination.ip", matchers);
    case "destination.port":
      return first.kind === "port" ? atom("destination.port", portShape(first.port)) : never;
    case "sni":
      return serverNameFormula(eitherShape(field, matchers.filter(isText)), matchers, reading);
    default:
      return reading.http
        ? oneOf(matchers.map((each) => httpFormula(attribute, field, each, reading)))
        : never;
  }
}

function inBlocks(attribute: string, matchers: readonly Matcher[]): Formula {
  const blocks = matchers.flatMap((each) => (each.kind === "cidr" ? [blockShape(each)] : []));
  return oneOf(blocks.map((block) => atom(attribute, block)));
}

/** A server name that nobody looked at is empty, as is one where there can be none. */
function serverNameFormula(
  shape: Shape,
  matchers: readonly Matcher[],
  { serverNames, named = always }: Reading,
): Formula {
  const empty = matchers.some((matcher) => matches(matcher, "")) ? always : never;
  if (!serverNames) return empty;
  const name = atom("sni", shape);
  return named === always ? name : or(and(named, name), and(not(named), empty));
}

function httpFormula(
  attribute: Attribute,
  field: string,
  matcher: Matcher,
  reading: Reading,
): Formula {
  switch (attribute.kind) {
    case "request.principal":
      return reading.claims ? principalFormula(field, matcher) : never;
    case "claim":
      return reading.claims && isText(matcher)
        ? atom(claimAttribute(attribute.path), textShape(field, matcher))
        : never;
    case "header":
      return isText(matcher) ? headerFormula(attribute.name, field, matcher, reading) : never;
    case "path":
      return isText(matcher) ? atom("path", targetShape(field, matcher, reading.queries)) : never;
    case "host":
    case "method":
      return isText(matcher) ? atom(attribute.kind, textShape(field, matcher)) : never;
    default:
      return never; // metadata of other filters is never there
  }
}

function headerFormula(name: string, field: string, text: Text, reading: Reading): Formula {
  const attribute = headerAttribute(name);
  const shape = textShape(attribute === "path" ? targetField : field, text);
  if (!attribute.startsWith("header ")) return atom(attribute, shape);
  return reading.rewrites.reduce(
    (before, rewrite) => {
      const written = rewrite.of(name);
      if (!written) return before;
      const after = written.attribute.startsWith("claim ")
        ? claimWritten(written.attribute, field, [text])
        : atom(written.attribute, shape);
      if (written.when === always) return after;
      return or(and(written.when, after), and(not(written.when), before));
    },
    atom(attribute, shape),
  );
}

function principalFormula(field: string, matcher: Matcher): Formula {
  if (matcher.kind !== "principal") return never;
  return and(
    atom("claim iss", textShape(field, matcher.issuer)),
    atom("claim sub", textShape(field, matcher.subject)),
  );
}

/** The attribute of a claim: `claim groups`, `claim realm_access.roles`. */
function claimAttribute(path: readonly string[]): string {
  return `claim ${path.map((key) => key.replaceAll(".", "\\.")).join(".")}`;
}

function isText(matcher: Matcher): matcher is Matcher & Text {
  return ["exact", "prefix", "suffix", "present", "sequence", "re2"].includes(matcher.kind);
}
