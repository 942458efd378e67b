// Feeds the engine mutated input for a while: one process an area, two at a time, every input timed. Then checks properties on many
// random inputs, and that the time grows no faster than the input.
// `npm run fuzz -- [--count 100000] [--seconds 90] [--seed 1] [--slow 100] [AREA ...]`
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const mutated = [
  "yaml",
  "json",
  "principals",
  "tokens",
  "jwks",
  "targets",
  "headers",
  "cidrs",
  "requests",
];
const files = {
  growth: ["robust-growth"],
  properties: ["robust-print", "robust-properties", "robust-differential"],
};
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "100000" },
    seconds: { type: "string", default: "90" },
    seed: { type: "string", default: "1" },
    slow: { type: "string", default: "100" },
  },
});
const reports = mkdtempSync(join(tmpdir(), "meshproof-fuzz-"));
const vitest = join(import.meta.dirname, "../node_modules/vitest/vitest.mjs");

/** Runs the tests of one area in a process of its own. */
function run(area) {
  const env = {
    ...process.env,
    FUZZ_AREA: area,
    FUZZ_COUNT: values.count,
    FUZZ_RUNS: String(Math.ceil(Number(values.count) / 10)),
    FUZZ_SECONDS: values.seconds,
    FUZZ_SEED: values.seed,
    FUZZ_SLOW: values.slow,
    FUZZ_REPORT: join(reports, area),
  };
  const tests = (files[area] ?? ["robust-fuzz"]).map(
    (name) => `packages/engine/test/${name}.test.ts`,
  );
  const args = [vitest, "run", "--project", "engine", "--no-file-parallelism", ...tests];
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => {
        output += data;
      });
    child.on("exit", (code) => {
      writeFileSync(join(reports, `${area}.log`), output);
      show(area, code);
      done(code);
    });
  });
}

function show(area, code) {
  const file = join(reports, area);
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  const said = lines.map((line) => JSON.parse(line));
  if (area === "growth") showGrowth(said);
  else for (const report of said) showArea(area, report);
  if (code !== 0 || said.length === 0)
    console.log(`${area}: ${code === 0 ? "holds" : `failed, see ${file}.log`}`);
}

function showArea(area, { inputs, seconds, kinds, slowest, faults }) {
  const speed = `${Math.round((seconds / inputs) * 1e6)} us each`;
  const worst = `slowest ${slowest.milliseconds.toFixed(0)} ms (${slowest.input.length} characters)`;
  console.log(
    `${area}: ${inputs} inputs, ${seconds.toFixed(0)} s, ${speed}, ${kinds} kinds of answers, ${worst}, ${faults.length} faults`,
  );
  for (const { message, input } of faults)
    console.log(`  ${message}\n    ${JSON.stringify(input).slice(0, 300)}`);
}

function showGrowth(said) {
  const [steepest] = said.toSorted((a, b) => b.factor - a.factor);
  const too = said.filter(({ steep }) => steep);
  console.log(`growth: ${said.length} kinds of input, ${too.length} too steep`);
  for (const { text } of too.length > 0 ? too : [steepest ?? { text: "nothing measured" }])
    console.log(`  ${text}`);
}

const wanted = positionals.length > 0 ? positionals : [...mutated, ...Object.keys(files)];
const codes = [];
const worker = async () => {
  for (let area = wanted.shift(); area !== undefined; area = wanted.shift())
    codes.push(await run(area));
};
await Promise.all([worker(), worker()]);
console.log(`inputs at fault and logs: ${reports}`);
process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;
