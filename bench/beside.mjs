/* Rows of what is measured elsewhere in the project: the webhook beside a bare server, the analysis of many rules. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flags } from "../packages/engine/bench/analysis/rows.mjs";
import { row } from "./row.mjs";
import { median } from "./work/measure.mjs";

const root = join(import.meta.dirname, "..");

function run(script, args, seconds, told = []) {
  const start = performance.now();
  const { stdout } = spawnSync(process.execPath, [...told, join(root, script), ...args], {
    encoding: "utf8",
    timeout: seconds * 1000,
  });
  return { stdout: stdout ?? "", ms: performance.now() - start };
}

/** The admission webhook: row 15. Ratios stand below the lines of 1, 16 and 64 connections. */
export function serving({ told }) {
  told("the webhook under load");
  const { stdout } = run("scripts/webhook/load.mjs", [], 180);
  const found = [...stdout.matchAll(/ratio\s+rate (\S+)\s+p50 \S+\s+p99 (\S+)/g)];
  const [, wrong] = /(\d+) wrong answers/.exec(stdout) ?? [];
  const [, at16, at64] = found.map(([, rate, p99]) => ({ rate: Number(rate), p99: Number(p99) }));
  return [
    row(15, "webhook, guard `valid`, beside a bare HTTPS server", [
      { of: "requests/s at 16", value: at16?.rate ?? Number.NaN, least: 0.75 },
      { of: "at 64", value: at64?.rate ?? Number.NaN, least: 0.75 },
      { of: "p99 at 16", value: at16?.p99 ?? Number.NaN, most: 1.5 },
      { of: "at 64", value: at64?.p99 ?? Number.NaN, most: 1.5 },
      {
        of: "wrong",
        value: Number(wrong),
        most: 0,
        unit: "answers",
      },
    ]),
  ];
}

/**
 * Seconds that a question about many rules takes, and of its whole process; medians. V8 is told what `authz` tells it, or `told`. `ready`: a mesh that was loaded, or one of which what istiod
 * tells the proxies is ready.
 */
function asked(question, count, rounds, { ready = "loaded", told = flags } = {}) {
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const args = [question, String(count), ready];
    const { stdout, ms } = run("packages/engine/bench/analysis/measures.mjs", args, 60, told);
    const line = stdout.split("\n").findLast((each) => each.startsWith("{"));
    if (line === undefined) return { own: Number.NaN, whole: Number.NaN };
    results.push({ own: JSON.parse(line).ms / 1000, whole: ms / 1000 });
  }
  const of = (name) => median(results.map((one) => one[name]));
  return { own: of("own"), whole: of("whole") };
}

/** Seconds of `authz matrix`, with the start of node, reading the file and writing the answer; the median. */
async function commanded(count, rounds) {
  const { matrixFile } = await import("../packages/engine/bench/analysis/measures.mjs");
  const folder = mkdtempSync(join(tmpdir(), "matrix-"));
  const mesh = join(folder, "mesh.json");
  writeFileSync(mesh, matrixFile(count));
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const args = [join(root, "packages/cli/bin/authz.cjs"), "matrix", "-f", mesh];
    const { status } = spawnSync(process.execPath, args, { stdio: "ignore", timeout: 60_000 });
    times.push(status === 0 ? (performance.now() - start) / 1000 : Number.NaN);
  }
  rmSync(folder, { recursive: true });
  return median(times);
}

/** The analysis: rows 16 to 20. */
export async function analysing({ rounds, told }) {
  const few = Math.min(rounds, 3);
  const goal = (of, question, count, most, times = few) => {
    told(`${question} ${count}`);
    return { of, value: asked(question, count, times).own, most, unit: "s" };
  };
  /** The goals were measured with sets of rules that were translated before the clock ran; a user waits for that, too. */
  const both = (of, question, count, most, times = few) => {
    told(`${question} ${count}, translated`);
    const ready = asked(question, count, times, { ready: "translated" }).own;
    return [
      { of: `${of}, translated`, value: ready, most, unit: "s" },
      { of: "from the loaded mesh", value: asked(question, count, times).own, unit: "s" },
    ];
  };
  const whole = async () => {
    told("matrix 40");
    return [
      { of: "`authz matrix`", value: await commanded(40, few), most: 1, unit: "s" },
      {
        of: "a program with the library",
        value: asked("matrix", 40, few, { told: [] }).whole,
        unit: "s",
      },
    ];
  };
  return [
    row(16, "prove one property", [
      ...both("1,000 rules", "prove", 1000, 0.25),
      ...both("10,000", "prove", 10_000, 2, 1),
      ...both("mesh of 500 x 20", "mesh-prove", 500, 5, 1),
      ...both("again, one policy changed", "mesh-again", 500, 0.3),
    ]),
    row(17, "diff, one rule changed", [
      ...both("1,000 rules", "diff", 1000, 0.25),
      ...both("10,000", "diff", 10_000, 1, 1),
      ...both("mesh of 500 x 20", "mesh-diff", 500, 3, 1),
    ]),
    row(18, "all redundant and dead rules", [
      goal("1,000 rules", "lint", 1000, 1),
      goal("10,000", "lint", 10_000, 10, 1),
      goal("mesh of 500 x 20", "mesh-lint", 500, 5, 1),
    ]),
    row(19, "hard input: 100 headers, 426 rules", [
      goal("proof", "hard-prove", 100, 0.2),
      goal("all rules", "hard", 100, 10, 1),
    ]),
    row(20, "who reaches whom, 40 workloads, 200 policies, with the start of node", await whole()),
  ];
}
