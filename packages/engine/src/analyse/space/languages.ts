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
const trustDomain = oneOf(upper, lower, digits, "._-"); // istiod takes capitals, SPIFFE an underscore

const [two, three, four, more] = [
  byte(0xc2, 0xdf),
  byte(0xe0, 0xef),
  byte(0xf0, 0xf4),
  byte(0x80, 0xbf),
];

function byte(low: number, high: number): CharacterSet {
  return characters((code) => code >= low && code <= high);
}

/** A character of UTF-8 as its bytes: beyond ASCII any. */
function character(ascii: CharacterSet): Expression {
  return choice(
    one(ascii),
    sequence(one(two), one(more)),
    sequence(one(three), one(more), one(more)),
    sequence(one(four), one(more), one(more), one(more)),
  );
}

/** `spiffe://DOMAIN/ns/NAMESPACE/sa/ACCOUNT`, of names that Kubernetes gives, and of these trust domains. */
export function identities(domains: readonly string[] | undefined): Expression {
  const domain = domains ? choice(...domains.map((each) => literal(each))) : some(trustDomain);
  return sequence(
    ...[literal("spiffe://"), domain, literal("/ns/"), some(name), literal("/sa/"), some(dns)],
  );
}

/** What a Host header may hold: in HTTP/1.1 an `@`, too. An empty one, which it also may be, is like any that no policy names. */
export const hosts: Expression = some(oneOf(upper, lower, digits, "-._~%!$&'()*+,;=:[]@"));

/** A token of HTTP. */
export const methods: Expression = some(oneOf(upper, lower, digits, "!#$%&'*+.^_`|~-"));

/** A server name, or none: proxies take whatever a client sends, in lower case. */
export const serverNames: Expression = repeat(
  character(characters((code) => code < 0x80 && !upper.includes(String.fromCharCode(code)))),
);

const visible = character(characters((code) => code > 0x20 && code < 0x7f));
const printed = character(characters((code) => (code >= 0x20 && code < 0x7f) || code === 0x09));

/** A header's value that is not empty. HTTP/2 takes blanks at its ends, too. */
export const someHeaderValue: Expression = sequence(printed, repeat(printed));

/** A header's value, perhaps an empty one. */
export const headerValues: Expression = repeat(printed);

/** One that is not empty as HTTP/1.1 has it, for whoever is further on: no blanks at its ends. */
export const someTrimmedValue: Expression = choice(
  visible,
  sequence(visible, repeat(printed), visible),
);

/** The same, perhaps an empty one. */
export const trimmedValues: Expression = choice(literal(""), someTrimmedValue);

/** What a claim may be: anything. */
export const texts: Expression = loop(characters(() => true));

/** Issuers, and names in certificates: there is always one, without control characters. */
export const names: Expression = some(characters((code) => code >= 0x20 && code !== 0x7f));

/** What decides which paths there can be. */
export type PathSettings = Pick<
  HttpSettings,
  "normalizePath" | "mergeSlashes" | "escapedSlashes" | "dotSegmentParameters"
>;

const inTarget = characters((code) => code > 0x20 && code < 0x7f && code !== 0x23);
const plain = characters((code) => inTarget.has(code) && code !== 0x3f);

/** What a path before its query is made of: beyond ASCII of bytes, which HTTP/2 takes. */
export const inPath: CharacterSet = characters((code) => plain.has(code) || code >= 0x80);
const encoded = oneOf('"<>^`{|}\\'); // by normalisation
const canonical = characters((code) => plain.has(code) && !encoded.has(code));
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

/** Which paths are left out. */
export interface Narrowed {
  readonly plainDots?: true; // those with a segment like `..;x`
  readonly sentOn?: true; // those that HTTP/1.1 does not send
}

/**
 * Paths as filters see them, without a query, after this much normalisation. A segment like `..;x` is there, too, where it is taken for navigation: that
 * looks for slashes before backslashes become some, as in `/a\..;x`.
 */
export function paths(settings: PathSettings, { plainDots, sentOn }: Narrowed = {}): Expression {
  if (!settings.normalizePath) return sequence(literal("/"), sent(plain, sentOn));
  const whole = segment(!plainDots || settings.dotSegmentParameters === "keep");
  const last = choice(literal(""), whole);
  if (settings.mergeSlashes)
    return choice(
      literal("//"),
      sequence(literal("/"), repeat(sequence(whole, literal("/"))), last),
    );
  const folder = choice(literal("/"), sequence(whole, literal("/")));
  return sequence(literal("/"), repeat(folder), last);
}

/** A part of a path that nobody writes anew. Beyond ASCII HTTP/2 alone takes it. */
function sent(ascii: CharacterSet, sentOn: true | undefined): Expression {
  return sentOn ? loop(ascii) : repeat(character(ascii));
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

/** Paths with a query or without one. */
export function targets(settings: PathSettings, narrowed: Narrowed = {}): Expression {
  const query = sequence(literal("?"), sent(inTarget, narrowed.sentOn));
  return sequence(paths(settings, narrowed), choice(literal(""), query));
}
