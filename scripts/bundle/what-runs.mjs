import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startInTurn } from "./in-turn.mjs";

const counted = join(import.meta.dirname, "counted.mjs");

/**
 * What runs when these questions are asked. `start`: the module that starts the command. `module`: whether something of a module does; what
 * has nothing to run, does. A dependency counts as one, and what runs of it whenever it is loaded does not count. `between`: whether
 * something does between two offsets of a module of ours.
 */
export async function whatRuns(start, questions) {
  const atLeast = new Map(await countsOf(start, [{ args: ["check", "--help"] }]));
  const known = new Set();
  const ran = new Set();
  const starts = new Map();
  for (const [name, count] of await countsOf(start, questions)) {
    const [unit, place] = name.split("#");
    known.add(unit);
    const least = unit.includes("/node_modules/") ? (atLeast.get(name) ?? 0) : 0;
    if (count <= least) continue;
    ran.add(unit);
    starts.set(unit, [...(starts.get(unit) ?? []), Number(place.split(":").at(-1))]);
  }
  return {
    module: (id) => ran.has(unitOf(id)) || !known.has(unitOf(id)),
    between: (id, from, to) => starts.get(id)?.some((at) => at >= from && at < to) ?? true,
  };
}

/** How often each function was called in some runs: its unit and where it stands, and the number. */
async function countsOf(start, runs) {
  const folder = mkdtempSync(join(tmpdir(), "coverage-"));
  try {
    await startInTurn([counted, start], runs, { ...process.env, NODE_V8_COVERAGE: folder });
    return readdirSync(folder)
      .flatMap((report) => JSON.parse(readFileSync(join(folder, report), "utf8")).result)
      .flatMap(countsIn);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function countsIn({ url, functions: [, ...own] }) {
  return own.map(({ ranges: [{ startOffset, count }] }) => [
    `${unitOf(url)}#${url}:${startOffset}`,
    count,
  ]);
}

function unitOf(path) {
  const own = path.startsWith("file:") ? fileURLToPath(path) : path; // an address writes a space as %20
  return own.replace(/(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\/.*/, "$1");
}
