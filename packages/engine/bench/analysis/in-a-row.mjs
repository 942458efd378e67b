/*
 * The questions of measures.mjs in one process, one size after the other, each asked once of the same translated mesh: all rules, then a
 * diff, a proof, who may. The engine has met much of what a question needs with the size and the question before; measures.mjs starts a
 * process for each, in which the code of small sets runs for the first time. A line of JSON for each size,
 * processor time in milliseconds by question, and the same without the evaluation of witnesses (`search`):
 *
 *     node --expose-gc packages/engine/bench/analysis/in-a-row.mjs 10 100 1000
 *
 * BENCH_DIST names another build. BENCH_BESIDE names a module whose `row(count, timed)` answers the same about as many rules, to be
 * measured beside it in the same way: it gives back what `timed` says, by question.
 */
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { meshOf, one, translate, wanted } from "./measures.mjs";
import { ruleSet, withOneChange } from "./rule-sets.mjs";
import { spent } from "./witness-time.mjs";

const folder = process.env.BENCH_DIST ?? join(import.meta.dirname, "../../dist");
const dist = (path) => import(pathToFileURL(resolve(folder, path)).href);
const { diffMeshes, policyEffects, prove, whoCan } = await dist("analyse.js");
const { sharingPolicies } = await dist("analyse/shared-policies.js");

const beside = process.env.BENCH_BESIDE;
const other = beside && (await import(pathToFileURL(resolve(beside)).href)).row;

/** Processor time in milliseconds. What V8 compiles in other threads for the question before is waited for. */
async function timed(run) {
  await setTimeout(100);
  spent.ms = 0;
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What each question takes, in all and without its witnesses. */
async function row(count) {
  const rules = ruleSet(count);
  const [mesh, changed] = [rules, withOneChange(rules)].map(meshOf);
  for (const each of [mesh, sharingPolicies(mesh, changed)]) translate(each);
  globalThis.gc?.();
  const questions = {
    lint: () => policyEffects(mesh, { values: false }),
    diff: () => diffMeshes(mesh, changed),
    prove: () => prove(mesh, [one]),
    who: () => whoCan(mesh, wanted),
  };
  const own = {};
  const search = {};
  for (const [name, ask] of Object.entries(questions)) {
    own[name] = await timed(ask);
    search[name] = own[name] - spent.ms;
  }
  return { own, search };
}

for (const count of process.argv.slice(2).map(Number)) {
  const { own, search } = await row(count);
  console.log(
    JSON.stringify({ count, own, search, ...(other ? { beside: await other(count, timed) } : {}) }),
  );
}
