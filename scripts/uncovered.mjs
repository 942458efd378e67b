// Proves coverage by an independent way: takes every single value out of the text of the example policies, one after the other, and runs
// the suites again. Some suite must fail, or `authz test --coverage` must have listed the value as not covered, and never both or neither:
// `npm run uncovered`. Needs a built project.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isCollection, isMap, isScalar, parseAllDocuments } from "yaml";
import { nodeIo } from "../packages/cli/dist/node-io.js";
import { run } from "../packages/cli/dist/run.js";

const root = process.argv[2] ?? "policies/examples";
const policyKinds = ["AuthorizationPolicy", "RequestAuthentication", "PeerAuthentication"];

/** The folders that hold suites, with the YAML files of each. */
function folders(folder) {
  const entries = readdirSync(folder).map((name) => join(folder, name));
  const files = entries.filter((path) => /\.ya?ml$/.test(path));
  const isSuite = (path) => /^kind: Suite$/m.test(readFileSync(path, "utf8"));
  if (files.some(isSuite)) return [{ folder, files }];
  return entries.filter((path) => statSync(path).isDirectory()).flatMap(folders);
}

/** `authz test` on a folder, with some files changed. */
async function authz(folder, changed, ...flags) {
  let printed = "";
  const written = {};
  const write = (text) => {
    printed += text;
  };
  const code = await run(["test", folder, ...flags], {
    ...nodeIo,
    out: write,
    err: write,
    colour: false,
    read: (path) => (path in changed ? Promise.resolve(changed[path]) : nodeIo.read(path)),
    write: (path, text) => Promise.resolve(Object.assign(written, { [path]: text })),
  });
  return { code, printed, written };
}

/** The paths of all scalars below a node. */
function scalars(node, path = []) {
  if (isScalar(node)) return [{ path, node }];
  if (!isCollection(node)) return [];
  return node.items.flatMap((item, index) =>
    isMap(node) ? scalars(item.value, [...path, item.key.value]) : scalars(item, [...path, index]),
  );
}

/** Takes a value out, and what is left empty by it: its list, its field, its entry. A rule that is left empty stays, and asks for nothing. */
function remove(document, path) {
  document.deleteIn(path);
  for (let above = path.slice(0, -1); above.length > 3; above = above.slice(0, -1)) {
    const node = document.getIn(above, true);
    const left = isMap(node) ? node.items.filter(({ key }) => key.value !== "key") : node.items;
    if (left.length > 0) return;
    document.deleteIn(above);
  }
}

/** A value of a list inside a rule is what coverage counts; issuers, selectors, modes and the like are not. */
function isPiece(path) {
  const [, list] = path;
  return ["rules", "jwtRules"].includes(list) && typeof path.at(-1) === "number";
}

function positionOf(text, offset) {
  const before = text.slice(0, offset);
  return `${before.split("\n").length}:${offset - before.lastIndexOf("\n")}`;
}

function values(text) {
  return parseAllDocuments(text).flatMap((document, index) =>
    policyKinds.includes(document.get?.("kind"))
      ? scalars(document.get("spec"), ["spec"]).map(({ path, node }) => ({
          index,
          path,
          at: positionOf(text, node.range[0]),
        }))
      : [],
  );
}

function without(text, { index, path }) {
  const documents = parseAllDocuments(text);
  remove(documents[index], path);
  return documents.map((document) => String(document).replace(/^---\n/, "")).join("---\n");
}

async function statesOf(folder) {
  const { code, printed, written } = await authz(folder, {}, "--coverage-output", "json=coverage");
  if (code !== 0) throw new Error(`the suites of ${folder} do not hold\n${printed}`);
  const pieces = JSON.parse(written.coverage).pieces.filter(({ kind }) => kind === "value");
  return new Map(
    pieces.map(({ at, state }) => [`${at.file}:${at.line}:${at.column}`, state === "needed"]),
  );
}

const counts = { held: 0, listed: 0, wrong: 0, "others noticed": 0, "others not noticed": 0 };
for (const { folder, files } of folders(root)) {
  const covered = await statesOf(folder);
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    for (const value of values(text)) {
      const { code } = await authz(dirname(file), { [file]: without(text, value) });
      const place = `${file}:${value.at}`;
      if (!isPiece(value.path)) counts[code === 0 ? "others not noticed" : "others noticed"] += 1;
      else if (covered.get(place) === (code !== 0)) counts[code === 0 ? "listed" : "held"] += 1;
      else {
        counts.wrong += 1;
        const told = covered.has(place) ? `covered: ${covered.get(place)}` : "not listed at all";
        console.error(`${place}: without ${value.path.join(".")} exit code ${code}, ${told}`);
      }
    }
  }
}
console.log(
  `${counts.held + counts.listed + counts.wrong} values: without ${counts.held} of them a suite fails, ${counts.listed} are listed as not covered, ${counts.wrong} are neither`,
);
console.log(
  `what is no piece (selectors, issuers, modes): ${counts["others noticed"]} noticed, ${counts["others not noticed"]} not`,
);
process.exitCode = counts.wrong === 0 && counts.held > 0 ? 0 : 1;
