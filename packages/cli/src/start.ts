import { nodeIo } from "./node-io.ts";
import { run } from "./run.ts";

/** Runs the program in this process; the exit code is set when it ends. */
export async function start(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), nodeIo);
}
