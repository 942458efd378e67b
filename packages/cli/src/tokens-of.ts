import type { Flags } from "./flags.ts";

/** A part of a command line: a flag as it was written, or else a word. */
export type Token = FlagToken | { readonly word: string };

/** A flag: `name` as commands know it, `rawName` as it was written. */
export interface FlagToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

/**
 * A command line in parts, as `parseArgs` of node reads it (`strict: false`), which takes longer to load than a check of one request takes:
 * `--to X`, `--to=X`, `-f X`, `-fX`, `-qv`, and after `--` nothing but words. Flags that nobody knows take no value.
 */
export function tokensOf(args: readonly string[], flags: Flags): readonly Token[] {
  const tokens: Token[] = [];
  const rest = args.toReversed();
  for (let arg = rest.pop(); arg !== undefined; arg = rest.pop()) {
    if (arg === "--") return [...tokens, ...rest.toReversed().map((word) => ({ word }))];
    if (arg.startsWith("--") && arg.length > 2) tokens.push(longFlag(arg, rest, flags));
    else if (!arg.startsWith("-") || arg === "-") tokens.push({ word: arg });
    else if (isGroup(arg, flags)) rest.push(...lettersOf(arg, flags).toReversed());
    else tokens.push(shortFlag(arg, rest, flags));
  }
  return tokens;
}

function longFlag(arg: string, rest: string[], flags: Flags): FlagToken {
  const equals = arg.includes("=", 3) ? arg.indexOf("=") : -1;
  const rawName = equals < 0 ? arg : arg.slice(0, equals);
  const name = rawName.slice(2);
  if (equals >= 0) return { name, rawName, value: arg.slice(equals + 1) };
  return { name, rawName, value: takesValue(name, flags) ? rest.pop() : undefined };
}

/** `-qv` is `-q -v`. */
function isGroup(arg: string, flags: Flags): boolean {
  return arg.length > 2 && !takesValue(longName(arg.charAt(1), flags), flags);
}

/** Up to the first letter that takes a value, which is what follows it. */
function lettersOf(group: string, flags: Flags): readonly string[] {
  const letters = group.slice(1).split("");
  const last = letters.findIndex((letter) => takesValue(longName(letter, flags), flags));
  if (last < 0) return letters.map((letter) => `-${letter}`);
  return [...letters.slice(0, last), letters.slice(last).join("")].map((each) => `-${each}`);
}

function shortFlag(arg: string, rest: string[], flags: Flags): FlagToken {
  const name = longName(arg.charAt(1), flags);
  const glued = arg.length > 2 ? arg.slice(2) : undefined;
  const value = glued ?? (takesValue(name, flags) ? rest.pop() : undefined);
  return { name, rawName: arg.slice(0, 2), value };
}

function longName(letter: string, flags: Flags): string {
  return Object.keys(flags).find((name) => flags[name]?.short === letter) ?? letter;
}

function takesValue(name: string, flags: Flags): boolean {
  return Object.hasOwn(flags, name) && flags[name]?.value !== undefined;
}
