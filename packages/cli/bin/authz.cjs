#!/usr/bin/env node
"use strict";
const { readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } = require("node:fs");
const { join } = require("node:path");

const dist = join(__dirname, "../dist");
const bundle = join(dist, "bundle");

/** Whether the bundle is there, and no older than what it was made of: someone may have compiled a change since. */
function isCurrent() {
  const made = changed(join(bundle, "authz.cjs"));
  const sources = ["engine", "testkit", "cli"].map((name) =>
    join(__dirname, "../..", name, "dist/.tsbuildinfo"),
  );
  return made > 0 && sources.every((path) => changed(path) <= made);
}

function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const loaded = new Map();
const unkept = [];

/** A file of the bundle, with what V8 made of it before. What V8 cannot use, or never made, is made when the process ends. */
function load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  const { Script, constants } = require("node:vm");
  const path = join(bundle, name);
  const text = readFileSync(path, "latin1"); // `scripts/bundle.mjs` leaves nothing but ASCII
  const cachedData = keptOf(path, text);
  const script = new Script(text, {
    filename: path,
    cachedData,
    importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (cachedData === undefined || script.cachedDataRejected || process.env.AUTHZ_WARM)
    unkept.push([path, text, script]);
  script.runInThisContext()(module.exports, requireHere, module, path);
  return module.exports;
}

function requireHere(id) {
  return id.startsWith("./") ? load(id.slice(2)) : require(id);
}

/** What a file of the bundle begins with says which one it is: V8 itself only compares lengths. */
const mark = "/*0123456789abcdef*/".length;

function keptOf(path, text) {
  try {
    const kept = readFileSync(`${path}.cache`);
    const data = kept.subarray(0, -mark);
    return kept.latin1Slice(data.length) === text.slice(0, mark) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Not where the package is read-only. Whoever reads at the same time sees all of it or nothing. */
function keep(path, text, script) {
  const unfinished = `${path}.${process.pid}`;
  try {
    writeFileSync(unfinished, "", { flag: "wx" });
  } catch {
    return;
  }
  try {
    const data = script.createCachedData();
    writeFileSync(unfinished, Buffer.concat([data, Buffer.from(text.slice(0, mark))]));
    renameSync(unfinished, `${path}.cache`);
  } catch {
    rmSync(unfinished, { force: true });
  }
}

/** Without the stream of the process, which takes longer to set up than all the rest of it. */
function printVersion() {
  const text = `authz ${require("../package.json").version}\n`;
  try {
    return writeSync(1, text) > 0;
  } catch {
    return false; // the program has more ways to write, and to say that it cannot
  }
}

process.on("exit", () => {
  for (const each of unkept) keep(...each);
});
const asksVersion = process.argv.length === 3 && process.argv[2] === "--version";
if (!(asksVersion && printVersion())) {
  if (isCurrent()) load("authz.cjs").start();
  else import("../dist/main.js");
}
