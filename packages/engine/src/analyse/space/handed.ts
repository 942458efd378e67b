import type { ExtAuthzFilter, Filter } from "../../model/program.ts";
import {
  always,
  and,
  type Formula,
  type Looked,
  never,
  not,
  or,
  substitute,
  visit,
} from "./formula.ts";
import { byProvider, changeOf, type Handed, type Rewrite } from "./rewrites.ts";

/** Where an authorizer may set a header that tokens are looked for in behind it. */
export function handedBy(
  filter: ExtAuthzFilter,
  asked: Formula,
  filters: readonly Filter[],
): readonly Handed[] {
  const { provider } = filter;
  const places = filters.flatMap((each) => (each.kind === "jwt" ? each.providers : []));
  const names = places.flatMap(({ headers, cookies }) => [
    ...headers.map(({ name }) => name.toLowerCase()),
    ...(cookies.length > 0 ? ["cookie"] : []),
  ]);
  const rewrite = byProvider(filter, asked);
  const name = names.find((each) => rewrite.of(each) !== undefined);
  if (name === undefined) return [];
  return [{ provider, when: and(asked, { kind: "free", name: changeOf(provider, name) }) }];
}

/** A claim, where the token is sent, or a header that is written of it. */
function isOfToken(attribute: string): boolean {
  if (attribute.startsWith("claim ") || attribute === "token place") return true;
  return attribute.startsWith("header ") && attribute.startsWith("@ ", attribute.indexOf("@"));
}

/** A look at what a token says, or at what was written of it, as one at the token that was handed on, if one was: the last one counts. */
export function seenToken(formula: Formula, rewrites: readonly Rewrite[]): Formula {
  const handed = tokensHanded(rewrites);
  if (handed.length === 0 || !isAboutTokens(formula)) return formula;
  return handed.reduce<Formula>(
    (before, { provider, when }) =>
      or(
        and(
          when,
          substitute(formula, (looked) => renamed(looked, provider)),
        ),
        and(not(when), before),
      ),
    formula,
  );
}

/** A look at what a token says where some tokens are not seen. */
export function unlessMissed(formula: Formula, missed: Formula): Formula {
  if (missed === never || !isAboutTokens(formula)) return formula;
  const without = substitute(formula, (looked) => {
    if (!isOfToken(looked.attribute)) return looked;
    return looked.kind === "absent" ? always : never;
  });
  return or(and(missed, without), and(not(missed), formula));
}

/** The tokens that filters before may have handed on. */
export function tokensHanded(rewrites: readonly Rewrite[]): readonly Handed[] {
  return rewrites.flatMap((each) => each.handed ?? []);
}

function isAboutTokens(formula: Formula): boolean {
  let found = false;
  visit([formula], (part) => {
    if ((part.kind === "atom" || part.kind === "absent") && isOfToken(part.attribute)) found = true;
  });
  return found;
}

function renamed(looked: Looked, provider: string): Formula {
  if (!isOfToken(looked.attribute)) return looked;
  return { ...looked, attribute: `${looked.attribute} (from ${provider})` };
}

/** An attribute of a token that an authorizer handed on: as it is called of the request's own, and whose it is. */
export function handedOn(
  attribute: string,
): { readonly attribute: string; readonly provider: string } | undefined {
  if (!attribute.endsWith(")")) return undefined;
  const [, bare, provider] =
    /^((?:claim |token place|header [^@]+@ ).*) \(from ([^()]*)\)$/.exec(attribute) ?? [];
  return bare === undefined || provider === undefined ? undefined : { attribute: bare, provider };
}
