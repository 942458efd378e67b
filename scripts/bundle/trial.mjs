// Runs the command from the files of a bundle, as often as stdin says, and says which names of `rest.cjs` and `seldom.cjs` it asked for.
//   node scripts/bundle/trial.mjs FOLDER ANSWER
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";
import { runInTurn } from "./in-turn.mjs";

const [folder, answer] = process.argv.slice(2);

const names = new Set();
const modules = new Map();
const require = createRequire(join(folder, "authz.cjs"));
let started = false;

/** What of them is asked for before the command starts cannot be had yet: it only ends up in tables. */
const noting = (path) =>
  new Proxy(
    {},
    {
      get: (_target, name) => {
        names.add(String(name));
        return started ? read(path, read)[name] : standIn();
      },
    },
  );
const apart = new Map(["./rest.cjs", "./seldom.cjs"].map((path) => [path, noting(path)]));

/** Stands for anything: a list, a text, a function, a class, and whatever is in them. */
function standIn() {
  const parts = { [Symbol.iterator]: [][Symbol.iterator], [Symbol.toPrimitive]: () => "" };
  return new Proxy(function anything() {}, {
    get: (_target, name) => parts[name] ?? standIn(),
    apply: standIn,
  });
}

function read(path, from = readOutside) {
  if (!path.startsWith("./")) return require(path);
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  modules.set(path, module);
  const script = new Script(readFileSync(join(folder, path), "utf8"));
  script.runInThisContext()(module.exports, from, module);
  module.lend?.();
  return module.exports;
}

/** As the other files read those: through what takes notes. */
function readOutside(path) {
  return apart.get(path) ?? read(path);
}

const { start } = read("./authz.cjs");
started = true;
await runInTurn(start);
writeFileSync(answer, JSON.stringify([...names]));
