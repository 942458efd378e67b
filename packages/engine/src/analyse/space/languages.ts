import type { HttpSettings } from "../../model/program.ts";
import {
  type CharacterSet,
  characters,
  choice,
  type Expression,
  literal,
  loop,
  one,
  repeat,
  sequence,
  some,
} from "../partition/regular.ts";

const [lower, upper, digits] = [
  "abcdefghijklmnopqrstuvwxyz",
  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "0123456789",
];

function oneOf(...all: readonly string[]): CharacterSet {
  const together = all.join("");
  return characters((code) => together.includes(String.fromCharCode(code)));
}

const name = oneOf(lower, digits, "-");
const dns = oneOf(lower, digits, ".-");

/** `spiffe://DOMAIN/ns/NAMESPACE/sa/ACCOUNT`, of names that Kubernetes gives, and of these trust domains. */
export function identities(domains: readonly string[] | undefined): Expression {
  const domain = domains ? choice(...domains.map((each) => literal(each))) : some(dns);
  return sequence(
    ...[literal("spiffe://"), domain, literal("/ns/"), some(name), literal("/sa/"), some(dns)],
  );
}

/** What a Host header may hold: in HTTP/1.1 an `@`, too. An empty one, which it also may be, is like any that no policy names. */
export const hosts: Expression = some(oneOf(upper, lower, digits, "-._~%!$&'()*+,;=:[]@"));

/** A token of HTTP. */
export const methods: Expression = some(oneOf(upper, lower, digits, "!#$%&'*+.^_`|~-"));

/** A server name as clients send it, or none. */
export const serverNames: Expression = loop(oneOf(lower, digits, "._-"));

const visible = characters((code) => code > 0x20 && code < 0x7f);
const printed = characters((code) => code >= 0x20 && code < 0x7f);

/** A header's value that is not empty: no spaces at its ends. */
export const someHeaderValue: Expression = choice(
  one(visible),
  sequence(one(visible), loop(printed), one(visible)),
);

/** A header's value, perhaps an empty one. */
export const headerValues: Expression = choice(literal(""), someHeaderValue);

/** Any text without control characters. */
export const texts: Expression = loop(characters((code) => code >= 0x20 && code !== 0x7f));

/** Issuers: there is always one. */
export const someText: Expression = some(characters((code) => code >= 0x20 && code !== 0x7f));

/** What decides which paths there can be. */
export type PathSettings = Pick<
  HttpSettings,
  "normalizePath" | "mergeSlashes" | "escapedSlashes" | "dotSegmentParameters"
>;

/** What a path before its query is made of. */
export const inPath: CharacterSet = characters(
  (code) => code > 0x20 && code < 0x7f && code !== 0x3f && code !== 0x23,
);
const encoded = oneOf('"<>^`{|}\\'); // by normalisation
const canonical = characters((code) => inPath.has(code) && !encoded.has(code));
const inSegment = characters((code) => canonical.has(code) && code !== 0x2f);
const noDot = characters((code) => inSegment.has(code) && code !== 0x2e);
const noDotOrSemicolon = characters((code) => noDot.has(code) && code !== 0x3b);

/** A segment that is not navigation: neither `.` nor `..`, nor, in newer releases, those with parameters. */
function segment(parameters: boolean): Expression {
  const after = parameters ? noDot : noDotOrSemicolon;
  const free = loop(inSegment);
  return choice(
    sequence(one(noDot), free),
    sequence(literal("."), one(after), free),
    sequence(literal(".."), one(parameters ? inSegment : notSemicolon), free),
  );
}

const rawSegment = characters((code) => inPath.has(code) && code !== 0x2f);

/** What a segment of a path is made of, after this much normalisation: without it, also of what it would encode. */
export function segmentSet({ normalizePath }: PathSettings): CharacterSet {
  return normalizePath ? inSegment : rawSegment;
}

/** A segment that stays where it is, after this much normalisation. */
export function wholeSegment(settings: PathSettings): Expression {
  const { normalizePath, dotSegmentParameters } = settings;
  return normalizePath ? segment(dotSegmentParameters === "keep") : some(segmentSet(settings));
}

/** One that is taken away, with the one before it or without. */
export function dotSegment({ dotSegmentParameters }: PathSettings): Expression {
  const dots = choice(literal("."), literal(".."));
  const parameters = sequence(literal(";"), loop(inSegment));
  return dotSegmentParameters === "keep" ? dots : sequence(dots, choice(literal(""), parameters));
}

const notSemicolon = characters((code) => inSegment.has(code) && code !== 0x3b);

/**
 * Paths as filters see them, without a query, after this much normalisation. A segment like `..;x` is there, too, where it is taken for navigation: that
 * looks for slashes before backslashes become some, as in `/a\..;x`. `plain`: but for those.
 */
export function paths(settings: PathSettings, plain = false): Expression {
  if (!settings.normalizePath) return sequence(literal("/"), loop(inPath));
  const whole = segment(!plain || settings.dotSegmentParameters === "keep");
  const last = choice(literal(""), whole);
  if (settings.mergeSlashes)
    return choice(
      literal("//"),
      sequence(literal("/"), repeat(sequence(whole, literal("/"))), last),
    );
  const folder = choice(literal("/"), sequence(whole, literal("/")));
  return sequence(literal("/"), repeat(folder), last);
}

/** Escapes of what normalisation writes as it is, `%41` and `%2e`, and of the NUL that it refuses. */
export const plainEscapes: Expression = sequence(
  literal("%"),
  choice(
    ...[..."0234567"].map((high) =>
      sequence(literal(high), one(characters((low) => isPlain(high, String.fromCharCode(low))))),
    ),
  ),
);

function isPlain(high: string, low: string): boolean {
  if (!/^[0-9a-fA-F]$/.test(low)) return false;
  return /^[\w~.\0-]$/.test(String.fromCharCode(Number.parseInt(high + low, 16)));
}

const query = loop(characters((code) => code > 0x20 && code < 0x7f && code !== 0x23));

/** Paths with a query or without one. */
export function targets(settings: PathSettings, plain = false): Expression {
  return sequence(paths(settings, plain), choice(literal(""), sequence(literal("?"), query)));
}
