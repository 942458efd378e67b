import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textOf } from "../product.mjs";
import { median } from "../work/measure.mjs";
import { workload } from "../work/workloads.mjs";

const runner = join(import.meta.dirname, "replay-run.mjs");

/** `authz replay` of a log against reading the same log and `JSON.parse` of each line; whole processes, in milliseconds and MiB. */
export function replayed(lines, rounds) {
  const folder = mkdtempSync(join(tmpdir(), "replayed-"));
  const at = (name) => join(folder, name);
  const { policies, requests } = workload("W4:10");
  writeFileSync(at("mesh.json"), textOf(policies));
  writeLog(at("log"), requests, lines);
  writeLog(at("short"), requests, lines / 5);
  const authz = (log, threads) => [
    "replay",
    at(log),
    "-f",
    at("mesh.json"),
    "--threads",
    threads,
    "-o",
    "json",
  ];
  const cases = {
    parse: ["parse", at("log")],
    one: authz("log", "1"),
    two: authz("log", "2"),
    short: authz("short", "1"),
  };
  const times = { parse: [], one: [], two: [], short: [] };
  const peaks = { ...times, parse: [], one: [], two: [], short: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const [name, args] of Object.entries(cases)) {
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, [runner, ...args], {
        encoding: "utf8",
      });
      times[name].push(performance.now() - start);
      if (status !== 0) throw new Error(`${name}: ${stderr}`);
      peaks[name].push(Number(/peak (\d+)/.exec(stderr)[1]) / 1024);
    }
  rmSync(folder, { recursive: true });
  const medians = (of) =>
    Object.fromEntries(Object.entries(of).map(([name, all]) => [name, median(all)]));
  return { ms: medians(times), peak: medians(peaks) };
}

function writeLog(path, requests, lines) {
  const file = openSync(path, "w");
  let text = "";
  for (let index = 0; index < lines; index += 1) {
    const {
      principal,
      destination,
      app,
      method,
      path: target,
      port,
    } = requests[index % requests.length];
    const [, , namespace, , account] = principal.split("/");
    text += `${JSON.stringify({
      from: `sa/${namespace}/${account}`,
      to: `ns/${destination},app=${app}:${port}`,
      http: `${method} ${target}/${index}`,
    })}\n`;
    if (text.length > 2 ** 20) {
      writeSync(file, text);
      text = "";
    }
  }
  writeSync(file, text);
  closeSync(file);
}
