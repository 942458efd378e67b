import { spawn } from "node:child_process";

/** Runs a program to its end; one that fails throws what it printed. */
export function run(program, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const { NODE_OPTIONS: _, CI: _ci, ...own } = process.env;
    const child = spawn(program, args, {
      cwd,
      env: { ...own, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (part) => (out += part));
    child.stderr.on("data", (part) => (err += part));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve({ out, err });
      else reject(new Error(`${program} ${args.join(" ")}: exit code ${code}\n${out}${err}`));
    });
  });
}
