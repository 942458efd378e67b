/*
 * What the questions of the analysis take in the command itself, which keeps what V8 made of its files: processor time in milliseconds, minima
 * of the rounds, as a line of JSON for each question and size. `all`: from the loaded mesh, `answered`: without what istiod tells the proxies,
 * `search`: also without the witnesses. `mb`: the most memory that the process had, in MB.
 *
 *     node packages/engine/bench/analysis/in-command.mjs 10 100 1000 500x20      # 500 workloads of 20 rules; after `npm run prepare`
 *
 * BENCH_ROUNDS=15; BENCH_ASK=diff,prove,who,lint: some of them. BENCH_SET: other sets of rules, as JSON, such as {"suffixes":0}. BENCH_BESIDE
 * names a module with functions of these names that take the count and give back `besideCpu`, of many workloads `mesh-diff` and so on: each is
 * called in a process of its own.
 * The command that is measured is a copy: clocks are put around functions of its bundle.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { anonymous, manyWorkloads, one } from "./measures.mjs";
import { ruleSet, withOneChange } from "./rule-sets.mjs";

const cli = join(import.meta.dirname, "../../../cli");
const set = JSON.parse(process.env.BENCH_SET ?? "{}");
const rounds = Number(process.env.BENCH_ROUNDS ?? 9);

/** What is asked, by which function of which part of the bundle. */
const questions = {
  diff: {
    part: "analysis.cjs",
    by: "diffMeshes",
    args: ({ old, changed }) => ["diff", old, changed],
  },
  prove: { part: "analysis.cjs", by: "prove", args: ({ stated }) => ["prove", stated] },
  who: { part: "analysis.cjs", by: "whoCan", args: ({ old }) => [...whoCan, "-f", old] },
  lint: { part: "lint.cjs", by: "pointEffects", args: ({ old }) => ["lint", old] },
};
const whoCan = ["who-can", "ns/prod", "--http", "GET /api/v1/res-0/list"];
/** An invariant of the old mesh, as a document. */
function statedText(invariant) {
  const spec = { mesh: ["old.json"], invariants: [invariant] };
  const metadata = { name: "bench" };
  return JSON.stringify({
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "Invariants",
    metadata,
    spec,
  });
}

/** A function of the bundle, the same with a clock around it, which the first one starts. */
function clocked(text, name, isAsked) {
  const [found, ...others] = text.match(new RegExp(`function ${name}(?:\\$\\d+)?\\(`, "g")) ?? [];
  if (!found || others.length > 0)
    throw new Error(`the bundle has no function ${name}, or several`);
  const own = `globalThis.spent${isAsked ? "??={}" : ""}`;
  const clock = `${found}...given){if(!(${own}))return ${name}$whole(...given);const from=process.cpuUsage(),made=${name}$whole(...given),{user,system}=process.cpuUsage(from);globalThis.spent.${name}=(globalThis.spent.${name}??0)+(user+system)/1000;return made}`;
  return text.replace(found, `${clock}function ${name}$whole(`);
}

const tell =
  'process.on("exit",()=>process.stderr.write("\\nspent "+JSON.stringify({...globalThis.spent,mb:process.resourceUsage().maxRSS/1000})+"\\n"));';

/** The command with clocks around a question; where it is. */
function copied(folder, { part, by }) {
  for (const each of ["bin", "dist/bundle", "package.json"])
    cpSync(join(cli, each), join(folder, each), { recursive: true, preserveTimestamps: true });
  const bundle = join(folder, "dist/bundle");
  for (const name of readdirSync(bundle)) if (name.endsWith(".cache")) rmSync(join(bundle, name));
  const file = join(bundle, part);
  const told = clocked(readFileSync(file, "latin1"), "toldTo", false);
  const witnesses = part === "lint.cjs" ? told : clocked(told, "witnessIn", false);
  const text = clocked(witnesses, by, true);
  const [start] = text.match(new RegExp(`function ${by}(?:\\$\\d+)?\\(`)) ?? [];
  writeFileSync(file, text.replace(start, `${tell}${start}`), "latin1");
  return join(folder, "bin/authz.cjs");
}

const authentication = {
  apiVersion: "security.istio.io/v1",
  kind: "RequestAuthentication",
  metadata: { name: "jwt", namespace: "prod" },
  spec: { jwtRules: [{ issuer: "https://idp.example.com" }, { issuer: "https://login.corp" }] },
};

function written(folder, name, items) {
  const file = join(folder, `${name}.json`);
  const list = { apiVersion: "v1", kind: "List", items: [authentication, ...items] };
  writeFileSync(file, JSON.stringify(list));
  return file;
}

function spentBy(command, { by, args }, files) {
  const options = { encoding: "utf8", maxBuffer: 1 << 28 };
  const { stderr } = spawnSync(process.execPath, [command, ...args(files)], options);
  const [, spent] = /^spent (.*)$/m.exec(stderr) ?? [];
  const { [by]: all, toldTo = 0, witnessIn = 0, mb } = JSON.parse(spent);
  const answered = all - toldTo;
  return { all, answered, search: answered - witnessIn, mb };
}

function besideOf(name, count) {
  const module = pathToFileURL(resolve(process.env.BENCH_BESIDE)).href;
  const code = `const asked = await import(${JSON.stringify(module)}); console.log(asked[${JSON.stringify(name)}](${count}).besideCpu)`;
  const args = ["--input-type=module", "-e", code];
  return { beside: Number(spawnSync(process.execPath, args, { encoding: "utf8" }).stdout) };
}

function least(measured) {
  const names = Object.keys(measured[0]);
  return Object.fromEntries(
    names.map((name) => [name, Math.min(...measured.map((each) => each[name]))]),
  );
}

/** Some rules of one workload, or for each of many; and the same with a rule changed. */
function meshesOf(count, isMany) {
  if (isMany) return [() => false, () => true].map((change) => manyWorkloads(count, change));
  return [ruleSet(count, set), withOneChange(ruleSet(count, set))];
}

function filesIn(folder, count, isMany) {
  const [old, changed] = meshesOf(count, isMany);
  const stated = join(folder, "stated.yaml");
  writeFileSync(stated, statedText(isMany ? anonymous : one));
  return { old: written(folder, "old", old), changed: written(folder, "new", changed), stated };
}

function measured(question, command, files, { count, name }) {
  spentBy(command, questions[question], files); // what V8 makes is kept
  const all = Array.from({ length: rounds }, () => ({
    ...spentBy(command, questions[question], files),
    ...(process.env.BENCH_BESIDE ? besideOf(name, count) : {}),
  }));
  return least(all);
}

const folder = mkdtempSync(join(tmpdir(), "in-command-"));
const asked = process.env.BENCH_ASK?.split(",") ?? Object.keys(questions);
const commands = asked.map((question) => copied(join(folder, question), questions[question]));
for (const size of process.argv.slice(2)) {
  const count = Number(size.split("x")[0]);
  const isMany = size.includes("x");
  const at = join(folder, size);
  mkdirSync(at);
  const files = filesIn(at, count, isMany);
  for (const [index, question] of asked.entries()) {
    if (isMany && question === "who") continue; // it asks about one
    const name = isMany ? `mesh-${question}` : question;
    const result = measured(question, commands[index], files, { count, name });
    console.log(JSON.stringify({ question, size, ...result }));
  }
}
rmSync(folder, { recursive: true });
