import { nodeIo, outliveReaders } from "./node-io.ts";
import { run } from "./run.ts";

outliveReaders(process.stdout, process.stderr);
process.exitCode = await run(process.argv.slice(2), nodeIo);
