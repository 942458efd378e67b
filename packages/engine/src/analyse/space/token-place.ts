import { attributesOf } from "../../envoy/candidates.ts";
import type { Filter, JwtFilter, JwtProvider } from "../../model/program.ts";
import type { Text } from "../../model/rule.ts";
import { and, type Formula, never, not, or } from "./formula.ts";
import { matching, type Reading } from "./reading.ts";
import { byToken, preflight, type Rewrite } from "./rewrites.ts";
import type { Setting } from "./space.ts";
import { headerAttribute } from "./target-shapes.ts";
import { noToken } from "./tokens.ts";

/** Where some providers look for tokens, if they look in the same places. */
interface Places {
  readonly headers: JwtProvider["headers"];
  readonly others: boolean; // parameters or cookies
}

function placesOf(providers: readonly JwtProvider[]): Places | undefined {
  const [first, ...more] = new Map(
    providers.map((each) => [JSON.stringify([each.headers, each.params, each.cookies]), each]),
  ).values();
  if (first === undefined || more.length > 0) return undefined;
  const { headers, params, cookies } = first;
  const known = headers.map(({ name, prefix }) => ({ name: name.toLowerCase(), prefix }));
  const isOrdinary = known.every(({ name }) => headerAttribute(name) === `header ${name}`);
  return isOrdinary ? { headers: known, others: params.length + cookies.length > 0 } : undefined;
}

/** That a token is found in a header: wherever one of the prefixes stands (`jwt-authn/locations.ts`). */
function looksLikeToken(header: string, prefixes: readonly string[]): Formula {
  const any = { run: "any", min: 0 } as const;
  const texts = prefixes.map(
    (prefix): Text =>
      prefix === "" ? { kind: "present" } : { kind: "sequence", pieces: [any, prefix, any] },
  );
  return or(...texts.map((text) => matching(`header ${header}`, header, text)));
}

/** The headers that tokens are looked for in, each with what looks like one. */
function tokenHeaders({ headers }: Places): ReadonlyMap<string, Formula> {
  const names = [...new Set(headers.map(({ name }) => name))];
  return new Map(
    names.map((name) => {
      const own = headers.filter((each) => each.name === name);
      return [
        name,
        looksLikeToken(
          name,
          own.map(({ prefix }) => prefix),
        ),
      ] as const;
    }),
  );
}

/** What a JWT filter does to the headers that tokens are sent in, where some filter of the chain looks at them. */
export interface AtPlace {
  readonly malformed: Formula; // it finds one that is none
  readonly rewrites: readonly Rewrite[];
}

const untouched: AtPlace = { malformed: never, rewrites: [] };

/** What has no token, but looks so, is refused. An accepted token is taken away with its header, or stays, as its rules say. */
export function atPlace(
  filter: JwtFilter,
  filters: readonly Filter[],
  { rewrites }: Reading,
): AtPlace {
  const places = placesOf(filter.providers);
  if (!places) return untouched;
  const isWritten = (name: string): boolean =>
    [...rewrites, byToken(filter)].some((each) => each.of(name) !== undefined);
  const looked = new Map(
    [...tokenHeaders(places)].filter(([name]) => headersIn(filters).has(name) && !isWritten(name)),
  );
  if (looked.size === 0) return untouched;
  const isStripped = filter.providers.every(({ forward }) => !forward);
  return {
    malformed: and(noToken, not(preflight), or(...looked.values())),
    rewrites: isStripped ? [{ of: (name) => gone(name, looked.get(name)) }] : [],
  };
}

const known = new WeakMap<readonly Filter[], ReadonlySet<string>>();

/** The headers that some filter looks at. */
function headersIn(filters: readonly Filter[]): ReadonlySet<string> {
  const before = known.get(filters);
  if (before) return before;
  const found = attributesOf(filters).flatMap((each) => (each.kind === "header" ? each.name : []));
  const made = new Set(found);
  known.set(filters, made);
  return made;
}

function gone(name: string, when: Formula | undefined): ReturnType<Rewrite["of"]> {
  return when && { attribute: `header ${name}@!`, when: and(when, not(preflight)) };
}

/** Requests with a token have it where these providers look for one, if that is one header. */
export function withPlace(setting: Setting, providers: readonly JwtProvider[]): Setting {
  const places = placesOf(providers);
  const [only, ...more] = places ? tokenHeaders(places) : [];
  if (!only || places?.others || more.length > 0) return setting;
  const [name, there] = only;
  const linked = ["claim iss", `header ${name}`];
  return {
    ...setting,
    consistency: (attributes) => {
      const before = setting.consistency(attributes);
      if (!linked.every((each) => attributes.includes(each))) return before;
      return and(before, or(noToken, there));
    },
  };
}
