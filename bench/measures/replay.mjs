import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textOf } from "../product.mjs";
import { keyOf } from "../work/conjunctions.mjs";
import { envoyLine, podsOf, shortLine, wholeLine, writeLog } from "../work/logs.mjs";
import { median } from "../work/measure.mjs";
import { workload } from "../work/workloads.mjs";

const [runner, stages] = ["replay-run.mjs", "replay-stages.mjs"].map((name) =>
  join(import.meta.dirname, name),
);

/** What is measured of one form of lines: whole processes, and single stages from the moment when all threads are ready. */
function casesOf({ log, short, line, first, mesh }) {
  const authz = (path, threads) => ["replay", path, "-f", mesh, "--threads", threads, "-o", "json"];
  return {
    parse: [runner, "parse", log],
    one: [runner, ...authz(log, "1")],
    two: [runner, ...authz(log, "2")],
    short: [runner, ...authz(short, "1")],
    mesh: [runner, ...authz(line, "1")],
    readyParse: [stages, "parse", log, mesh, "1"],
    readyOne: [stages, "replay", log, mesh, "1"],
    readyTwo: [stages, "replay", log, mesh, "2"],
    compiledOne: [stages, "replay", log, mesh, "1", first],
    compiledTwo: [stages, "replay", log, mesh, "2", first],
  };
}

function logsOf(folder, lines) {
  const [goal, small] = [workload("W4:100"), workload("W4:10")];
  const [{ destination: namespace, app }] = small.requests;
  const at = (name) => join(folder, name);
  writeFileSync(at("goal.json"), textOf(goal.policies));
  writeFileSync(at("small.json"), textOf(small.policies));
  const pods = podsOf(small.requests, { namespace, app });
  writeFileSync(at("pods.json"), textOf([...small.policies, ...pods]));
  const write = (name, { requests }, count, lineOf) => {
    const line = (index) => lineOf(requests[index % requests.length], index);
    const firsts = new Map(requests.map((request, index) => [keyOf(request), index]));
    const each = [...firsts.values()];
    writeLog(at(name), count, line);
    writeLog(at(`${name}.short`), count / 5, line);
    writeLog(at(`${name}.line`), 1, line);
    writeLog(at(`${name}.first`), each.length, (index) => line(each[index]));
    const [short, one, first] = ["short", "line", "first"].map((part) => at(`${name}.${part}`));
    return { log: at(name), short, line: one, first };
  };
  return {
    whole: { ...write("whole", goal, lines, wholeLine), mesh: at("goal.json") },
    short: { ...write("short", small, lines, shortLine), mesh: at("small.json") },
    envoy: { ...write("envoy", small, lines / 5, envoyLine), mesh: at("pods.json") },
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
 * `authz replay` of a log against reading the same log and `JSON.parse` of each line, in milliseconds and MiB: of so many lines that say
 * everything, over 10,000 policies and 2,000 workloads, as the goal was defined; of as many in our short form over a tenth of them; and of
 * a fifth as many in Istio's JSON.
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
