import { spawnSync } from "node:child_process";
import { Readable } from "node:stream";
import { inFolder } from "./checks.mjs";

/** The exit codes of a question that was answered. */
const answered = [0, 1, 3];

/**
 * Starts a program of ours that runs the command several times with `runInTurn`, from a folder with the files that are asked about: to start
 * a process for each would take most of the time.
 */
export async function startInTurn(program, runs, env = process.env) {
  const files = Object.assign({}, ...runs.map((run) => run.files));
  const input = JSON.stringify(runs.map(({ args, input }) => ({ args, input })));
  const run = (cwd) => spawnSync(process.execPath, program, { cwd, input, env });
  const { status, stderr } = await inFolder(run, files);
  if (status !== 0) throw new Error(`the command does not run: ${stderr}`);
}

/** Runs the command as often as stdin says, each time as if it were the only one in this process. */
export async function runInTurn(start) {
  const { stdin, exit } = process;
  const runs = JSON.parse(Buffer.concat(await stdin.toArray()).toString());
  process.exit = () => {};
  for (const { args, input = "" } of runs) {
    process.argv.splice(2, Number.POSITIVE_INFINITY, ...args);
    const value = Readable.from([Buffer.from(input)]);
    Object.defineProperty(process, "stdin", { value, configurable: true });
    await start();
    if (!answered.includes(process.exitCode)) throw new Error(args.join(" "));
  }
  process.exitCode = 0;
  process.exit = exit;
}
