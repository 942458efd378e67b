// Packs the packages, installs them into an empty project, and uses them there as the pages of docs/ say, with Node 20 and the newest
// Node there is; then what publishes and documents them is asked for its opinion: `npm run test:packed`. Needs the npm registry, a
// Chromium (CHROMIUM names it) and some minutes. Its tools are installed into a temporary folder; `--keep` leaves it there.
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
import { dirname, join } from "node:path";
import { blocksOf } from "./packed/blocks.mjs";
import { openPage } from "./packed/browser.mjs";
import { documentation } from "./packed/documentation.mjs";
import { run } from "./packed/run.mjs";

const root = join(import.meta.dirname, "..");
const packages = ["engine", "testkit", "cli"];
const tools = [
  "publint@0.3.25",
  "@arethetypeswrong/cli@0.18.5",
  "typedoc@0.28.20",
  "typescript@5.9.3",
  "vite@8.3.8",
];
const beside = ["vitest@4.1.12", "fast-check@4.10.2", "typescript@5.9.3", "@types/node@20.19.43"];

const folder = mkdtempSync(join(tmpdir(), "packed-"));
const at = (...parts) => join(folder, ...parts);
const results = [];

async function step(name, work) {
  const start = performance.now();
  const fault = await work().then(
    () => undefined,
    (error) => error.message,
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${fault === undefined ? "✓" : "✗"} ${name} (${seconds} s)`);
  if (fault !== undefined) console.error(fault.replace(/^/gm, "    "));
  results.push(fault === undefined);
  return fault === undefined;
}

function emptyProject(name) {
  mkdirSync(at(name), { recursive: true });
  writeFileSync(at(name, "package.json"), '{ "private": true, "type": "module" }\n');
  return at(name);
}

const npm = (cwd, ...specs) =>
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...specs], { cwd });

function tarballs() {
  return readdirSync(at("tarballs")).map((name) => at("tarballs", name));
}

async function pack() {
  await run("npm", ["run", "prepare"], { cwd: root });
  mkdirSync(at("tarballs"));
  for (const name of packages)
    await run("npx", ["-y", "pnpm@10", "pack", "--pack-destination", at("tarballs")], {
      cwd: join(root, "packages", name),
    });
}

async function install() {
  const project = emptyProject("project");
  await npm(project, ...tarballs(), ...beside);
  cpSync(join(root, "scripts/packed/project"), project, { recursive: true });
  for (const page of ["engine.md", "testkit.md"])
    for (const { name, text } of blocksOf(join(root, "docs", page))) {
      mkdirSync(dirname(join(project, name)), { recursive: true });
      writeFileSync(join(project, name), text);
    }
  await npm(emptyProject("tools"), ...tools);
  await npm(emptyProject("node-20"), "node@20");
  await npm(emptyProject("node-newest"), "node@latest");
}

const nodeOf = (name) => at(name, "node_modules/.bin/node");

/** What the pages say is printed is printed. */
async function programs(node) {
  for (const { name, printed } of blocksOf(join(root, "docs/engine.md"))) {
    if (printed === undefined) continue;
    const { out } = await run(node, [join("out", name.replace(/\.ts$/, ".js"))], {
      cwd: at("project"),
    });
    if (out !== printed) throw new Error(`${name} printed\n${out}\nand not\n${printed}`);
  }
}

async function suites(node) {
  const authz = at("project/node_modules/@meshproof/cli/bin/authz.js");
  const { out } = await run(node, [authz, "test", "policies/", "-v"], { cwd: at("project") });
  if (!out.includes("2 passed, 0 failed")) throw new Error(out);
}

async function vitest(node, ...flags) {
  const bin = at("project/node_modules/vitest/vitest.mjs");
  const env = { AUTHZ_COVERAGE: "coverage" };
  rmSync(at("project/coverage"), { recursive: true, force: true });
  const { out } = await run(node, [bin, "run", ...flags], { cwd: at("project"), env });
  if (!/Test Files {2}4 passed/.test(out)) throw new Error(out);
  const authz = at("project/node_modules/@meshproof/cli/bin/authz.js");
  const merged = [authz, "test", "policies/", "--coverage", "--coverage-merge", "coverage"];
  await run(node, [...merged, "--coverage-threshold", "70"], { cwd: at("project") });
}

async function page() {
  const vite = at("tools/node_modules/vite/bin/vite.js");
  await run(process.execPath, [vite, "build", "page", "--logLevel=error"], { cwd: at("project") });
  const shown = await openPage(at("project/page/dist"));
  const wanted = "GET / allow, GET /admin deny, GET /%61dmin deny";
  if (shown !== wanted) throw new Error(`the page shows\n${shown}\nand not\n${wanted}`);
}

async function manifests() {
  for (const name of packages) {
    const manifest = JSON.parse(
      readFileSync(at("project/node_modules/@meshproof", name, "package.json"), "utf8"),
    );
    if (manifest.type !== "module") throw new Error(`${name} is not ESM only`);
    if (name !== "cli" && manifest.sideEffects !== false)
      throw new Error(`${name} has side effects`);
  }
  const dist = at("project/node_modules/@meshproof/engine/dist");
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".js"),
  );
  const impure = files.filter((file) =>
    /["']node:|\bprocess\./.test(readFileSync(join(dist, file), "utf8")),
  );
  if (impure.length > 0) throw new Error(`of Node: ${impure.join(", ")}`);
}

async function opinions() {
  for (const tarball of tarballs()) {
    await run(at("tools/node_modules/.bin/publint"), ["run", tarball, "--strict"], { cwd: folder });
    await run(at("tools/node_modules/.bin/attw"), [tarball, "--profile", "esm-only"], {
      cwd: folder,
    });
  }
}

try {
  const ready =
    (await step("packages are built and packed", pack)) &&
    (await step("an empty project takes them", install));
  if (ready) {
    const tsc = at("project/node_modules/typescript/bin/tsc");
    await step("what the pages say compiles", () =>
      run(process.execPath, [tsc, "-p", "."], { cwd: at("project") }),
    );
    for (const [name, flags] of [
      ["node-20", ["-u"]],
      ["node-newest", []],
    ]) {
      const version = (await run(nodeOf(name), ["--version"], { cwd: folder })).out.trim();
      await step(`${version}: the engine's examples print what they say`, () =>
        programs(nodeOf(name)),
      );
      await step(`${version}: admission reviews are answered`, () =>
        run(nodeOf(name), ["admission.mjs"], { cwd: at("project") }),
      );
      await step(`${version}: authz test`, () => suites(nodeOf(name)));
      await step(`${version}: vitest, and its coverage merged with that of suites`, () =>
        vitest(nodeOf(name), ...flags),
      );
    }
    await step("a page bundled by vite, in a browser, under a strict CSP", page);
    await step("ESM only, without side effects, nothing of Node's in the engine", manifests);
    await step("publint and are-the-types-wrong", opinions);
    await step("typedoc", () => documentation(root, at("tools"), packages));
  }
  await step("the public API is the one that was written down", () =>
    run(process.execPath, [join(root, "scripts/api.mjs"), "--check"], { cwd: root }),
  );
} finally {
  if (process.argv.includes("--keep")) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}
const failed = results.filter((passed) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
