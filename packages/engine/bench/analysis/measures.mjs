/*
 * What the analysis of many rules takes, in milliseconds. One measurement, as a line of JSON:
 *
 *     node packages/engine/bench/analysis/measures.mjs lint 1000      # also diff, prove, who; hard 100, hard-prove 100; matrix 40
 *     node packages/engine/bench/analysis/measures.mjs mesh-lint 500  # and mesh-diff, mesh-prove, mesh-again: workloads of 20 rules
 *     node packages/engine/bench/analysis/measures.mjs diff 1000 translated
 *
 * The time is that of a mesh which was loaded and never asked. `translated`: what istiod tells the proxies is ready, as it is where a mesh
 * is asked again, and as the sets of rules are that others are measured with. What V8 compiles in other threads of what came before is
 * waited for then: it is no part of the question.
 *
 * `cpu` is processor time, `search` the same without the evaluation of witnesses. BENCH_SET: other sets of rules, as JSON, such as
 * {"suffixes":0} or {"wide":0.15}.
 *
 * BENCH_DIST names another build. BENCH_BESIDE names a module that answers the same questions about as many rules, to be measured beside
 * it: a function of the same name that takes the count and gives back `beside` and `besideCpu`, in milliseconds.
 */
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { hardRules, ruleSet, withOneChange } from "./rule-sets.mjs";
import { spent } from "./witness-time.mjs";

const set = JSON.parse(process.env.BENCH_SET ?? "{}");
const folder = process.env.BENCH_DIST ?? join(import.meta.dirname, "../../dist");
const dist = (path) => import(pathToFileURL(resolve(folder, path)).href);
const { loadMesh } = await dist("index.js");
const { diffMeshes, matrix, pointsOf, policyEffects, prove, whoCan } = await dist("analyse.js");
const { toldTo } = await dist("analyse/point-program.js");
const { sharingPolicies } = await dist("analyse/shared-policies.js");

const authentication = {
  apiVersion: "security.istio.io/v1",
  kind: "RequestAuthentication",
  metadata: { name: "jwt", namespace: "prod" },
  spec: { jwtRules: [{ issuer: "https://idp.example.com" }, { issuer: "https://login.corp" }] },
};

function listText(items) {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items: [authentication, ...items] });
}

/** As a user loads it. */
export function meshOf(items) {
  const text = listText(items);
  const { mesh, findings } = loadMesh({ files: [{ path: "mesh.json", text }] });
  const [error] = findings.filter(({ severity }) => severity === "error");
  if (error) throw new Error(error.message);
  return mesh;
}

function deployment(index) {
  const labels = { app: `w${index}` };
  const template = { metadata: { labels }, spec: { serviceAccountName: `w${index}` } };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: `w${index}`, namespace: "prod" },
    spec: { selector: { matchLabels: labels }, template },
  };
}

/** Twenty rules for each of so many workloads. `change`: those whose rules differ in one. */
export function manyWorkloads(count, change) {
  return Array.from({ length: count }, (_, index) => {
    const rules = ruleSet(20, { seed: index * 7919, wide: 0.3 });
    const policies = (change(index) ? withOneChange(rules) : rules).map((policy) => ({
      ...policy,
      metadata: { ...policy.metadata, name: `w${index}-${policy.metadata.name}` },
      spec: { ...policy.spec, selector: { matchLabels: { app: `w${index}` } } },
    }));
    return [deployment(index), ...policies];
  }).flat();
}

/** Five policies for each of so many workloads. */
function fewPolicies(count) {
  return manyWorkloads(count, () => false).filter(
    ({ metadata }) => !/-r(?:[5-9]|1\d)$/.test(metadata.name),
  );
}

/** The mesh of `matrix` as a file. */
export function matrixFile(count) {
  return listText(fewPolicies(count));
}

const http = { protocol: "http" };
const nobody = [{ source: { notPrincipals: ["*"], notRequestPrincipals: ["*"] } }];
export const anonymous = {
  name: "nobody",
  requests: { ...http, from: nobody },
  expect: "never-allowed",
};
const paths = ["/api/v1/res-0/*"];
export const one = {
  ...anonymous,
  requests: { ...http, from: nobody, to: [{ operation: { paths } }] },
};
export const wanted = {
  ...http,
  to: [{ operation: { paths: ["/api/v1/res-0/list"], methods: ["GET"] } }],
};
const anything = { name: "anything", requests: http, expect: "never-allowed" };

const facts = (effects) =>
  effects.flatMap(({ rules }) => rules).filter(({ effect }) => effect !== "matters").length;
