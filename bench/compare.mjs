// Are decisions slower than in the last release? node bench/compare.mjs [GIT-REVISION] [--rounds 5]
// Builds that revision (else that of bench/last-release) in a temporary folder and runs both builds in one job.
// Exit code 1: some decision of rows 1 to 4 takes more than 1.25 times as long, or was not measured; 2: the revision is not there.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sized } from "./deciding.mjs";
import { prepare } from "./prepare.mjs";
import { interleaved } from "./run.mjs";

const root = join(import.meta.dirname, "..");
const git = (...args) =>
  execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "5" } },
  allowPositionals: true,
});
const recorded = () => readFileSync(join(import.meta.dirname, "last-release"), "utf8").trim();
const revision = positionals[0] ?? recorded();
const rounds = Number(values.rounds);
const commit = found() ?? (fetched() ? found() : undefined);
if (commit === undefined) {
  console.error(`${revision} is not in this clone and could not be fetched: git fetch --unshallow`);
  process.exit(2);
}

/** The commit of the revision. Undefined: a shallow clone may not have it. */
function found() {
  try {
    return git("rev-parse", "--verify", "--quiet", `${revision}^{commit}`).trim();
  } catch {
    return undefined;
  }
}

function fetched() {
  try {
    const isShallow = git("rev-parse", "--is-shallow-repository").trim() === "true";
    git("fetch", ...(isShallow ? ["--depth", "1"] : []), "origin", revision);
    return true;
  } catch {
    return false;
  }
}

prepare();
const folder = mkdtempSync(join(tmpdir(), "compare-"));
try {
  execFileSync("sh", ["-c", `git archive ${commit} | tar -x -C "$1"`, "_", folder], { cwd: root });
  execFileSync("npx", ["-y", "pnpm@10", "install", "--frozen-lockfile"], {
    cwd: folder,
    stdio: "ignore",
  });
  const env = { BENCH_DIST: join(folder, "packages/engine/dist") };
  const specs = [["W1"], ["W1", "fresh"], ["W2"], ["W3"], ["W4"]];
  const cases = specs.flatMap(([spec, ...mode]) => {
    const [name, args] = [[spec, ...mode].join(" "), ["decide", "product", sized(spec), ...mode]];
    return [
      [`${name} now`, { args }],
      [`${name} then`, { args, env }],
    ];
  });
  const results = interleaved(Object.fromEntries(cases), rounds, (text) =>
    process.stderr.write(`${text}\n`),
  );
  console.log(`| work | now to ${commit.slice(0, 7)} |\n| --- | ---: |`);
  for (const spec of specs.map((each) => each.join(" "))) {
    const [now, then] = [results[`${spec} now`]?.ns, results[`${spec} then`]?.ns];
    const ratio = now / then; // no number where one was not measured: a failure
    console.log(`| ${spec} | ${now && then ? `${ratio.toFixed(2)} x` : "not measured"} |`);
    if (!(ratio <= 1.25)) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
