// One measurement in a process of its own, as one line of JSON: node --expose-gc child.mjs MEASURE [ARGUMENT...]
import { lookUp, touch } from "./floor.mjs";
import { loading } from "./measures/loading.mjs";
import { tokens } from "./measures/tokens.mjs";
import { decideNaively, keyOf, workloadsOf } from "./work/conjunctions.mjs";
import { flat } from "./work/made.mjs";
import { heapBytes, nanoseconds, nanosecondsFresh } from "./work/measure.mjs";
import { workload } from "./work/workloads.mjs";

const engines = {
  product: "./product.mjs",
  reference: "./reference/reference.mjs",
  casbin: "./peers/casbin.mjs",
  casl: "./peers/casl.mjs",
  cedar: "./peers/cedar.mjs",
  cel: "./peers/cel.mjs",
  "json-logic-engine": "./peers/json-logic-engine.mjs",
};

/** How many of some requests an engine decides otherwise than a naive reading of the policies. */
async function wrongOf(check, inputs, { policies, requests }) {
  const known = new Map(workloadsOf(policies).map((one) => [one.key, one]));
  const until = performance.now() + 3000;
  let wrong = 0;
  for (const [index, input] of inputs.slice(0, 1000).entries()) {
    if (performance.now() > until) break;
    const request = requests[index];
    const { conjunctions = [], closed = false } = known.get(keyOf(request)) ?? {};
    const wanted = decideNaively({ conjunctions, closed }, request);
    if (Boolean(await check(input)) !== wanted) wrong += 1;
  }
  return wrong;
}

const same = (request) => request;

async function decide(name, spec, mode = "cached") {
  const work = workload(spec);
  const start = performance.now();
  const { check, prepare = same } = await (await import(engines[name])).load(work.policies);
  const loadMs = performance.now() - start;
  const own = name === "product" || name === "reference";
  const prepared = work.requests.slice(0, own && mode !== "few" ? 1_000_000 : 4096).map(prepare);
  const inputs = own ? flat(prepared) : prepared; // peers' hold what they compiled
  const wrong = await wrongOf(check, inputs, work);
  const ns =
    mode === "fresh" ? nanosecondsFresh(check, inputs.slice(0, 4096)) : nanoseconds(check, inputs);
  return { ns, loadMs, wrong };
}

function floor(spec) {
  const { policies, requests } = workload(spec);
  const touched = touch(policies);
  const inputs = requests.slice(0, spec.startsWith("W4") ? 1_000_000 : 4096);
  return {
    touch: nanoseconds(touched.check, inputs),
    lookUp: nanoseconds(lookUp(policies, requests).check, inputs),
    touchFresh: nanosecondsFresh(touched.check, inputs.slice(0, 4096)),
  };
}

async function explain(spec) {
  const { policies, requests } = workload(spec);
  const { loadExplaining, prepare } = await import("./product.mjs");
  const { check } = loadExplaining(policies);
  const inputs = flat(requests.map(prepare));
  const wrong = await wrongOf(check, inputs, { policies, requests });
  return { ns: nanoseconds(check, inputs), wrong };
}

async function allocation(spec) {
  const { policies, requests } = workload(spec);
  const { load, prepare } = await import("./product.mjs");
  const { check } = load(policies);
  const inputs = flat(requests.map(prepare));
  nanoseconds(check, inputs);
  let least = Number.POSITIVE_INFINITY; // what else the process does comes on top
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 1_000_000; index += 1) check(inputs[index % inputs.length]);
    least = Math.min(least, process.memoryUsage().heapUsed - before);
  }
  return { bytes: Math.max(0, least) / 1_000_000 };
}

/** What compiling adds to a mesh, and what is left of that once the mesh is gone: what was compiled. */
async function memory(spec) {
  const { policies, requests } = workload(spec);
  const { load, loadInto, meshOf, prepare } = await import("./product.mjs");
  load(policies.slice(0, 100)); // code and caches that do not grow
  const bare = heapBytes();
  const held = { mesh: meshOf(policies) };
  const loaded = heapBytes();
  const { check } = loadInto(held.mesh, policies);
  for (const request of requests) check(prepare(request));
  const withRules = heapBytes() - loaded;
  held.mesh = undefined;
  const bytes = heapBytes() - bare;
  check(prepare(requests[0]));
  return { bytes, perPolicy: bytes / policies.length, withRules: withRules / policies.length };
}

const measures = { decide, floor, explain, allocation, memory, loading, tokens };
const [name, ...args] = process.argv.slice(2);
console.log(JSON.stringify(await measures[name](...args)));
process.exit(0);
