import { spawnSync } from "node:child_process";
import { checks, inFolder } from "./checks.mjs";
import { files, questions } from "./questions.mjs";

/** Runs the command, so that what V8 makes of it for what it is asked most is kept beside it. */
export function warm(program) {
  inFolder((cwd) => {
    const env = { ...process.env, AUTHZ_WARM: "1" };
    const run = (args, input = "") => {
      const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd,
        input,
        env,
      });
      if (status === null || status === 2 || status > 3)
        throw new Error(`the bundle does not run: ${args.join(" ")}: ${stderr}`);
    };
    run(["--help"]); // loads every command
    for (const { args, input } of checks) run(args, input);
    for (const args of questions) run(args);
  }, files);
}
