import { readFileSync } from "node:fs";
import { parseSync } from "rolldown/utils";

const mark = "?seldom";

/** The module that another is a part of. */
export function wholeOf(id) {
  return id.endsWith(mark) ? id.slice(0, -mark.length) : id;
}

export function isSeldom(id) {
  return id.endsWith(mark);
}

/**
 * Takes what does not run out of modules of which something runs: each is two modules then, which import each other, and the bundler puts
 * them into files of their own. Only functions move, and none that is mentioned while the module is evaluated: to be declared elsewhere
 * changes nothing for them.
 */
export function seldomApart(isSplit, runs) {
  const parts = new Map();
  const partsOf = (id) => {
    if (!parts.has(id)) parts.set(id, isSplit(id) ? split(id, runs) : undefined);
    return parts.get(id);
  };
  return {
    name: "seldom",
    resolveId: (id) => (isSeldom(id) ? id : undefined),
    load: (id) => (isSeldom(id) ? partsOf(wholeOf(id)).seldom : partsOf(id)?.often),
  };
}

function split(id, runs) {
  const text = readFileSync(id, "utf8");
  const all = parseSync(id, text).program.body.map((node) => statement(node, text));
  if (all.some(({ isVariable }) => isVariable)) return undefined; // what is imported cannot be assigned
  const evaluated = new Set(all.flatMap(({ name, uses }) => (name === undefined ? uses : [])));
  const moves = ({ name, start, end }) =>
    name !== undefined && !evaluated.has(name) && !runs(id, start, end);
  const seldom = all.filter(moves);
  if (seldom.length === 0) return undefined;
  const often = all.filter((each) => !moves(each));
  const imports = often.filter(({ isImport }) => isImport);
  const [here, there] = [often, seldom].map((some) => new Set(some.flatMap(({ own }) => own)));
  const needed = (names, users) =>
    users.flatMap(({ uses }) => uses).filter((use) => names.has(use));
  const from = quoted(id);
  const fromSeldom = quoted(`${id}${mark}`);
  const exported = (some) => some.filter(({ isExport }) => isExport).flatMap(({ own }) => own);
  const lent = new Set(needed(here, seldom));
  for (const name of exported(often)) lent.delete(name);
  return {
    often: [
      ...often.map((each) => each.text),
      `import { ${list(needed(there, often))} } from ${fromSeldom};`,
      `export { ${list(exported(seldom))} } from ${fromSeldom};`,
      `export { ${list(lent)} };`,
    ].join("\n"),
    seldom: [
      ...imports.map((each) => each.text),
      `import { ${list(needed(here, seldom))} } from ${from};`,
      ...seldom.map((each) => each.text),
      `export { ${list([...there].filter((name) => !exported(seldom).includes(name)))} };`,
    ].join("\n"),
  };
}

const quoted = (id) => JSON.stringify(id);
const list = (names) => [...new Set(names)].join(", ");

/** A statement of a module: what it declares and what it mentions. `name`: that of a function. */
function statement(node, text) {
  const isExport = node.type === "ExportNamedDeclaration" && node.declaration !== null;
  const declared = isExport ? node.declaration : node;
  const isFunction = declared.type === "FunctionDeclaration";
  return {
    text: text.slice(node.start, node.end),
    start: node.start,
    end: node.end,
    isExport,
    isImport: node.type === "ImportDeclaration",
    isVariable: declared.type === "VariableDeclaration" && declared.kind !== "const",
    ...(isFunction ? { name: declared.id.name } : {}),
    own: isFunction
      ? [declared.id.name]
      : (declared.declarations ?? []).flatMap(({ id }) => names(id)),
    uses: names(isFunction ? [declared.params, declared.body] : declared),
  };
}

/** Every identifier in a part of a program, be it only the name of a property. */
function names(part) {
  if (part === null || typeof part !== "object") return [];
  if (part.type === "Identifier") return [part.name];
  return Object.values(part).flatMap(names);
}
