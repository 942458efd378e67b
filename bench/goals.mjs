// Every goal of docs/performance.md in one run, as ratios: npm run goals [-- --rounds 5] [--lines 1000000] [--only 1,2,13] [--write]
// Installs the peers into bench/node_modules and builds the project first. Prints each row once it is measured, as a table in Markdown;
// `--write` puts the table into docs/performance.md. Exit code 1: a goal is not met.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { prepare } from "./prepare.mjs";

const root = join(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    lines: { type: "string", default: "1000000" },
    only: { type: "string", default: "" },
    write: { type: "boolean", default: false },
  },
});
const [rounds, lines] = [Number(options.rounds), Number(options.lines)];
const only = options.only.split(",").filter(Boolean).map(Number);

prepare();
const { rowsOf } = await import("./rows.mjs");

const table = [];
const print = (line) => {
  table.push(line);
  console.log(line);
};
const load = () => loadavg()[0].toFixed(1);
const started = { load: load(), at: performance.now() };
print("| # | what | goal | this run | met |\n| ---: | --- | --- | --- | --- |");
let missed = 0;
const told = (text) => process.stderr.write(`${text}\n`);
for await (const { row, what, goal, found, met } of rowsOf({ rounds, lines, only, told })) {
  print(`| ${row} | ${what} | ${goal} | ${found} | ${met ? "yes" : "**no**"} |`);
  if (!met) missed += 1;
}
const minutes = ((performance.now() - started.at) / 60_000).toFixed(1);
const day = new Date().toISOString().slice(0, 10);
print(
  `\n${day}, Node ${process.version}, ${cpus().length} cores, load ${started.load} at the start and ${load()} at the end, ${rounds} rounds, ${minutes} minutes.`,
);
if (options.write) write(table.join("\n"));
process.exitCode = missed === 0 ? 0 : 1;

/** Between the markers. */
function write(text) {
  const path = join(root, "docs/performance.md");
  const [before, , after] = readFileSync(path, "utf8").split(/<!-- goals(?: end)? -->/);
  writeFileSync(path, `${before}<!-- goals -->\n${text}\n<!-- goals end -->${after}`);
}
