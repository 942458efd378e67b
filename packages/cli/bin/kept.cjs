"use strict";
const { lstatSync, mkdirSync, readdirSync, renameSync } = require("node:fs");
const { rmSync, statSync, writeFileSync } = require("node:fs");
const { isAbsolute, join } = require("node:path");

/** Where something is kept if the package itself cannot be written: folders that are the user's alone, since V8 trusts what it finds there. */
function ownFolders() {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env;
  const user = process.getuid?.();
  const all = [
    XDG_CACHE_HOME && join(XDG_CACHE_HOME, "authz"),
    HOME && join(HOME, ".cache/authz"),
    LOCALAPPDATA && join(LOCALAPPDATA, "authz"),
    user !== undefined && join(require("node:os").tmpdir(), `authz-${user}`),
  ];
  return all.filter((folder) => folder && isAbsolute(folder));
}

function isOwn(folder) {
  const user = process.getuid?.();
  try {
    const about = lstatSync(folder);
    if (!about.isDirectory()) return false;
    return user === undefined || (about.uid === user && (about.mode & 0o22) === 0);
  } catch {
    return false;
  }
}

/** What was kept outside of the package. */
function keptElsewhere(cache, keptIn) {
  for (const folder of ownFolders()) {
    const kept = isOwn(folder) ? keptIn(folder, cache) : undefined;
    if (kept !== undefined) return kept;
  }
  return undefined;
}

const waiting = [];

/** Keeps what V8 made of a file when the process ends: by then that is what ran of it. */
function keepLater(folder, cache, script) {
  waiting.push({ folder, cache, script });
  if (waiting.length === 1) process.on("exit", keepAll);
}

const misuse = 2;

function keepAll(code) {
  if (code === misuse && waiting.some(({ cache }) => !cache.includes(".help."))) return;
  for (const { folder, cache, script } of waiting) {
    const data = script.createCachedData();
    const kept =
      write(folder, cache, data) || ownFolders().some((own) => writeOwn(own, cache, data));
    if (!kept) return;
  }
}

function writeOwn(folder, cache, data) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    return false;
  }
  return isOwn(folder) && write(folder, cache, data);
}

/** Whoever reads at the same time sees all of it or nothing; where the disk is full, nothing stays. */
function write(folder, cache, data) {
  const unfinished = join(folder, `${cache}.${process.pid}`);
  try {
    writeFileSync(unfinished, data, { flag: "wx" });
    renameSync(unfinished, join(folder, cache));
    forgetOld(folder, cache);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") remove(unfinished);
    return false;
  }
}

/** If it can be: whatever is left for the next one must not keep this one from its answer. */
function remove(path) {
  try {
    rmSync(path, { force: true });
  } catch {}
}

const most = 4;

/** A few versions of node and of the package may come in turn. */
function forgetOld(folder, cache) {
  const [start] = /^.*?\.cjs\.[^.]*\./.exec(cache);
  const all = readdirSync(folder).filter((name) => name.startsWith(start));
  const byAge = all.map((name) => ({ path: join(folder, name), age: ageOf(join(folder, name)) }));
  byAge.sort((one, other) => other.age - one.age);
  for (const { path } of byAge.slice(most)) remove(path);
}

function ageOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** What V8 itself tells its work by where flags may change that: what loads it is too slow for a start without any. */
function flagsTag() {
  return `-${require("node:v8").cachedDataVersionTag().toString(16)}`;
}

module.exports = { flagsTag, keepLater, keptElsewhere };
