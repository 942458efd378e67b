import { promises, readFileSync, statSync } from "node:fs";
import { nodeDisk, stdinName, textOf } from "@meshproof/testkit/files";
import { changed } from "./changed.ts";
import type { Io } from "./io.ts";
import { outputTo, terminalOf } from "./streams.ts";

const [stdout, stderr] = [() => process.stdout, () => process.stderr];
const [out, err] = [outputTo(1, stdout), outputTo(2, stderr, { isAnswer: false })];
const [screen, messages] = [terminalOf(1, stdout), terminalOf(2, stderr)];

/** The process and its files. */
export const nodeIo: Io = {
  out: out.write,
  err: err.write,
  read: async (path) => textOf(readFileSync(path), path), // at once: nothing else is waiting
  list,
  stdin: readStdin,
  chunks: () => process.stdin,
  drained: out.drained,
  write: (path, text) => promises.writeFile(path, text),
  git: async (args, input) => (await import("./git.ts")).git(args, input),
  now: Date.now,
  clock: () => performance.now(),
  terminal: messages !== undefined,
  changed,
  env: (name) => process.env[name],
  variables: () => Object.keys(process.env),
  ci: !["", "0", "false"].includes(process.env["CI"] ?? ""),
  ...(screen === undefined ? {} : { columns: screen.columns }),
  colour: screen !== undefined && !process.env["NO_COLOR"],
};

/** Whether nothing of what was written to stdout or stderr may still be on its way. */
export function isAllWritten(): boolean {
  return out.isGone() && err.isGone();
}

/** Most paths lead to one file, or to none. */
async function list(path: string): Promise<readonly string[] | undefined> {
  const found = kindOf(path);
  return found === "folder" ? nodeDisk.list(path) : found && [path];
}

function kindOf(path: string): "file" | "folder" | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && (found.isDirectory() ? "folder" : "file");
  } catch {
    return undefined; // what may not be looked at is not there
  }
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  const text = textOf(Buffer.concat(chunks), stdinName);
  if (text.trim() !== "") return text;
  const told = { code: "ENODATA", syscall: "read", path: stdinName };
  throw Object.assign(new Error("nothing came on stdin: did what writes to it fail?"), told);
}
