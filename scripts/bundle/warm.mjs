import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { checks, inFolder } from "./checks.mjs";
import { files, questions } from "./questions.mjs";

/**
 * Runs the command, so that what V8 makes of it for what it is asked most is kept beside it. Each command keeps its own, so that several are
 * run side by side, and what is asked of one in turn.
 */
export async function warm(program) {
  const runs = [{ args: ["--help"] }, ...checks, ...questions.map((args) => ({ args }))]; // help loads every command
  const commands = [...new Set(runs.map(commandOf))];
  const waiting = commands.map((command) => runs.filter((run) => commandOf(run) === command));
  const work = async (cwd) => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      for (const run of next) await runWarm(program, run, cwd);
  };
  const inParallel = (cwd) =>
    Promise.all(Array.from({ length: availableParallelism() }, () => work(cwd)));
  await inFolder(inParallel, files);
}

function commandOf({ args: [command] }) {
  return command;
}

async function runWarm(program, { args, input = "" }, cwd) {
  const env = { ...process.env, AUTHZ_WARM: "1" };
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env,
    stdio: ["pipe", "ignore", "pipe"],
  });
  child.stdin.end(input);
  const said = child.stderr.toArray();
  const [status] = await once(child, "close");
  if (![0, 1, 3].includes(status))
    throw new Error(`the bundle does not run: ${args.join(" ")}: ${Buffer.concat(await said)}`);
}
