#!/usr/bin/env node
"use strict";
const { readFileSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const dist = join(__dirname, "../dist");
const entry = join(dist, "bundle/authz.cjs");

/** Whether the bundle is there, and no older than what it was made of: someone may have compiled a change since. */
function isCurrent() {
  const made = changed(entry);
  const sources = ["engine", "testkit", "cli"].map((name) =>
    join(__dirname, "../..", name, "dist/.tsbuildinfo"),
  );
  return made > 0 && sources.every((path) => changed(path) <= made);
}

function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** From Node 22.8 on V8's work can be kept by Node itself. It lies beside the bundle: whoever may change the one may change the other. */
function startBundle() {
  const { enableCompileCache } = require("node:module");
  enableCompileCache?.(join(dist, "bundle/compile-cache"));
  const { start } = enableCompileCache === undefined ? loadCached(entry) : require(entry);
  start();
}

const loaded = new Map();

/** A file of the bundle, with what V8 made of it before; `AUTHZ_WARM` makes that. */
function loadCached(path) {
  const known = loaded.get(path);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(path, module);
  const { Script, constants } = require("node:vm");
  const code = `(function (exports, require, module, __filename) {${readFileSync(path, "utf8")}\n})`;
  const script = new Script(code, {
    filename: path,
    cachedData: readIfThere(`${path}.cache`),
    importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (process.env.AUTHZ_WARM !== undefined || script.cachedDataRejected)
    process.on("exit", () => keep(`${path}.cache`, script.createCachedData()));
  const load = (id) => (id.startsWith("./") ? loadCached(join(dist, "bundle", id)) : require(id));
  script.runInThisContext()(module.exports, load, module, path);
  return module.exports;
}

function readIfThere(path) {
  return changed(path) > 0 ? readFileSync(path) : undefined;
}

/** Not where the package is read-only. */
function keep(path, data) {
  try {
    writeFileSync(path, data);
  } catch {}
}

if (process.argv.length === 3 && process.argv[2] === "--version")
  process.stdout.write(`authz ${require("../package.json").version}\n`);
else if (isCurrent()) startBundle();
else import("../dist/main.js");
