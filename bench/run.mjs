import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median } from "./work/measure.mjs";

/** Node 20's optimiser can crash on calls into WebAssembly that it inlines. */
const flags = ["--expose-gc", "--max-old-space-size=6000", "--no-turbo-inline-js-wasm-calls"];

/** One measurement in a process of its own. Undefined: it failed, or took too long. */
export function measured(args, { env = {}, seconds = 300 } = {}) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, join(import.meta.dirname, "child.mjs"), ...args],
    {
      encoding: "utf8",
      timeout: seconds * 1000,
      env: { ...process.env, ...env },
      maxBuffer: 2 ** 26,
    },
  );
  const line = stdout?.split("\n").findLast((each) => each.startsWith("{"));
  if (line !== undefined) return JSON.parse(line);
  const why = stderr?.split("\n").find((each) => /error/i.test(each)) ?? "too long";
  process.stderr.write(`  ${args.join(" ")}: ${why}\n`);
  return undefined;
}

/** Several measurements, round by round in another order: medians of each number, under the name of each. */
export function interleaved(cases, rounds, told) {
  const names = Object.keys(cases);
  const results = Object.fromEntries(names.map((name) => [name, []]));
  const given = new Set();
  for (let round = 0; round < rounds; round += 1)
    for (const index of names.keys()) {
      const name = names[(index + round) % names.length];
      const { args, rounds: own = rounds, ...options } = cases[name];
      if (round >= own || given.has(name)) continue;
      told(`round ${round + 1} of ${rounds}: ${name}`);
      const result = measured(args, options);
      if (result) results[name].push(result);
      else given.add(name); // once is enough
    }
  return Object.fromEntries(
    names.filter((name) => results[name].length > 0).map((name) => [name, medians(results[name])]),
  );
}

function medians(all) {
  return Object.fromEntries(
    Object.keys(all[0]).map((key) => [
      key,
      key === "wrong"
        ? Math.max(...all.map((one) => one[key]))
        : median(all.map((one) => one[key])),
    ]),
  );
}
