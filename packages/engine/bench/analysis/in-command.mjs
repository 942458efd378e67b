/*
 * What a question of `authz diff` takes in the command itself, which keeps what V8 made of its files: processor time in milliseconds, minima of
 * the rounds, as a line of JSON for each size. `all`: from the loaded mesh, `answered`: without what istiod tells the proxies, `search`: also
 * without the witnesses.
 *
 *     node packages/engine/bench/analysis/in-command.mjs 10 100 1000      # BENCH_ROUNDS=15; after `npm run prepare`
 *
 * BENCH_BESIDE names a module with a function `diff` that takes the count and gives back `besideCpu`: it is called in a process of its own.
 * The command that is measured is a copy: clocks are put around three functions of its bundle.
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
import { ruleSet, withOneChange } from "./rule-sets.mjs";

const cli = join(import.meta.dirname, "../../../cli");
const rounds = Number(process.env.BENCH_ROUNDS ?? 9);

/** A function of the bundle, the same with a clock around it. */
function clocked(text, name) {
  const head = `function ${name}(`;
  if (text.split(head).length !== 2)
    throw new Error(`the bundle has no function ${name}, or several`);
  const clock = `function ${name}(...given){const from=process.cpuUsage(),made=${name}$whole(...given),{user,system}=process.cpuUsage(from);(globalThis.spent??={}).${name}=(globalThis.spent.${name}??0)+(user+system)/1000;return made}`;
  return text.replace(head, `${clock}function ${name}$whole(`);
}

/** The command with clocks; where it is. */
function copied(folder) {
  for (const part of ["bin", "dist/bundle", "package.json"])
    cpSync(join(cli, part), join(folder, part), { recursive: true, preserveTimestamps: true });
  const bundle = join(folder, "dist/bundle");
  for (const name of readdirSync(bundle)) if (name.endsWith(".cache")) rmSync(join(bundle, name));
  const file = join(bundle, "analysis.cjs");
  const asked = ["diffMeshes", "toldTo", "witnessIn"];
  const text = asked.reduce(clocked, readFileSync(file, "latin1"));
  const tell =
    'process.on("exit",()=>process.stderr.write("\\nspent "+JSON.stringify(globalThis.spent)+"\\n"));';
  writeFileSync(
    file,
    text.replace("function diffMeshes(", `${tell}function diffMeshes(`),
    "latin1",
  );
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

function spentBy(command, sides) {
  const options = { encoding: "utf8", maxBuffer: 1 << 28 };
  const { stderr } = spawnSync(process.execPath, [command, "diff", ...sides], options);
  const [, spent] = /^spent (.*)$/m.exec(stderr) ?? [];
  const { diffMeshes, toldTo, witnessIn } = JSON.parse(spent);
  const answered = diffMeshes - toldTo;
  return { all: diffMeshes, answered, search: answered - witnessIn };
}

function besideOf(count) {
  const module = pathToFileURL(resolve(process.env.BENCH_BESIDE)).href;
  const code = `const {diff} = await import(${JSON.stringify(module)}); console.log(diff(${count}).besideCpu)`;
  const args = ["--input-type=module", "-e", code];
  return { beside: Number(spawnSync(process.execPath, args, { encoding: "utf8" }).stdout) };
}

function least(measured) {
  const names = Object.keys(measured[0]);
  return Object.fromEntries(
    names.map((name) => [name, Math.min(...measured.map((each) => each[name]))]),
  );
}

const folder = mkdtempSync(join(tmpdir(), "in-command-"));
const command = copied(join(folder, "cli"));
for (const count of process.argv.slice(2).map(Number)) {
  const rules = ruleSet(count);
  const at = join(folder, String(count));
  mkdirSync(at);
  const sides = [written(at, "old", rules), written(at, "new", withOneChange(rules))];
  spentBy(command, sides); // what V8 makes is kept
  const measured = Array.from({ length: rounds }, () => ({
    ...spentBy(command, sides),
    ...(process.env.BENCH_BESIDE ? besideOf(count) : {}),
  }));
  console.log(JSON.stringify({ count, ...least(measured) }));
}
rmSync(folder, { recursive: true });
