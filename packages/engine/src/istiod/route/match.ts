import { utf8Bytes } from "../../match/bytes.ts";
import type { QueryMatch, Route } from "../../model/program.ts";
import type { Attribute, Clause, Text } from "../../model/rule.ts";
import { booleanOf, fieldsOf, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";

type Conditions = Pick<Route, "when" | "parameters">;

/**
 * One match of a route as clauses over the request (ctx:3.8). `segments`: a prefix ends where a segment ends, as in the Gateway API.
 * Follows istio/istio:pilot/pkg/networking/core/route/route.go TranslateRouteMatch.
 */
export function matchConditions(match: Fields, segments: boolean): Conditions {
  const fold = booleanOf(match["ignoreUriCase"]) === true;
  const uri = match["uri"] === undefined ? [] : uriClause(fieldsOf(match["uri"]), segments, fold);
  const parameters = Object.entries(fieldsOf(match["queryParams"])).map(
    ([name, value]): QueryMatch => {
      const text = textFrom(fieldsOf(value), utf8Bytes);
      return { name: utf8Bytes(name), ...(text ? { value: text } : {}) };
    },
  );
  return {
    when: [
      ...uri,
      ...pseudoHeaders.flatMap(([field, name]) => {
        const text = match[field] === undefined ? undefined : fieldsOf(match[field]);
        return text === undefined ? [] : [clauseOf({ kind: "header", name }, field, text, "any")];
      }),
      ...headerClauses(match, "headers", "any"),
      ...headerClauses(match, "withoutHeaders", "none"),
    ],
    ...(parameters.length === 0 ? {} : { parameters }),
  };
}

const pseudoHeaders = [
  ["method", ":method"],
  ["authority", ":authority"],
  ["scheme", ":scheme"],
] as const;

/** Whether a route takes everything: nothing but a path that starts with a slash is asked for. */
export function takesAll({ when, parameters = [] }: Conditions): boolean {
  return parameters.length === 0 && when.every(isAnyPath);
}

function isAnyPath({ attribute, any = [] }: Clause): boolean {
  const [first] = any;
  return (
    attribute.kind === "path" &&
    ((first?.kind === "prefix" && first.text === "/") ||
      (first?.kind === "re2" && first.source === ".*"))
  );
}

function uriClause(uri: Fields, segments: boolean, fold: boolean): readonly Clause[] {
  const folded = fold ? { fold: true as const } : {};
  const prefix = textOf(uri["prefix"]);
  const exact = textOf(uri["exact"]);
  const clause = (texts: readonly Text[]): readonly Clause[] => [
    { attribute: { kind: "path" }, field: "uri", any: texts.map((text) => ({ ...text, of: 0 })) },
  ];
  if (exact !== undefined) return clause([{ kind: "exact", text: utf8Bytes(exact), ...folded }]);
  if (prefix === undefined) {
    const regex = textOf(uri["regex"]);
    return regex === undefined ? [] : clause([{ kind: "re2", source: utf8Bytes(regex) }]);
  }
  const text = utf8Bytes(segments && prefix !== "/" ? prefix.replace(/\/$/, "") : prefix);
  return segments && prefix !== "/"
    ? clause([
        { kind: "exact", text, ...folded },
        { kind: "prefix", text: `${text}/`, ...folded },
      ])
    : clause([{ kind: "prefix", text, ...folded }]);
}

function headerClauses(match: Fields, field: string, side: "any" | "none"): readonly Clause[] {
  return Object.entries(fieldsOf(match[field])).map(([name, value]) => {
    const path = claimPath(name);
    const attribute: Attribute =
      path === undefined ? { kind: "header", name: name.toLowerCase() } : { kind: "claim", path };
    return clauseOf(attribute, field, fieldsOf(value), side);
  });
}

/** Nothing stated, or the regular expression `*`, asks for presence. */
function clauseOf(
  attribute: Attribute,
  field: string,
  value: Fields,
  side: "any" | "none",
): Clause {
  const spell = attribute.kind === "claim" ? (text: string): string => text : utf8Bytes;
  const text: Text = textFrom(value, spell) ?? { kind: "present" };
  return { attribute, field, [side]: [{ ...text, of: 0 }] };
}

/** What a text of a rule has to look like, in bytes. Undefined: anything. */
export function textMatch(value: Fields): Text | undefined {
  return textFrom(value, utf8Bytes);
}

function textFrom(value: Fields, spell: (text: string) => string): Text | undefined {
  const exact = textOf(value["exact"]);
  if (exact !== undefined) return { kind: "exact", text: spell(exact) };
  const prefix = textOf(value["prefix"]);
  if (prefix !== undefined) return { kind: "prefix", text: spell(prefix) };
  const regex = textOf(value["regex"]);
  return regex === undefined || regex === "*" ? undefined : { kind: "re2", source: spell(regex) };
}

/** A header that is none: a claim of the token. `istio/istio:pkg/jwt/routing.go`, ToRoutingClaim (ctx:3.7) */
function claimPath(name: string): readonly string[] | undefined {
  const [, rest] = /^@request\.auth\.claims(.+)$/i.exec(name) ?? [];
  if (rest === undefined || rest.length < 2) return undefined;
  if (rest.startsWith(".")) return rest.slice(1).split(".");
  return rest.startsWith("[") && rest.endsWith("]") && rest.length > 2
    ? rest.slice(1, -1).split("][")
    : undefined;
}
