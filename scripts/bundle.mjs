// The command as a few files, with what V8 made of them: starting it then costs little more than starting node.
//   node scripts/bundle.mjs
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { checks } from "./bundle/checks.mjs";
import { analyses, files } from "./bundle/questions.mjs";
import { modulesAskedFor, quick } from "./bundle/rest.mjs";
import { isSeldom, seldomApart, wholeOf } from "./bundle/seldom.mjs";
import { warm } from "./bundle/warm.mjs";
import { whatRuns } from "./bundle/what-runs.mjs";

const cli = join(import.meta.dirname, "../packages/cli");
const out = join(cli, "dist/bundle");
const start = join(cli, "dist/start.js");

/**
 * Three files hold what the command needs to start and for `check`, which is started most: `authz.cjs`, what runs in everyday checks;
 * `seldom.cjs`, the other functions of the same modules, and `rest.cjs`, the other modules. Both are read when something of them is
 * first needed. What only questions about all requests need is one file, `analysis.cjs`: each file that is read takes its time.
 */
const needed = await modulesOf([start, join(cli, "dist/commands/check.js")]);
const asking = [...new Set(analyses.map(([name]) => join(cli, `dist/commands/${name}.js`)))];
const analysing = await modulesOf(asking);
const asked = [...checks, ...analyses.map((args) => ({ args, files }))];
const runs = await whatRuns(start, asked);

await build(new Set());
await warm(join(cli, "bin/authz.cjs"));

/** Writes the files, again if everyday questions ask for something of the rest after all: reading it would read all of it. */
async function build(apart) {
  const isEveryday = (id) => (!isSeldom(id) && runs.module(id)) || apart.has(id);
  const isNeeded = (id) => needed.has(wholeOf(id));
  const isSplit = (id) => needed.has(id) && isOwn(id) && runs.module(id);
  const groups = [
    { name: "check", test: (id) => isNeeded(id) && isEveryday(id) },
    { name: "seldom", test: (id) => isNeeded(id) && isSeldom(id) && !isEveryday(id) },
    { name: "analysis", test: (id) => analysing.has(wholeOf(id)) && !isNeeded(id) },
    { name: "rest", test: (id) => isNeeded(id) && !isSeldom(id) && !isEveryday(id) },
  ];
  const made = await bundled({ authz: start }, groups, seldomApart(isSplit, runs.between));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const [[helpers], parts] = split(made, ({ fileName }) => fileName === "rolldown-runtime.cjs");
  for (const { fileName, code } of parts)
    writeFileSync(join(out, fileName), quick(code, helpers.code));
  const more = await modulesAskedFor(out, parts, asked);
  if (more.length > 0) await build(new Set([...apart, ...more]));
}

function split(all, isOne) {
  return [all.filter(isOne), all.filter((each) => !isOne(each))];
}

function isOwn(id) {
  return !id.includes("/node_modules/");
}

async function bundled(input, groups, plugin) {
  const bundle = await rolldown({
    input,
    plugins: [plugin],
    platform: "node",
    logLevel: "warn",
    preserveEntrySignatures: "allow-extension",
  });
  const { output } = await bundle.generate({
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    minifyInternalExports: false,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } }, // stack traces stay readable
    codeSplitting: { includeDependenciesRecursively: false, groups },
  });
  await bundle.close();
  return output;
}

/** The modules of which something is used when these are loaded, without what they load later. */
async function modulesOf(input) {
  const later = { name: "later", resolveDynamicImport: (id) => ({ id: `${id}`, external: true }) };
  const alone = await rolldown({ input, platform: "node", logLevel: "silent", plugins: [later] });
  const { output } = await alone.generate({ format: "cjs" });
  await alone.close();
  return new Set(output.flatMap(({ modules }) => Object.keys(modules)));
}
