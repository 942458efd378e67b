/*
 * The yardstick: the design that research found best without generated code, for the workloads alone and with nothing around it. Every
 * attribute becomes a number; up to 32 conjunctions are bits of masks, more are filed under their rarest pattern.
 */
import { workloadsOf } from "../work/conjunctions.mjs";
import { byCandidates, putCandidates } from "./candidates.mjs";
import { byMasks, putMasks } from "./masks.mjs";
import { addressRanks, portRanks, textRanks } from "./ranks.mjs";

const attributes = ["namespace", "method", "path", "principal", "ip", "port"];
const back = attributes.length; // slots from here on: the same, counted from the end

export function load(policies) {
  const workloads = workloadsOf(policies);
  const values = Object.fromEntries(attributes.map((name) => [name, new Set()]));
  for (const { conjunctions } of workloads)
    for (const { all } of conjunctions)
      for (const { attribute, values: own } of all)
        for (const value of own) values[attribute].add(value);
  const ranks = attributes.map((name) => {
    if (name === "ip") return addressRanks([...values.ip]);
    return name === "port" ? portRanks([...values.port]) : textRanks([...values[name]]);
  });
  const clauseOf = ({ attribute, negated, values: own }) => {
    const slot = attributes.indexOf(attribute);
    const ranges = own.map((value) => {
      const { back: isBack, range } = ranks[slot].range(value);
      return { slot: isBack ? slot + back : slot, low: range[0], high: range[1] };
    });
    return { slot, negated, ranges: merged(ranges) };
  };
  const cells = [];
  const heads = [];
  const byDestination = new Map();
  for (const { key, conjunctions, closed } of workloads) {
    const clauses = conjunctions.map(({ all }) => all.map(clauseOf));
    const small = clauses.length <= 32;
    const needs = clauses
      .flat()
      .reduce((bits, { ranges }) => ranges.reduce((more, { slot }) => more | (1 << slot), bits), 0);
    const start = small
      ? putMasks(cells, clauses, (slot) => ranks[slot % back].size)
      : putCandidates(cells, clauses);
    const [destination, app] = key.split("/");
    const apps = byDestination.get(destination) ?? new Map();
    byDestination.set(destination, apps.set(app, heads.length));
    heads.push(
      small ? 1 : 0,
      start,
      needs,
      conjunctions.filter(({ deny }) => deny).length,
      closed ? 0 : 1,
    );
  }
  return decider(Int32Array.from(cells), Int32Array.from(heads), byDestination, ranks);
}

function decider(
  cells,
  heads,
  byDestination,
  [namespaces, methods, paths, principals, addresses, ports],
) {
  const ranks = new Int32Array(2 * back);
  const classify = (request, needs) => {
    if (needs & 1) ranks[0] = namespaces.rank(request.namespace);
    if (needs & 2) ranks[1] = methods.rank(request.method);
    if (needs & 4) ranks[2] = paths.rank(request.path);
    if (needs & 8) ranks[3] = principals.rank(request.principal);
    if (needs & 16) ranks[4] = addresses.rank(request.ip);
    if (needs & 32) ranks[5] = ports.rank(request.port);
    if (needs >>> back === 0) return;
    if (needs & (1 << back)) ranks[back] = namespaces.reverseRank(request.namespace);
    if (needs & (2 << back)) ranks[back + 1] = methods.reverseRank(request.method);
    if (needs & (4 << back)) ranks[back + 2] = paths.reverseRank(request.path);
    if (needs & (8 << back)) ranks[back + 3] = principals.reverseRank(request.principal);
  };
  return {
    check: (request) => {
      const head = byDestination.get(request.destination)?.get(request.app) ?? -1;
      if (head < 0) return true;
      classify(request, heads[head + 2]);
      const start = heads[head + 1];
      const first =
        heads[head] === 1 ? byMasks(cells, start, ranks) : byCandidates(cells, start, ranks);
      return first < 0 ? heads[head + 4] === 1 : first >= heads[head + 3];
    },
  };
}

function merged(ranges) {
  const all = [];
  for (const range of ranges.sort((a, b) => a.slot - b.slot || a.low - b.low)) {
    const last = all.at(-1);
    if (last?.slot === range.slot && range.low <= last.high)
      last.high = Math.max(last.high, range.high);
    else all.push({ ...range });
  }
  return all;
}
