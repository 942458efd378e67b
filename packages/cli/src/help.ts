import type { Command } from "./command.ts";
import { flagsHelp } from "./flags.ts";

/** What the program can do, one line a command. */
export function overview(commands: Readonly<Record<string, Command>>): string {
  const names = Object.keys(commands);
  const width = Math.max(...names.map((name) => name.length));
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}\n`,
  );
  return `authz: would this request be allowed by this Istio mesh, and why?\n\n${lines.join("")}
authz COMMAND --help says more. Exit codes: 0 answered; 1 an expectation failed; 2 unusable input or
command line; 3 undetermined where it mattered; 4 a bug of ours.
`;
}

/** The help of one command, from the same tables that its command line is read with. */
export function commandHelp(name: string, { summary, usage, about, flags }: Command): string {
  const lines = usage.map((line) => `  authz ${name} ${line}\n`).join("");
  const more = about === undefined ? "" : `\n${about}\n`;
  const options = Object.keys(flags).length === 0 ? "" : `\n${flagsHelp(flags)}`;
  return `${summary}\n\n${lines}${more}${options}`;
}
