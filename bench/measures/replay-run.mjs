// A stage of a replay that tells its peak of memory when it ends: replay-run.mjs parse LOG | replay LOG ...
import { openSync, statSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";

const cli = join(import.meta.dirname, "../../packages/cli/dist");
const [command, log] = process.argv.slice(2);
if (isMainThread)
  process.on("exit", () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`));

if (command === "parse") {
  const { eachLine } = await import(join(cli, "replay/lines.js"));
  let named = 0;
  eachLine(
    openSync(log, "r"),
    { from: 0, to: statSync(log).size },
    {
      line: (line) => {
        if (JSON.parse(line)) named += 1;
      },
    },
  );
  if (named === 0) throw new Error("no line was read");
} else await import(join(cli, "../bin/authz.cjs"));
