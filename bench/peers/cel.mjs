/* @marcbachmann/cel-js: a program for each conjunction, in order; the first that holds decides. */
import { Environment } from "@marcbachmann/cel-js";
import { blockScan, keyOf, sorted, workloadsOf } from "./shared.mjs";

const quoted = (text) => JSON.stringify(text);
const nameOf = (attribute) => (attribute === "namespace" ? "source" : attribute); // CEL has reserved the word

export function load(policies) {
  const environment = new Environment({ limits: { maxAstNodes: 1e6, maxListElements: 1e5 } });
  for (const name of ["principal", "source", "ip", "method", "path"])
    environment.registerVariable(name, "string");
  environment.registerVariable("port", "int");
  const blocks = [];
  const sets = {};
  environment.registerFunction("inBlocks(string, int): bool", (ip, index) =>
    blocks[Number(index)](ip),
  );

  const setOf = (texts) => {
    const name = `set${Object.keys(sets).length}`;
    environment.registerVariable(name, "map");
    sets[name] = Object.fromEntries(texts.map((text) => [text, true]));
    return name;
  };
  const expression = ({ attribute, kind, negated, values }) => {
    const name = nameOf(attribute);
    const positive = positiveOf(name, kind, values).join(" || ");
    return negated ? `!(${positive})` : `(${positive})`;
  };
  const positiveOf = (name, kind, values) => {
    if (kind === "block") return [`inBlocks(ip, ${blocks.push(blockScan(values)) - 1})`];
    if (kind === "port") return [`port in [${values.map(Number).join(", ")}]`];
    const { exact, prefix, suffix, present } = sorted(values);
    return [
      ...(exact.length === 1 ? [`${name} == ${quoted(exact[0])}`] : []),
      ...(exact.length > 16 ? [`${name} in ${setOf(exact)}`] : []),
      ...(exact.length > 1 && exact.length <= 16
        ? [`${name} in [${exact.map(quoted).join(", ")}]`]
        : []),
      ...prefix.map((text) => `${name}.startsWith(${quoted(text)})`),
      ...suffix.map((text) => `${name}.endsWith(${quoted(text)})`),
      ...(present.length > 0 ? [`${name} != ""`] : []),
    ];
  };
  const texts = workloadsOf(policies).map(({ key, conjunctions }) => [
    key,
    conjunctions.map(({ deny, all }) => ({
      deny,
      text: all.map(expression).join(" && ") || "true",
    })),
  ]);
  const programs = new Map(
    texts.map(([key, all]) => [
      key,
      all.map(({ deny, text }) => ({ deny, run: environment.parse(text) })),
    ]),
  );
  return {
    prepare: (request) => {
      const { principal, namespace, ip, method, path, port } = request;
      return {
        all: programs.get(keyOf(request)),
        values: { ...sets, principal, source: namespace, ip, method, path, port: BigInt(port) },
      };
    },
    check: ({ all, values }) => {
      for (const { deny, run } of all) if (run(values)) return !deny;
      return false;
    },
  };
}
