// Feeds the engine mutated input for a while, one process an area, two at a time; times every input and checks that the time grows
// no faster than the input. `npm run fuzz -- [--count 100000] [--seconds 60] [--seed 1] [AREA ...]`
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const all = [
  "yaml",
  "json",
  "tokens",
  "jwks",
  "targets",
  "headers",
  "cidrs",
  "principals",
  "requests",
];
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

function run(area) {
  const env = {
    ...process.env,
    FUZZ_AREA: area,
    FUZZ_COUNT: values.count,
    FUZZ_SECONDS: values.seconds,
    FUZZ_SEED: values.seed,
    FUZZ_SLOW: values.slow,
    FUZZ_REPORT: join(reports, area),
  };
  const file = area === "growth" ? "robust-growth" : "robust-fuzz";
  const vitest = join(import.meta.dirname, "../node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--project", "engine", `packages/engine/test/${file}.test.ts`];
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("exit", (code) => {
      writeFileSync(join(reports, `${area}.log`), output);
      show(area, code);
      done(code);
    });
  });
}

function show(area, code) {
  const file = readdirSync(reports).find((name) => name === area);
  if (!file) return console.log(`${area}: exit ${code}, see ${join(reports, `${area}.log`)}`);
  for (const line of readFileSync(join(reports, file), "utf8").trim().split("\n")) {
    const report = JSON.parse(line);
    if (report.text) {
      console.log(report.text);
      continue;
    }
    const { inputs, seconds, kinds, slowest, faults } = report;
    const speed = `${Math.round((seconds / inputs) * 1e6)} us each`;
    const worst = `slowest ${slowest.milliseconds.toFixed(0)} ms (${slowest.input.length} characters)`;
    console.log(
      `${area}: ${inputs} inputs, ${seconds.toFixed(0)} s, ${speed}, ${kinds} kinds of answers, ${worst}`,
    );
    for (const { message, input } of faults)
      console.log(`  fault: ${message}\n    ${JSON.stringify(input).slice(0, 300)}`);
  }
}

const wanted = positionals.length > 0 ? positionals : [...all, "growth"];
const codes = [];
const worker = async () => {
  for (let area = wanted.shift(); area !== undefined; area = wanted.shift())
    codes.push(await run(area));
};
await Promise.all([worker(), worker()]);
console.log(`full inputs and logs: ${reports}`);
process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;
