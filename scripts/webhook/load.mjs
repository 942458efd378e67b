// How many reviews a second the webhook takes, beside a bare HTTPS server that echoes an AdmissionReview: both in one run, in turn. And the
// processor time that each spends on a request, which other programs on the machine disturb less (where there is a /proc).
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load, medianOf } from "./requests.mjs";
import { startBare, startWebhook } from "./servers.mjs";

const [rounds, seconds, connections] = [15, 1, [1, 16, 64]];
const guards = process.argv.includes("--suites")
  ? join(import.meta.dirname, "../cluster/guards.yaml")
  : undefined;

const servers = { bare: await startBare(), webhook: await startWebhook({ guards }) };
let wrong = 0;
try {
  for (const [, server] of Object.entries(servers))
    await load(server, { connections: 16, seconds: 3 });
  for (const count of connections) {
    const results = { bare: [], webhook: [] };
    for (let round = 0; round < rounds; round += 1)
      for (const [name, server] of Object.entries(servers))
        results[name].push(await measured(server, { connections: count, seconds }));
    report(count, results);
    wrong += Object.values(results)
      .flat()
      .reduce((sum, result) => sum + result.wrong, 0);
  }
} finally {
  for (const server of Object.values(servers)) await server.stop();
}
console.log(`${wrong} wrong answers`);
process.exitCode = wrong === 0 ? 0 : 1;

async function measured(server, options) {
  const before = busy(server);
  const result = await load(server, options);
  return { ...result, cpu: (busy(server) - before) / result.sent };
}

/** Microseconds that a server has spent so far, in all of its threads; a tick of the kernel has 10,000. */
function busy({ child }) {
  const path = `/proc/${child.pid}/stat`;
  if (!existsSync(path)) return Number.NaN;
  const fields = readFileSync(path, "utf8").replace(/.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function report(count, results) {
  const [bare, webhook] = [bestOf(results.bare), bestOf(results.webhook)];
  console.log(`${count} connections`);
  console.log(row("bare", medianly(results.bare)));
  console.log(row("webhook", medianly(results.webhook)));
  console.log(row("ratio", ratio(medianly(results.webhook), medianly(results.bare))));
  console.log(row("of the best", ratio(webhook, bare)));
}

function medianly(results) {
  return each((what) => medianOf(results.map((result) => result[what])));
}

/** What each server does when nothing else runs on the machine, as far as there was such a moment. */
function bestOf(results) {
  const values = (what) => results.map((result) => result[what]);
  return each((what) => (what === "rate" ? Math.max(...values(what)) : Math.min(...values(what))));
}

function ratio(some, others) {
  return each((what) => some[what] / others[what]);
}

function each(value) {
  return Object.fromEntries(["rate", "p50", "p99", "cpu"].map((what) => [what, value(what)]));
}

function row(name, { rate, p50, p99, cpu }) {
  const shown = [`rate ${rate > 100 ? `${rate.toFixed(0)}/s` : rate.toFixed(2)}`]
    .concat(`p50 ${p50.toFixed(2)}`, `p99 ${p99.toFixed(2)}`)
    .concat(`cpu ${cpu > 10 ? `${cpu.toFixed(0)} us` : cpu.toFixed(2)}`);
  return `  ${name.padEnd(12)}${shown.map((text) => text.padEnd(14)).join("")}`.trimEnd();
}
