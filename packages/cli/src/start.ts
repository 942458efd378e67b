import { isAllWritten, nodeIo } from "./node-io.ts";
import { run } from "./run.ts";

/**
 * Runs the program in this process; the exit code is set when it ends. Where all was written at once, the process ends at once too: to wait
 * for nothing, and to give its memory back piece by piece, takes longer.
 */
export async function start(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), nodeIo);
  if (isAllWritten()) process.exit();
}
