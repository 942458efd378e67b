#!/usr/bin/env node
"use strict";
const { readFileSync, statSync, writeSync } = require("node:fs");

const root = __dirname.slice(0, -"/bin".length);
const bundle = `${root}/dist/bundle`;

/** Whether the bundle is there, and no older than what it was made of: someone may have compiled a change since. */
function isCurrent() {
  const made = changed(`${bundle}/authz.cjs`);
  const isOlder = (name) => changed(`${root}/../${name}/dist/.tsbuildinfo`) <= made;
  return made > 0 && isOlder("engine") && isOlder("testkit") && isOlder("cli");
}

function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const loaded = new Map();

/** A file of the bundle, with what V8 made of it before. What V8 cannot use, or never made, is kept when the process ends. */
function load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const module = { exports: {} };
  loaded.set(name, module);
  const { Script, constants } = require("node:vm");
  const filename = `${bundle}/${name}`;
  const text = readFileSync(filename, "latin1"); // `scripts/bundle.mjs` leaves nothing but ASCII
  const cache = cacheOf(name, text);
  const cachedData = keptIn(bundle, cache) ?? require("./kept.cjs").keptElsewhere(cache, keptIn);
  const script = new Script(text, {
    filename,
    cachedData,
    importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (cachedData === undefined || script.cachedDataRejected || process.env.AUTHZ_WARM)
    require("./kept.cjs").keepLater(bundle, cache, script);
  script.runInThisContext()(module.exports, requireHere, module, filename);
  module.isRead = true;
  if (module.isAsked) module.lend?.();
  return module;
}

/** What a file has for others: the whole of it is only put together when others ask. */
function lent(module) {
  if (module.isRead && !module.isAsked) module.lend?.();
  module.isAsked = true;
  return module.exports;
}

function requireHere(id) {
  return id.startsWith("./") ? lent(load(id.slice(2))) : require(id);
}

const { version, platform, arch, execArgv, env } = process;
const [, , command = "help"] = process.argv;
const asks = process.argv.includes("--help") || /[^a-z-]/.test(command) ? "help" : command;
const flags = execArgv.length > 0 || env.NODE_OPTIONS ? require("./kept.cjs").flagsTag() : "";
const node = `${version}-${platform}-${arch}${flags}`;

/**
 * Each command has what V8 made of its own, since it made what ran; and each node, by its version and flags. The file itself is told by
 * what it begins with: V8 only compares lengths.
 */
function cacheOf(name, text) {
  const mark = text.slice("/*".length, text.indexOf("*/"));
  return `${name}.${asks}.${mark}.${node}.cache`;
}

function keptIn(folder, cache) {
  try {
    return readFileSync(`${folder}/${cache}`);
  } catch {
    return undefined;
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

/**
 * V8 looks closer at what has run a few times, makes fast code of what has run for a while, and makes it anew whenever it learns more of it: most
 * commands are through by then, and have paid for it. So it waits longer before it does, by what each V8 calls that, and gives young objects
 * all of their room at once. Node 24 has a cheaper compiler in between, and is left alone. The webhook runs for months, and says itself how to
 * collect.
 */
const patience = {
  20: ["interrupt-budget-factor-for-feedback-allocation=32", "interrupt-budget=1000000"],
  22: ["invocation-count-for-feedback-allocation=32", "invocation-count-for-turbofan=30000"],
};

function bePatient() {
  const waits = patience[Number.parseInt(version.slice(1), 10)];
  if (waits === undefined || command === "serve") return; // V8 complains of a flag that it does not know
  const { setFlagsFromString } = require("node:v8");
  for (const flag of [...waits, "semi-space-growth-factor=16"]) setFlagsFromString(`--${flag}`);
}

const asksVersion = process.argv.length === 3 && command === "--version";
if (!(asksVersion && printVersion())) {
  bePatient();
  if (isCurrent()) load("authz.cjs").exports.start();
  else import("../dist/main.js");
}
