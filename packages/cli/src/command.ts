import type { Args, Flags, Misuse } from "./flags.ts";
import type { ExitCode, Io } from "./io.ts";

/** One command of `authz`: a value, run with what it may touch. */
export interface Command {
  readonly summary: string; // what it answers, in one line
  readonly usage: readonly string[];
  readonly about?: string; // more of its help
  readonly flags: Flags;
  readonly flagsOnly?: true; // words that belong to no flag mean nothing to it
  readonly run: (args: Args, io: Io) => Promise<ExitCode | Misuse>;
}

/** Whether a parser came back with what is wrong with the command line. */
export function isMisuse(value: unknown): value is Misuse {
  return typeof value === "object" && value !== null && "misuse" in value;
}
