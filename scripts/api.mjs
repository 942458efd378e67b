// Writes what each package lets others see to packages/*/api.d.ts: `npm run api`. `--check` fails when one of them is out of date,
// so that no change of the public API goes unnoticed. Reads the declarations that the compiler emitted: the project must be built.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const packages = ["engine", "testkit", "cli"];

/** A file of declarations, by name: what it declares, imports and passes on. */
const files = new Map();

function parse(path) {
  const known = files.get(path);
  if (known !== undefined) return known;
  const file = { path, declared: new Map(), imported: new Map(), passed: new Map(), ambient: [] };
  files.set(path, file);
  for (const statement of statementsOf(readFileSync(path, "utf8"))) read(statement, file);
  return file;
}

/** The statements of a file without comments; every one begins in the first column. */
function statementsOf(text) {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'])\/\/.*$/gm, "$1");
  const lines = bare.split("\n").filter((line) => line.trim() !== "");
  const statements = [];
  for (const line of lines)
    if (/^(?:export|declare|import|type|interface|const|function|class)\b/.test(line))
      statements.push(line);
    else statements.push(`${statements.pop()}\n${line}`);
  return statements;
}

function read(statement, file) {
  const [, names, from] =
    /^(?:im|ex)port (?:type )?\{([^}]*)\} from "([^"]+)"/.exec(statement) ?? [];
  if (names !== undefined) {
    const to = statement.startsWith("import") ? file.imported : file.passed;
    const path = from.startsWith(".") ? target(file.path, from) : undefined;
    for (const [as, name] of namesIn(names)) to.set(as, { name, from: path, as: from });
  }
  const [, single, module] = /^import (?:type )?(\w+) from "([^"]+)"/.exec(statement) ?? [];
  if (single !== undefined) file.imported.set(single, { name: "default", as: module });
  if (/^(?:export )?declare module/.test(statement)) file.ambient.push(statement);
  const [, name] = declares.exec(statement) ?? [];
  if (name !== undefined) file.declared.set(name, `${file.declared.get(name) ?? ""}${statement}\n`);
}

const declares =
  /^(?:export )?(?:declare )?(?:abstract )?(?:function|const|interface|type|class) (\w+)/;

/** What stands between the braces of an import or export: the name here, and the name there. */
function namesIn(list) {
  const items = list.split(",").map((each) => each.trim().replace(/^type /, ""));
  return items
    .filter((item) => item !== "")
    .map((item) => {
      const [own, as = own] = item.split(" as ");
      return [as, own];
    });
}

function target(path, from) {
  return join(dirname(path), from.replace(/\.(?:ts|js)$/, ".d.ts"));
}

/** Takes a name of a file and everything that its declaration names into `seen`: by file, the names. */
function take(path, name, seen, outside) {
  const file = parse(path);
  const declaration = file.declared.get(name);
  if (file.passed.has(name) || declaration === undefined) return follow(file, name, seen, outside);
  const names = seen.get(path) ?? new Set();
  if (names.has(name)) return;
  seen.set(path, names.add(name));
  const words = [declaration, ...file.ambient]
    .join()
    .replace(/"[^"]*"/g, "")
    .match(/\w+/g);
  for (const word of new Set(words))
    if (file.declared.has(word) || file.imported.has(word)) take(path, word, seen, outside);
}

function follow(file, name, seen, outside) {
  const elsewhere = file.passed.get(name) ?? file.imported.get(name);
  if (elsewhere === undefined) throw new Error(`${relative(root, file.path)} declares no ${name}`);
  if (elsewhere.from === undefined) outside.add(`${elsewhere.as}: ${elsewhere.name}`);
  else take(elsewhere.from, elsewhere.name, seen, outside);
}

function exportsOf(path) {
  const file = parse(path);
  const own = [...file.declared]
    .filter(([, text]) => text.startsWith("export"))
    .map(([name]) => name);
  return [...file.passed.keys(), ...own].toSorted();
}

function apiOf(name) {
  const folder = join(root, "packages", name);
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const seen = new Map();
  const outside = new Set();
  const entries = Object.entries(exports).filter(([, entry]) => entry.types !== undefined);
  const lists = entries.map(([path, { types }]) => {
    const entry = join(folder, types);
    const names = exportsOf(entry);
    for (const each of names) take(entry, each, seen, outside);
    return `// ${join(`@meshproof/${name}`, path)}\n${names.map((each) => `//   ${each}\n`).join("")}`;
  });
  const sections = [...seen]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, names]) => {
      const { declared, ambient } = parse(path);
      const texts = [...declared].filter(([each]) => names.has(each)).map(([, text]) => text);
      return `// ${relative(folder, path)}\n${[...texts, ...ambient.map((text) => `${text}\n`)].join("")}`;
    });
  const others = [...outside]
    .toSorted()
    .map((each) => `//   ${each}\n`)
    .join("");
  return `// Written by \`npm run api\`: what others see of @meshproof/${name}, and all that it names.\n\n${[
    ...lists,
    ...(others === "" ? [] : [`// from elsewhere\n${others}`]),
    ...sections,
  ].join("\n")}`;
}

const check = process.argv.includes("--check");
for (const name of packages) {
  const path = join(root, "packages", name, "api.d.ts");
  const text = apiOf(name);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  if (!check) writeFileSync(path, text);
  console.error(`${relative(root, path)} ${check ? "is out of date: npm run api" : "written"}`);
  if (check) process.exitCode = 1;
}
