import { row } from "./row.mjs";
import { interleaved } from "./run.mjs";

/** What to measure of an engine on a workload. */
export const decide = (engine, spec, mode) => ({
  args: ["decide", engine, spec, ...(mode ? [mode] : [])],
});

/** So many requests that they fit no cache, as in a real mesh. */
const own = { W4: "W4:500:400000" };
export const sized = (spec) => own[spec] ?? spec;

const peers = ["json-logic-engine", "casl", "cel", "casbin", "cedar"];

/** Where one round would not say whether a goal is met: others are further away than rounds differ. */
const isClose = (peer, spec) => spec === "W1" || (spec === "W4" && peer === "casl");

/** What decisions cost: rows 1 to 6 and 21. */
export function deciding({ rounds, told }) {
  const growth = ["W2:100", "W2:10000", "mixed:100", "mixed:10000"];
  const specs = ["W1", "W2", "W3", "W4"];
  const engines = ["product", "reference"];
  const cases = Object.fromEntries([
    ...specs.flatMap((spec) =>
      engines.map((engine) => [`${engine} ${spec}`, decide(engine, sized(spec))]),
    ),
    ...engines.map((engine) => [`${engine} W1 fresh`, decide(engine, "W1", "fresh")]),
    ...["W1", "W4"].map((spec) => [`floor ${spec}`, { args: ["floor", sized(spec)] }]),
    ["product W4 few", decide("product", "W4", "few")], // as many requests as peers get
    ...growth.map((spec) => [`product ${spec}`, decide("product", spec)]),
    ...peers.flatMap((peer) =>
      specs.map((spec) => [
        `${peer} ${spec}`,
        { ...decide(peer, spec), rounds: isClose(peer, spec) ? rounds : 1, seconds: 45 },
      ]),
    ),
  ]);
  const results = interleaved(cases, rounds, told);
  const ns = (name) => results[name]?.ns ?? Number.NaN;
  const over = (spec, mode = "") => ns(`product ${spec}${mode}`) / ns(`reference ${spec}${mode}`);
  const best = (spec, mode = "") =>
    Math.min(...peers.map((peer) => ns(`${peer} ${spec}`)).filter(Number.isFinite)) /
    ns(`product ${spec}${mode}`);
  const cedar = (spec) => ns(`cedar ${spec}`) / ns(`product ${spec}`);
  const wrong = Math.max(
    ...Object.entries(results)
      .filter(([name]) => name.startsWith("product"))
      .map(([, one]) => one.wrong ?? 0),
  );
  const fresh =
    ns("product W1 fresh") / (ns("product W1") + (results["floor W1"]?.touchFresh ?? Number.NaN));
  return [
    row(1, "decide, W1, requests that come again", [
      { of: "reference", value: over("W1"), most: 1.2 },
      {
        of: "look-up",
        value: ns("product W1") / (results["floor W1"]?.lookUp ?? Number.NaN),
        most: 3,
      },
    ]),
    row(2, "decide, W1, every text new", [
      { of: "reference", value: over("W1", " fresh"), most: 1.2 },
      { of: "own time and reading", value: fresh, most: 1.3 },
    ]),
    row(3, "decide, W2 (1,000 rules), W3 (20,000 entries)", [
      { of: "reference, W2", value: over("W2"), most: 1.2 },
      { of: "reference, W3", value: over("W3"), most: 1.2 },
    ]),
    row(4, "decide, W4 (50,000 policies)", [
      { of: "reference", value: over("W4"), most: 1.2 },
      {
        of: "five look-ups",
        value: ns("product W4") / (results["floor W4"]?.lookUp ?? Number.NaN),
        most: 2,
      },
    ]),
    row(5, "growth", [
      {
        of: "W2, 10,000 rules to 100",
        value: ns("product W2:10000") / ns("product W2:100"),
        most: 2,
      },
      {
        of: "mixed, 10,000 rules to 100",
        value: ns("product mixed:10000") / ns("product mixed:100"),
        most: 5,
      },
    ]),
    row(6, "ahead of the best peer; of Cedar; wrong verdicts", [
      { of: "W1", value: best("W1"), least: 3 },
      { of: "W2", value: best("W2"), least: 40 },
      { of: "W3", value: best("W3"), least: 100 },
      { of: "W4", value: best("W4", " few"), least: 6 },
      { of: "Cedar, W1", value: cedar("W1"), least: 800 },
      { of: "Cedar, W2", value: cedar("W2"), least: 10_000 },
      { of: "Cedar, W3", value: cedar("W3"), least: 10_000 },
      { of: "wrong", value: wrong, most: 0, unit: "of 1,000" },
    ]),
  ];
}
