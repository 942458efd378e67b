/*
 * The product on the work of the bench: the policies loaded as a user loads them, one sidecar for each workload, its filters as istiod
 * would make them, compiled by the index. What is timed is finding the workload and the first rule that holds.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { keyOf, workloadsOf } from "./work/conjunctions.mjs";
import { flat } from "./work/made.mjs";

/** Another build is measured by naming it. */
const folder = process.env.BENCH_DIST ?? join(import.meta.dirname, "../packages/engine/dist");
const dist = (path) => import(pathToFileURL(join(folder, path)).href);
const { loadMesh } = await dist("index.js");
const { ruleSet } = await dist("envoy/index/rule-set.js");
const { textPairs } = await dist("envoy/index/text-pairs.js").catch(() => ({ textPairs: byMaps }));
const { decide } = await dist("envoy/rbac.js");
const { boundAuthorizationPolicies } = await dist("istiod/attach.js");
const { authorizationFilters } = await dist("istiod/authorization/filters.js");

/** How builds found workloads before. */
function byMaps() {
  const firsts = new Map();
  return {
    get: (first, second) => firsts.get(first)?.get(second) ?? -1,
    set: (first, second, number) =>
      firsts.set(first, (firsts.get(first) ?? new Map()).set(second, number)),
  };
}

export function textOf(policies) {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items: policies });
}

export function meshOf(policies) {
  const { mesh, findings } = loadMesh({
    files: [{ path: "policies.json", text: textOf(policies) }],
  });
  const [error] = findings.filter(({ severity }) => severity === "error");
  if (error) throw new Error(error.message);
  return mesh;
}

function filtersOf(mesh, key) {
  const [namespace, app] = key.split("/");
  const proxy = {
    ...{ kind: "sidecar", namespace, name: app, labels: { app }, serviceAccount: "default" },
    ...{ addresses: [], ports: [] },
  };
  const { bound } = boundAuthorizationPolicies(mesh, proxy);
  const { filters } = authorizationFilters(
    bound,
    { chain: "http", peer: "certificate" },
    mesh,
  ).local;
  const of = (action) => filters.find((filter) => filter.action === action)?.rules;
  return { filters, deny: of("DENY") ?? [], allow: of("ALLOW") };
}

/** As the index takes a request: what a proxy sees of it. */
export function prepare({ principal, ip, host, method, path, port, destination, app }) {
  return {
    ...{ destination, app, peer: `spiffe://${principal}`, sourceIp: ip, destinationPort: port },
    ...{ host, method, path },
  };
}

export function load(policies) {
  return loadInto(meshOf(policies), policies);
}

/** Every workload compiled. */
export function loadInto(mesh, policies) {
  return checking(compiled(mesh, policies));
}

function compiled(mesh, policies) {
  const keys = workloadsOf(policies).map(({ key }) => key);
  function* rules() {
    for (const key of keys) {
      const { deny, allow = [] } = filtersOf(mesh, key);
      yield* deny;
      yield* allow;
    }
  }
  const set = ruleSet(rules());
  const workloads = textPairs();
  const heads = new Int32Array(keys.length * 3);
  for (const [index, key] of keys.entries()) {
    const { deny, allow } = filtersOf(mesh, key);
    const filter = set.compile([...deny, ...(allow ?? [])]);
    if (filter === undefined) throw new Error(`${key} is not compiled`);
    const [destination, app] = flat(key.split("/"));
    workloads.set(destination, app, index * 3);
    heads.set([filter, deny.length, allow ? 0 : 1], index * 3);
  }
  return { set, workloads, heads };
}

/** Holds nothing but what was compiled. */
function checking({ set, workloads, heads }) {
  return {
    prepare,
    check: (request) => {
      const head = workloads.get(request.destination, request.app);
      if (head < 0) return true;
      const first = set.firstMatch(heads[head], request);
      return first < 0 ? heads[head + 2] === 1 : first >= heads[head + 1];
    },
  };
}

/** The walker with everything it looked at noted: what explains a verdict. */
export function loadExplaining(policies) {
  const mesh = meshOf(policies);
  const known = new Map(workloadsOf(policies).map(({ key }) => [key, filtersOf(mesh, key)]));
  return {
    prepare,
    check: (request) => {
      const trace = [];
      const read = readerOf(request);
      const { filters } = known.get(keyOf(request));
      const denied = filters.some(
        (filter) => decide(filter, read, (looked) => trace.push(looked)).denied,
      );
      return !denied && trace.length >= 0;
    },
  };
}

function readerOf(request) {
  const values = {
    peer: [request.peer],
    method: [request.method],
    path: [request.path],
    "source.ip": [request.sourceIp],
    "destination.port": [`${request.destinationPort}`],
  };
  return ({ kind }) => values[kind] ?? [];
}
