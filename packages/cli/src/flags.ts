import { didYouMean } from "@meshproof/engine";
import { type FlagToken, tokensOf } from "./tokens-of.ts";

/** One flag of a command. With `value` it takes one. */
export interface Flag {
  readonly help: string;
  readonly value?: string; // what to call it: FILE
  readonly short?: string;
  readonly multiple?: true;
  readonly oneOf?: readonly string[];
  readonly fault?: (value: string) => Misuse | undefined; // what is wrong with a value
}
export type Flags = Readonly<Record<string, Flag>>;

/** A command line that was understood. */
export interface Args {
  readonly positionals: readonly string[];
  /** The value of a flag, the first one of several. */
  readonly one: (name: string) => string | undefined;
  readonly many: (name: string) => readonly string[];
  readonly on: (name: string) => boolean;
}

/** Why a command line cannot be used. */
export interface Misuse {
  readonly misuse: string;
  readonly hint?: string | undefined;
}

/** Reads a command line: what it does not know is an error, and so is a flag given twice that counts once. */
export function parseFlags(args: readonly string[], flags: Flags): Args | Misuse {
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokensOf(args, flags)) {
    if ("word" in token) {
      positionals.push(token.word);
      continue;
    }
    const given = values.get(token.name) ?? [];
    const wrong = misuse(token, flags, given.length);
    if (wrong !== undefined) return wrong;
    values.set(token.name, [...given, token.value ?? ""]);
  }
  return {
    positionals,
    one: (name) => values.get(name)?.[0],
    many: (name) => values.get(name) ?? [],
    on: (name) => values.has(name),
  };
}

function misuse(token: FlagToken, flags: Flags, given: number): Misuse | undefined {
  const { name, rawName, value } = token;
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (flag === undefined) {
    const names = Object.keys(flags).map((each) => `--${each}`);
    return { misuse: `unknown flag \`${rawName}\``, hint: didYouMean(rawName, names) };
  }
  if (flag.value === undefined && value !== undefined)
    return { misuse: `\`${rawName}\` takes no value` };
  if (flag.value !== undefined && (value === undefined || isFlag(value, flags)))
    return { misuse: `\`${rawName}\` needs a value`, hint: `${rawName} ${flag.value}` };
  if (given > 0 && flag.multiple !== true && flag.value !== undefined)
    return { misuse: `\`${rawName}\` is given twice` };
  if (flag.oneOf !== undefined && !flag.oneOf.includes(value ?? ""))
    return {
      misuse: `\`${rawName} ${value}\`: not one of ${flag.oneOf.join(", ")}`,
      hint: didYouMean(value ?? "", flag.oneOf),
    };
  const fault = flag.fault?.(value ?? "");
  return fault && { ...fault, misuse: `\`${rawName} ${value}\`: ${fault.misuse}` };
}

/** `-f --to X`: a flag is nobody's value. */
function isFlag(text: string, flags: Flags): boolean {
  return text.startsWith("--") && Object.hasOwn(flags, text.slice(2));
}

/** `NAME=VALUE` of a repeatable flag. */
export function pairOf(
  text: string,
  flag?: string,
): readonly [name: string, value: string] | undefined {
  const word = flag === "keys" ? /=(?:trusted|unavailable)$/.exec(text) : null; // an issuer may hold a `=`
  const at = word?.index ?? text.indexOf("=");
  return at <= 0 ? undefined : [text.slice(0, at), text.slice(at + 1)];
}

/** The flags of a command as its help shows them. */
export function flagsHelp(flags: Flags): string {
  const lines = Object.entries(flags).map(
    ([name, flag]) => [flagNames(name, flag), flag.help] as const,
  );
  const widths = lines.map(([left]) => left.length);
  const width = Math.max(...widths.filter((each) => each <= widest));
  return lines.map(([left, help]) => `  ${atWidth(left, width)}  ${help}\n`).join("");
}

const widest = 45;

/** What is too long has its help on the next line. */
function atWidth(left: string, width: number): string {
  return left.length > width ? `${left}\n${" ".repeat(width + 2)}` : left.padEnd(width);
}

function flagNames(name: string, { short, value, oneOf }: Flag): string {
  const taken = oneOf === undefined ? value : oneOf.join("|");
  const long = `--${name}${taken === undefined ? "" : ` ${taken}`}`;
  return short === undefined ? `    ${long}` : `-${short}, ${long}`;
}
