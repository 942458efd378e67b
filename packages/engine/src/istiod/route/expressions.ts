import { utf8Bytes } from "../../match/bytes.ts";
import { re2Error } from "../../match/re2.ts";
import type { Alphabet } from "../../match/sequence.ts";
import type { FilterChain, Refusal, Route } from "../../model/program.ts";
import type { Clause, Pattern } from "../../model/rule.ts";

/** Why Envoy does not take routes: an expression that its RE2 does not compile, though istiod may have. */
export function expressionRefusal(chains: readonly FilterChain[]): Refusal | undefined {
  for (const { routes = [], http } of chains) {
    const alphabet = http?.latin1 ? "latin1" : "bytes";
    for (const route of routes.flatMap((host) => host.routes)) {
      const cause = brokenIn(route, alphabet);
      if (cause !== undefined) return { effect: "update-refused", cause, at: route.at };
    }
  }
  return undefined;
}

function brokenIn(route: Route, alphabet: Alphabet): string | undefined {
  for (const source of sourcesOf(route)) {
    const error = re2Error(source, alphabet);
    if (error !== undefined) return `Envoy does not take a regular expression of a route: ${error}`;
  }
  return undefined;
}

/** The expressions of a route, in bytes. */
function sourcesOf({ when, parameters = [], cors, action }: Route): readonly string[] {
  const rewritten = action.kind === "forward" ? action.rewrite?.pattern?.match : undefined;
  return [
    ...when.flatMap(ofClause),
    ...parameters.flatMap(({ value }) => (value === undefined ? [] : ofPattern(value))),
    ...(cors?.origins ?? []).flatMap(ofPattern),
    ...(rewritten === undefined ? [] : [rewritten]),
  ];
}

/** Claims are written in characters. */
function ofClause({ attribute, any = [], none = [] }: Clause): readonly string[] {
  const sources = [...any, ...none].flatMap(ofPattern);
  return attribute.kind === "claim" ? sources.map(utf8Bytes) : sources;
}

function ofPattern(pattern: Pattern): readonly string[] {
  return pattern.kind === "re2" ? [pattern.source] : [];
}
