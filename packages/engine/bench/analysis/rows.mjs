// The goals of the analysis, a line of JSON each: node packages/engine/bench/analysis/rows.mjs [--rounds 3] [--only 16,20]
// Each measurement is a process of its own; medians of the rounds. `cold` counts the process from its start. Rows 16 and 17 come twice: with
// what istiod tells the proxies translated before, as the goals were measured, and from the loaded mesh, for which a user waits.
// V8 is told what `packages/cli/bin/authz.cjs` tells it; BENCH_FLAGS: something else, or nothing.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The same question of what is translated, which is compared with the goal, and of a mesh that was only loaded. */
function both(row, what, args, most) {
  const loaded = { row, what: `${what}, from the loaded mesh`, args };
  return [{ row, what: `${what}, translated`, args: [...args, "translated"], most }, loaded];
}

/** Which row, what is asked and how large, and the goal in milliseconds. */
export const goals = [
  ...both(16, "prove, 1,000 rules", ["prove", 1000], 250),
  ...both(16, "prove, 10,000 rules", ["prove", 10_000], 2000),
  ...both(16, "prove, 500 workloads of 20 rules", ["mesh-prove", 500], 5000),
  ...both(16, "the same again, one policy changed", ["mesh-again", 500], 300),
  ...both(17, "diff, 1,000 rules", ["diff", 1000], 250),
  ...both(17, "diff, 10,000 rules", ["diff", 10_000], 1000),
  ...both(17, "diff, 500 workloads of 20 rules", ["mesh-diff", 500], 3000),
  { row: 18, what: "lint, 1,000 rules", args: ["lint", 1000], most: 1000 },
  { row: 18, what: "lint, 10,000 rules", args: ["lint", 10_000], most: 10_000 },
  { row: 18, what: "lint, 500 workloads of 20 rules", args: ["mesh-lint", 500], most: 5000 },
  { row: 19, what: "random rules about 100 headers", args: ["hard-prove", 100], most: 200 },
  { row: 20, what: "all pairs of 40 workloads", args: ["matrix", 40], most: 1000, cold: true },
];

const script = join(import.meta.dirname, "measures.mjs");
/** What `authz` tells V8. */
const ofAuthz =
  "--interrupt-budget-factor-for-feedback-allocation=32 --interrupt-budget=1000000 --semi-space-growth-factor=16";
const standard = process.version.startsWith("v20.") ? ofAuthz : "";
export const flags = (process.env.BENCH_FLAGS ?? standard).split(" ").filter(Boolean);

function measured({ args, cold }) {
  const start = performance.now();
  const { stdout, status } = spawnSync(
    process.execPath,
    [...flags, "--expose-gc", script, ...args.map(String)],
    {
      encoding: "utf8",
    },
  );
  const ms = performance.now() - start;
  if (status !== 0) return undefined;
  const result = JSON.parse(stdout);
  return cold ? { ...result, ms } : result;
}

const medianOf = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];

/** What a goal comes to in some rounds: time and processor time in milliseconds, and the same of what is measured beside it. */
export function row(goal, rounds) {
  const all = Array.from({ length: rounds }, () => measured(goal)).filter((each) => each);
  if (all.length === 0) return { ...goal, failed: true };
  const median = (key) => medianOf(all.map((each) => each[key]));
  const { beside } = all[0];
  return {
    ...goal,
    ms: median("ms"),
    cpu: median("cpu"),
    ...(beside === undefined ? {} : { beside: median("beside"), besideCpu: median("besideCpu") }),
  };
}

if (process.argv[1] === import.meta.filename) {
  const option = (name, standard) => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? standard : process.argv[at + 1];
  };
  const only = option("only", "").split(",").filter(Boolean).map(Number);
  for (const goal of goals)
    if (only.length === 0 || only.includes(goal.row))
      console.log(JSON.stringify(row(goal, Number(option("rounds", 3)))));
}
