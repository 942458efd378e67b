// How many reviews a second the webhook takes, beside a bare HTTPS server that echoes an AdmissionReview: both in one run, in turn.
import { join } from "node:path";
import { load, medianOf } from "./requests.mjs";
import { startBare, startWebhook } from "./servers.mjs";

const [rounds, seconds, connections] = [5, 3, [1, 16, 64]];
const guards = process.argv.includes("--suites")
  ? join(import.meta.dirname, "../cluster/guards.yaml")
  : undefined;

const servers = { bare: await startBare(), webhook: await startWebhook({ guards }) };
try {
  for (const [, server] of Object.entries(servers))
    await load(server, { connections: 16, seconds: 3 });
  for (const count of connections) {
    const results = { bare: [], webhook: [] };
    for (let round = 0; round < rounds; round += 1)
      for (const [name, server] of Object.entries(servers))
        results[name].push(await load(server, { connections: count, seconds: seconds / 2 }));
    report(count, results);
  }
} finally {
  for (const server of Object.values(servers)) await server.stop();
}

function report(count, { bare, webhook }) {
  const one = (results, what) => medianOf(results.map((result) => result[what]));
  const row = (name, results) => {
    const [rate, p50, p99] = ["rate", "p50", "p99"].map((what) => one(results, what));
    const wrong = results.reduce((sum, result) => sum + result.wrong, 0);
    return `${String(count).padStart(3)} ${name.padEnd(8)} ${rate.toFixed(0).padStart(6)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  wrong ${wrong}`;
  };
  console.log(row("bare", bare));
  console.log(row("webhook", webhook));
  const ratio = (what) => (one(webhook, what) / one(bare, what)).toFixed(2);
  console.log(`    ratio    rate ${ratio("rate")}  p50 ${ratio("p50")}  p99 ${ratio("p99")}`);
}
