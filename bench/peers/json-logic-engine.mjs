/* json-logic-engine: a compiled expression for each workload. It compiles with `new Function`. */
import { LogicEngine } from "json-logic-engine";
import { blockScan, keyOf, sorted, workloadsOf } from "./shared.mjs";

function expressionOf({ attribute, kind, negated, values }, blocks) {
  const positive = positiveOf({ var: attribute }, kind, values, blocks);
  return negated ? { "!": [positive] } : positive;
}

function positiveOf(value, kind, values, blocks) {
  if (kind === "block") return { inBlocks: [value, blocks.push(blockScan(values)) - 1] };
  if (kind === "port") return { in: [value, values.map(Number)] };
  const { exact, prefix, suffix, present } = sorted(values);
  const ways = [
    ...(exact.length === 1 ? [{ "===": [value, exact[0]] }] : []),
    ...(exact.length > 1 ? [{ in: [value, exact] }] : []),
    ...prefix.map((text) => ({ startsWith: [value, text] })),
    ...suffix.map((text) => ({ endsWith: [value, text] })),
    ...(present.length > 0 ? [{ "!==": [value, ""] }] : []),
  ];
  return ways.length === 1 ? ways[0] : { or: ways };
}

export function load(policies) {
  const engine = new LogicEngine();
  const blocks = [];
  const pure = { deterministic: true, sync: true };
  engine.addMethod("startsWith", ([value, text]) => value.startsWith(text), pure);
  engine.addMethod("endsWith", ([value, text]) => value.endsWith(text), pure);
  engine.addMethod("inBlocks", ([value, index]) => blocks[index](value), pure);
  const compiled = new Map(
    workloadsOf(policies).map(({ key, conjunctions }) => {
      const some = (wanted) =>
        conjunctions
          .filter(({ deny }) => deny === wanted)
          .map(({ all }) => ({ and: all.map((one) => expressionOf(one, blocks)) }));
      const denied = some(true);
      const allowed = { or: some(false) };
      return [
        key,
        engine.build(denied.length > 0 ? { and: [{ "!": [{ or: denied }] }, allowed] } : allowed),
      ];
    }),
  );
  return {
    prepare: (request) => ({ run: compiled.get(keyOf(request)), request }),
    check: ({ run, request }) => Boolean(run(request)),
  };
}
