import type { Filter, JwtFilter, JwtProvider } from "../../model/program.ts";
import type { Text } from "../../model/rule.ts";
import { matching } from "./atoms.ts";
import { and, type Formula, never, not, or } from "./formula.ts";
import { someLooksAt } from "./looks.ts";
import { clauseFormula, type Reading } from "./reading.ts";
import { byToken, preflight, type Rewrite } from "./rewrites.ts";
import type { Setting } from "./space.ts";
import { headerAttribute } from "./target-shapes.ts";
import { noToken, type Tokens } from "./tokens.ts";

/** The headers that some providers look for tokens in, each with the prefixes. */
function tokenHeaders(providers: readonly JwtProvider[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { headers } of providers)
    for (const { name, prefix } of headers.filter(isOrdinary)) {
      const own = name.toLowerCase();
      found.set(own, (found.get(own) ?? new Set()).add(prefix));
    }
  return found;
}

/** A header that is not the host, the method or the path. */
function isOrdinary({ name }: JwtProvider["headers"][number]): boolean {
  const own = name.toLowerCase();
  return headerAttribute(own) === `header ${own}`;
}

/** What looks like a token in a header: wherever one of the prefixes stands (`jwt-authn/locations.ts`). */
function tokenTexts(prefixes: Iterable<string>): readonly Text[] {
  const any = { run: "any", min: 0 } as const;
  return [...prefixes].map((prefix) =>
    prefix === "" ? { kind: "present" } : { kind: "sequence", pieces: [any, prefix, any] },
  );
}

/** That something in a header looks like a token, as filters before left it. */
function looksLikeToken(name: string, prefixes: Iterable<string>, reading: Reading): Formula {
  const any = tokenTexts(prefixes).map((text, of) => ({ ...text, of }));
  return clauseFormula({ attribute: { kind: "header", name }, field: name, any }, reading);
}

/** What a JWT filter does to the headers that tokens are sent in, where some filter of the chain looks at them. */
export interface AtPlace {
  readonly malformed: Formula; // it finds one that is none
  readonly rewrites: readonly Rewrite[];
}

/** What has no token, but looks so, is refused. An accepted token is taken away with its header, or stays, as the rule that takes it says. */
export function atPlace(
  filter: JwtFilter,
  filters: readonly Filter[],
  reading: Reading,
  { none, by }: Pick<Tokens, "none" | "by">, // as this filter sees them
): AtPlace {
  const own = byToken(filter);
  const looked = [...tokenHeaders(filter.providers)].filter(
    ([name]) => someLooksAt(filters, name) && own.of(name) === undefined,
  );
  if (looked.length === 0) return { malformed: never, rewrites: [] };
  const found = looked.map(([name, prefixes]) => looksLikeToken(name, prefixes, reading));
  const removed = new Map(
    looked.map(([name]) => [name, and(not(preflight), isRemoved(name, reading, by))]),
  );
  return {
    malformed: and(none, not(preflight), or(...found)),
    rewrites: [{ of: (name) => gone(name, removed.get(name)) }],
  };
}

/** That a rule takes a token that stands in a header, and does not forward it. */
function isRemoved(name: string, reading: Reading, by: Tokens["by"]): Formula {
  const parts = [...by].flatMap(([provider, taken]): readonly Formula[] => {
    const prefixes = tokenHeaders([provider]).get(name);
    if (provider.forward || !prefixes) return [];
    return [and(taken, looksLikeToken(name, prefixes, reading))];
  });
  return or(...parts);
}

function gone(name: string, when: Formula | undefined): ReturnType<Rewrite["of"]> {
  return when && { attribute: `header ${name}@!`, when };
}

/** Requests with a token have it where these providers look for one, if that is one header. */
export function withPlace(setting: Setting, providers: readonly JwtProvider[]): Setting {
  return {
    ...setting,
    consistency: (attributes, spells) => {
      const before = setting.consistency(attributes, spells);
      const isLinked = attributes.includes("claim iss") && attributes.some(isHeader);
      const there = isLinked && placeAmong(attributes, providers);
      return there ? and(before, or(noToken, there)) : before;
    },
  };
}

function isHeader(attribute: string): boolean {
  return attribute.startsWith("header ");
}

/** That there is what looks like a token where all of these providers look, if that is one header and among some attributes. */
function placeAmong(
  attributes: readonly string[],
  providers: readonly JwtProvider[],
): Formula | undefined {
  const isElsewhere = providers.some(
    ({ headers, params, cookies }) =>
      params.length + cookies.length > 0 || !headers.every(isOrdinary),
  );
  const [only, ...more] = isElsewhere ? [] : tokenHeaders(providers);
  if (!only || more.length > 0) return undefined;
  const [name, prefixes] = only;
  if (!attributes.includes(`header ${name}`)) return undefined;
  return or(...tokenTexts(prefixes).map((text) => matching(`header ${name}`, name, text)));
}
