import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textOf } from "../product.mjs";
import { envoyLine, podsOf, shortLine, writeLog } from "../work/logs.mjs";
import { median } from "../work/measure.mjs";
import { workload } from "../work/workloads.mjs";

const [runner, stages] = ["replay-run.mjs", "replay-stages.mjs"].map((name) =>
  join(import.meta.dirname, name),
);

/** What is measured of one form of lines: whole processes, and single stages from the moment when all threads are ready. */
function casesOf({ log, short, mesh }) {
  const authz = (path, threads) => ["replay", path, "-f", mesh, "--threads", threads, "-o", "json"];
  return {
    parse: [runner, "parse", log],
    one: [runner, ...authz(log, "1")],
    two: [runner, ...authz(log, "2")],
    short: [runner, ...authz(short, "1")],
    readyParse: [stages, "parse", log, mesh, "1"],
    readyOne: [stages, "replay", log, mesh, "1"],
    readyTwo: [stages, "replay", log, mesh, "2"],
  };
}

function logsOf(folder, lines) {
  const { policies, requests } = workload("W4:10");
  const at = (name) => join(folder, name);
  const of = (index) => requests[index % requests.length];
  const server = { namespace: requests[0].destination, app: requests[0].app };
  writeFileSync(at("mesh.json"), textOf(policies));
  writeFileSync(at("pods.json"), textOf([...policies, ...podsOf(requests, server)]));
  const write = (name, count, lineOf) => {
    writeLog(at(name), count, (index) => lineOf(of(index), index));
    writeLog(at(`${name}.short`), count / 5, (index) => lineOf(of(index), index));
    return { log: at(name), short: at(`${name}.short`) };
  };
  return {
    ours: { ...write("ours", lines, shortLine), mesh: at("mesh.json") },
    envoy: { ...write("envoy", lines / 5, envoyLine), mesh: at("pods.json") },
  };
}

/** Runs a case; milliseconds from its start, or as it says itself, and its peak of memory in MiB. */
function timed([program, ...args]) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
  });
  const ms = program === stages ? Number(stdout) : performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
  return { ms, peak: Number(/peak (\d+)/.exec(stderr)?.[1] ?? 0) / 1024 };
}

/**
 * `authz replay` of a log against reading the same log and `JSON.parse` of each line, in milliseconds and MiB: of so many lines in our
 * short form, and of a fifth as many, eight times as long, in Istio's JSON.
 */
export function replayed(lines, rounds) {
  const folder = mkdtempSync(join(tmpdir(), "replayed-"));
  const results = {};
  const forms = Object.entries(logsOf(folder, lines)).map(([form, log]) => [form, casesOf(log)]);
  for (let round = 0; round < rounds; round += 1)
    for (const [form, cases] of forms)
      for (const [name, args] of Object.entries(cases)) {
        results[form] ??= {};
        results[form][name] ??= [];
        results[form][name].push(timed(args));
      }
  rmSync(folder, { recursive: true });
  const medians = (of) =>
    Object.fromEntries(
      Object.entries(of).map(([name, all]) => [
        name,
        { ms: median(all.map(({ ms }) => ms)), peak: median(all.map(({ peak }) => peak)) },
      ]),
    );
  return Object.fromEntries(Object.entries(results).map(([form, of]) => [form, medians(of)]));
}
