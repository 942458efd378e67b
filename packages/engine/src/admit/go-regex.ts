import { isError, parseRe2 } from "../match/re2-parse.ts";
import { categories, scripts } from "../match/re2-property.ts";

/** What Go finds wrong with a regular expression, which is what istiod's webhook asks; Envoy's RE2 has other names of classes, and a limit of size. */
export function goRegexError(text: string): string | undefined {
  const parsed = parseRe2(text.replace(named, asRe2));
  return isError(parsed) ? parsed.error : undefined;
}

/** A class by its name, or text that holds none. */
const named = /\\Q[\s\S]*?(?:\\E|$)|\\[pP](?:\{([^}]*)\}|([\s\S]))|\\[\s\S]/gu;

function asRe2(whole: string, braced: string | undefined, letter: string | undefined): string {
  const name = braced ?? letter;
  if (name === undefined) return whole;
  return isName(name.replace(/^\^/, "")) ? "\\pL" : "\\p{}";
}

/** In either case and with whatever separators, which Go takes away of what is asked and not of its scripts: `Old_Italic` is none. go:src/regexp/syntax/parse.go, unicodeTable (Go 1.25) */
function isName(name: string): boolean {
  return names.has(name.replace(/[ _-]/g, "").toLowerCase());
}

const aliases = `
  Any Ascii Assigned Cn LC Cased_Letter Close_Punctuation Combining_Mark Connector_Punctuation Control Currency_Symbol Dash_Punctuation
  Decimal_Number Enclosing_Mark Final_Punctuation Format Initial_Punctuation Letter Letter_Number Line_Separator Lowercase_Letter Mark Math_Symbol
  Modifier_Letter Modifier_Symbol Nonspacing_Mark Number Open_Punctuation Other Other_Letter Other_Number Other_Punctuation Other_Symbol
  Paragraph_Separator Private_Use Punctuation Separator Space_Separator Spacing_Mark Surrogate Symbol Titlecase_Letter Unassigned Uppercase_Letter
  cntrl digit punct C
`;

const names: ReadonlySet<string> = new Set(
  [
    ...aliases.trim().split(/\s+/),
    ...categories,
    ...[...scripts].filter((script) => /^[A-Z][a-z]+$/.test(script)),
  ].map((name) => name.replaceAll("_", "").toLowerCase()),
);
