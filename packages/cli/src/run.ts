import { didYouMean } from "@meshproof/engine";
import { type Command, isMisuse } from "./command.ts";
import { commands, loadCommands } from "./commands.ts";
import { withDefaults } from "./defaults.ts";
import { type Args, type Misuse, parseFlags } from "./flags.ts";
import { commandHelp, overview } from "./help.ts";
import type { ExitCode, Io } from "./io.ts";
import { nodeComplaint } from "./needed-node.ts";
import { tellVariables } from "./variables.ts";

/** The whole program: arguments in, exit code out. What goes wrong in us is told apart from what is wrong with the input. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    const unreadable = ioFailure(error);
    const misuse = unreadable ?? nodeComplaint(process.versions.node);
    if (misuse !== undefined) return refuse({ misuse }, io);
    io.err(`authz: a bug of ours, please report it: ${errorText(error)}\n`);
    return 4;
  }
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === undefined || name === "--help" || name === "-h") {
    io.out(overview(await loadCommands()));
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") return dispatch(["version"], io);
  const [topic] = rest;
  if (name === "help" && rest.length === 0) return dispatch(["--help"], io);
  if (name === "help" && topic !== undefined && Object.hasOwn(commands, topic))
    return dispatch([topic, "--help"], io);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    const hint = didYouMean(name, Object.keys(commands));
    return refuse({ misuse: `unknown command \`${name}\``, hint: hint ?? "authz --help" }, io);
  }
  const command = await load();
  if (rest.includes("--help") || rest.includes("-h")) {
    io.out(commandHelp(name, command));
    return 0;
  }
  return runCommand(name, command, rest, io);
}

async function runCommand(
  name: string,
  command: Command,
  rest: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const given = parseFlags(rest, command.flags);
  const { flags } = command;
  tellVariables(name, flags, io);
  const names = Object.keys(commands);
  const args = isMisuse(given) ? given : await withDefaults(given, { name, flags, names }, io);
  const result = isMisuse(args) ? args : await runWith(args, command, io);
  if (!isMisuse(result)) return result;
  return refuse({ ...result, hint: result.hint ?? `authz ${name} --help` }, io);
}

async function runWith(
  args: Args,
  { flagsOnly, run }: Command,
  io: Io,
): Promise<ExitCode | Misuse> {
  const [word] = flagsOnly ? args.positionals : [];
  return word === undefined
    ? run(args, io)
    : { misuse: `what is \`${word}\`? only flags are read` };
}

function refuse({ misuse, hint }: Misuse, io: Io): ExitCode {
  io.err(`authz: ${misuse}\n${hint === undefined ? "" : `  = ${hint}\n`}`);
  return 2;
}

/** What the operating system said: nobody's bug. */
function ioFailure(error: unknown): string | undefined {
  const told = error instanceof Error && "syscall" in error && "code" in error;
  if (!told) return undefined;
  const complaint = complaints[String(error.code)];
  return "path" in error && complaint !== undefined
    ? `\`${String(error.path)}\`: ${complaint}`
    : error.message;
}

const complaints: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "this file may not be read or written",
  EPERM: "this file may not be read or written",
  EISDIR: "this is a folder, not a file",
  ENOTDIR: "a part of this path is a file, not a folder",
  ELOOP: "these links lead in a circle",
  ENAMETOOLONG: "this name is too long",
  EILSEQ: "this is no text in UTF-8",
  ENOSPC: "the disk is full",
};

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
