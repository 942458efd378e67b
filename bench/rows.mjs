import { analysing, serving } from "./beside.mjs";
import { decide, deciding } from "./deciding.mjs";
import { startUp } from "./measures/start.mjs";
import { row } from "./row.mjs";
import { interleaved } from "./run.mjs";

/** What explaining, making nothing and memory cost: rows 7 to 9. */
function inside({ rounds, told }) {
  const sizes = ["W1", "W2", "W3"];
  const results = interleaved(
    {
      explain: { args: ["explain", "W1"] },
      decide: decide("product", "W1"),
      ...Object.fromEntries(
        sizes.map((spec) => [`allocation ${spec}`, { args: ["allocation", spec], rounds: 1 }]),
      ),
      memory: { args: ["memory", "W4"], rounds: 1 },
    },
    rounds,
    told,
  );
  const { explain, memory } = results;
  return [
    row(7, "explain, W1: every clause noted", [
      { of: "decide", value: explain.ns / results.decide.ns, most: 150 },
      { of: "time", value: explain.ns / 1000, most: 15, unit: "us" },
      { of: "wrong", value: explain.wrong, most: 0, unit: "of 1,000" },
    ]),
    row(8, "nothing made while deciding (W1 to W3)", [
      {
        of: "bytes a decision",
        value: Math.max(...sizes.map((spec) => results[`allocation ${spec}`]?.bytes ?? Number.NaN)),
        most: 1,
        unit: "B",
      },
    ]),
    row(9, "memory of the index, W4", [
      { of: "a policy", value: memory.perPolicy / 1000, most: 1, unit: "kB" },
      { of: "all", value: memory.bytes / 2 ** 20, most: 30, unit: "MiB" },
      {
        of: "a policy, with the translated rules that a mesh keeps",
        ...{ value: memory.withRules / 1000, unit: "kB" },
      },
    ]),
  ];
}

/** Loading 10,000 policies, tokens: rows 10 to 12. */
function reading({ rounds, told }) {
  const results = interleaved(
    {
      json: { args: ["loading", "json"] },
      yaml: { args: ["loading", "yaml"] },
      tokens: { args: ["tokens"] },
    },
    Math.min(rounds, 3),
    told,
  );
  const { json, yaml, tokens } = results;
  return [
    row(10, "load 10,000 policies, JSON, to a judged mesh", [
      { of: "JSON.parse", value: json.load / json.parse, most: 3 },
    ]),
    row(11, "load 10,000 policies, YAML with places", [
      { of: "yaml, a document at a time", value: yaml.load / yaml.yaml, most: 1.2 },
      { of: "JSON.parse", value: yaml.load / yaml.parse, most: 4 },
    ]),
    row(12, "a token for the first time; again", [
      { of: "jose.jwtVerify", value: tokens.over, most: 1.1 },
      { of: "again", value: tokens.again / 1000, most: 5, unit: "us" },
      { of: "again, of jose", value: (tokens.again / tokens.jose) * 100, most: 5, unit: "%" },
    ]),
  ];
}

function starting({ rounds }) {
  const { node, version, check } = startUp(rounds * 4);
  return [
    row(13, "start: `--version`; `check` of one request, 10 policies", [
      { of: "node -e 0", value: version / node, most: 1.15 },
      { of: "node -e 0", value: check / node, most: 1.5 },
    ]),
  ];
}

async function replaying({ rounds, lines, told }) {
  told(`replay of ${lines} lines`);
  const { replayed } = await import("./measures/replay.mjs");
  const { whole, short, envoy } = replayed(lines, Math.min(rounds, 3));
  const times = (one, other) => one.ms / other.ms;
  const ofMesh = whole.mesh.peak - whole.parse.peak; // what one line takes beyond reading lines
  return [
    row(
      14,
      `replay ${lines.toLocaleString("en")} lines that say everything, over 10,000 policies, from when their rules are compiled`,
      [
        { of: "JSON.parse", value: times(whole.compiledOne, whole.readyParse), most: 1.4 },
        { of: "2 threads", value: times(whole.compiledOne, whole.compiledTwo), least: 1.6 },
        { of: "peak without the mesh", value: whole.one.peak - ofMesh, most: 256, unit: "MiB" },
        { of: "with it", value: whole.one.peak, unit: "MiB" },
        { of: "peak of a fifth", value: whole.one.peak / whole.short.peak, most: 1.1 },
        { of: "Istio's JSON", value: times(envoy.readyOne, envoy.readyParse), most: 1.4 },
        { of: "compiled on the way", value: times(whole.readyOne, whole.readyParse) },
        { of: "that, 2 threads", value: times(whole.readyOne, whole.readyTwo) },
        { of: "whole processes", value: times(whole.one, whole.parse) },
        { of: "those, 2 threads", value: times(whole.one, whole.two) },
        { of: "short lines, compiled on the way", value: times(short.readyOne, short.readyParse) },
        { of: "those, 2 threads", value: times(short.readyOne, short.readyTwo) },
        { of: "short lines, whole processes", value: times(short.one, short.parse) },
        { of: "those, 2 threads", value: times(short.one, short.two) },
        { of: "Istio's JSON, whole processes", value: times(envoy.one, envoy.parse) },
      ],
    ),
  ];
}

const groups = [
  { rows: [1, 2, 3, 4, 5, 6], measure: deciding },
  { rows: [7, 8, 9], measure: inside },
  { rows: [10, 11, 12], measure: reading },
  { rows: [13], measure: starting },
  { rows: [14], measure: replaying },
  { rows: [15], measure: serving },
  { rows: [16, 17, 18, 19, 20], measure: analysing },
];

/** Every row, or those that are asked for; group by group, as they are measured. */
export async function* rowsOf(options) {
  const { only } = options;
  const isWanted = (number) => only.length === 0 || only.includes(number);
  for (const { rows, measure } of groups) {
    if (!rows.some(isWanted)) continue;
    for (const row of await measure(options)) if (isWanted(row.row)) yield row;
  }
}
