// Whether memory stays flat: so many reviews, and the resident size after each tenth of them.
import { readFileSync } from "node:fs";
import { load } from "./requests.mjs";
import { startWebhook } from "./servers.mjs";

const reviews = Number(process.argv[2] ?? 1_000_000);
const minutes = Number(process.argv[3] ?? 10);
const server = await startWebhook();
const start = performance.now();
const sizes = [];
let [sent, wrong] = [0, 0];

function megabytes() {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(
    readFileSync(`/proc/${server.child.pid}/status`, "utf8"),
  );
  return Number(kilobytes) / 1024;
}

while (sent < reviews && performance.now() - start < minutes * 60_000) {
  const left = minutes * 60 - (performance.now() - start) / 1000;
  const result = await load(server, {
    connections: 16,
    seconds: Math.max(1, left),
    most: reviews / 20,
  });
  sent += result.sent;
  wrong += result.wrong;
  sizes.push(megabytes());
  console.log(
    `${sent} reviews, ${wrong} wrong, ${result.rate.toFixed(0)}/s, ${sizes.at(-1).toFixed(0)} MB`,
  );
}
const [early, late] = [sizes.slice(2, 7), sizes.slice(-5)].map((some) => Math.max(...some));
console.log(`most in the first third ${early.toFixed(0)} MB, at the end ${late.toFixed(0)} MB`);
await server.stop();
process.exitCode = wrong === 0 && late <= early * 1.25 ? 0 : 1;
