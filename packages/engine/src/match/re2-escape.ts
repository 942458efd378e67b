import { propertyOf } from "./re2-property.ts";
import { type CharacterSet, perlClass } from "./re2-set.ts";

/** What an escape stands for, and where it ends. */
export type Escape =
  | { readonly code: number; readonly end: number }
  | { readonly set: CharacterSet; readonly end: number }
  | { readonly error: string };

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** The escape whose backslash stands at `at`, as RE2 reads it outside of a class and in one. `most`: the highest character that there is. Follows google/re2:re2/parse.cc. */
export function readEscape(text: string, at: number, most: number): Escape {
  const rest = text.slice(at, at + longest);
  const character = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  if (rest.length < 2) return { error: "trailing \\" };
  const set = perlClass(character);
  if (set) return { set, end: at + 2 };
  if (/[pP]/.test(character)) return unicodeClass(rest, at);
  const numbered = numberOf(rest);
  if (numbered && numbered.code > most) return invalid(rest.slice(0, numbered.length));
  if (numbered) return { code: numbered.code, end: at + numbered.length };
  const control = controls[character];
  if (control !== undefined) return { code: control, end: at + 2 };
  if (!/[\0-\x7f]/.test(character) || /[0-9A-Za-z]/.test(character))
    return invalid(`\\${character}`);
  return { code: character.codePointAt(0) ?? 0, end: at + 1 + character.length };
}

const longest = 64; // no escape is longer

const number = /^\\(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|(0[0-7]{0,2}|[1-7][0-7]{1,2}))/;

/** Of digits in base eight the first alone would be a reference to a group, which RE2 has not, unless it is 0. */
function numberOf(rest: string): { readonly code: number; readonly length: number } | undefined {
  const [whole = "", two, braced, octal] = number.exec(rest) ?? [];
  const hex = two ?? braced;
  const code = hex === undefined ? Number.parseInt(octal ?? "", 8) : Number.parseInt(hex, 16);
  return whole === "" ? undefined : { code, length: whole.length };
}

function invalid(text: string): Escape {
  return { error: `invalid escape sequence: ${text}` };
}

/** `\pL`, `\p{Greek}`, `\P{^Lu}`: a general category, or a script. */
function unicodeClass(rest: string, at: number): Escape {
  const [whole, letter, single, not, name] =
    /^\\([pP])(?:([A-Z])|\{(\^?)([A-Za-z_]+)\})/.exec(rest) ?? [];
  const property = propertyOf(single ?? name ?? "");
  if (whole === undefined) return { error: "invalid character class range" };
  if (property === undefined) return { error: `invalid character class range: ${whole}` };
  const negated = (letter === "P") !== (not === "^");
  return {
    set: { negated, ranges: [], groups: [{ holds: property, negated: false }] },
    end: at + whole.length,
  };
}