const resultsOf = (proofs) => {
  const counts = {};
  for (const { result, points } of proofs) counts[result] = (counts[result] ?? 0) + points.length;
  return counts;
};

/** What istiod tells the proxies of a mesh. It is kept with the mesh. */
export function translate(mesh) {
  for (const { proxy } of pointsOf([mesh]).points) toldTo(mesh, proxy);
}

/** Each: what is prepared, and what is timed; that says what it found. `ready` is called with what is translated before, if anything is. */
const questions = {
  lint: (count, ready) => {
    const mesh = meshOf(ruleSet(count, set));
    ready(mesh);
    return () => ({ facts: facts(policyEffects(mesh, { values: false })) });
  },
  diff: (count, ready) => {
    const [before, after] = [ruleSet(count, set), withOneChange(ruleSet(count, set))].map(meshOf);
    ready(before, sharingPolicies(before, after));
    return () => ({ result: diffMeshes(before, after).result });
  },
  prove: (count, ready) => {
    const mesh = meshOf(ruleSet(count, set));
    ready(mesh);
    return () => resultsOf(prove(mesh, [one]));
  },
  who: (count, ready) => {
    const mesh = meshOf(ruleSet(count, set));
    ready(mesh);
    return () => ({ regions: whoCan(mesh, wanted).flatMap(({ regions }) => regions).length });
  },
  "mesh-lint": (count, ready) => {
    const mesh = meshOf(manyWorkloads(count, () => false));
    ready(mesh);
    return () => ({ facts: facts(policyEffects(mesh, { values: false })) });
  },
  "mesh-diff": (count, ready) => {
    const [before, after] = [() => false, () => true].map((each) =>
      meshOf(manyWorkloads(count, each)),
    );
    ready(before, sharingPolicies(before, after));
    return () => ({ changed: diffMeshes(before, after).diffs.length });
  },
  "mesh-prove": (count, ready) => {
    const mesh = meshOf(manyWorkloads(count, () => false));
    ready(mesh);
    return () => resultsOf(prove(mesh, [anonymous]));
  },
  "mesh-again": (count, ready) => {
    const mesh = meshOf(manyWorkloads(count, () => false));
    prove(mesh, [anonymous]);
    const authorizationPolicies = [...mesh.authorizationPolicies];
    const [other] = meshOf(withOneChange(ruleSet(20))).authorizationPolicies.slice(10);
    const { key, spec } = authorizationPolicies[7];
    const changed = { ...other, key, spec: { ...other.spec, selector: spec.selector } };
    authorizationPolicies[7] = changed;
    const again = { ...mesh, authorizationPolicies };
    ready(again);
    return () => resultsOf(prove(again, [anonymous]));
  },
  hard: (count, ready) => {
    const mesh = meshOf(hardRules(count));
    ready(mesh);
    return () => ({ set: policyEffects(mesh, { values: false })[0]?.set ?? "open" });
  },
  "hard-prove": (count, ready) => {
    const mesh = meshOf(hardRules(count));
    ready(mesh);
    return () => resultsOf(prove(mesh, [anything]));
  },
  matrix: (count, ready) => {
    const mesh = meshOf(fewPolicies(count));
    ready(mesh);
    return () => ({ cells: matrix(mesh).cells.length });
  },
};

/** One measurement. */
export async function measured(question, count, isTranslated) {
  const beside = process.env.BENCH_BESIDE;
  const other = beside && (await import(pathToFileURL(resolve(beside)).href))[question];
  const run = questions[question](count, (...meshes) => {
    if (isTranslated) for (const mesh of meshes) translate(mesh);
  });
  globalThis.gc?.();
  performance.now(); // Node loads that when it is asked for the first time
  if (isTranslated) await setTimeout(100);
  spent.ms = 0;
  const before = process.cpuUsage();
  const start = performance.now();
  const found = run();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1000; // on a busy machine the fairer one
  const of = isTranslated ? "translated" : "loaded";
  const search = cpu - spent.ms;
  const result = {
    question,
    count,
    of,
    ms,
    cpu,
    search,
    mb: process.memoryUsage.rss() / 1e6,
    ...found,
  };
  if (!other) return result;
  if (isTranslated) await setTimeout(100);
  return { ...result, ...other(count) };
}

if (process.argv[1] === import.meta.filename) {
  const [question, count, of] = process.argv.slice(2);
  console.log(JSON.stringify(await measured(question, Number(count), of === "translated")));
}
