// Are decisions slower than in the last release? node bench/compare.mjs [GIT-REVISION] [--rounds 5]
// Builds that revision in a temporary folder and runs both builds in one job. Exit code 1: some ratio is above 1.25.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepare } from "./prepare.mjs";
import { interleaved } from "./run.mjs";

const root = join(import.meta.dirname, "..");
const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
const named = process.argv[2]?.startsWith("--") ? undefined : process.argv[2];
const tags = git("tag", "--list", "v*", "--sort=-version:refname").split("\n");
const revision = named ?? tags[0];
if (revision === "") {
  console.log("there is no release yet: name a revision");
  process.exit(0);
}
const at = process.argv.indexOf("--rounds");
const rounds = at < 0 ? 5 : Number(process.argv[at + 1]);

prepare();
const folder = mkdtempSync(join(tmpdir(), "compare-"));
try {
  execFileSync(
    "sh",
    ["-c", `git archive ${git("rev-parse", revision)} | tar -x -C "$1"`, "_", folder],
    { cwd: root },
  );
  execFileSync("npx", ["-y", "pnpm@10", "install", "--frozen-lockfile"], {
    cwd: folder,
    stdio: "ignore",
  });
  const env = { BENCH_DIST: join(folder, "packages/engine/dist") };
  const specs = [["W1"], ["W1", "fresh"], ["W2"], ["W3"], ["W4"]];
  const cases = specs.flatMap((spec) => [
    [`${spec.join(" ")} now`, { args: ["decide", "product", ...spec] }],
    [`${spec.join(" ")} then`, { args: ["decide", "product", ...spec], env }],
  ]);
  const results = interleaved(Object.fromEntries(cases), rounds, (text) =>
    process.stderr.write(`${text}\n`),
  );
  console.log(`| work | now to ${revision} |\n| --- | ---: |`);
  for (const spec of specs.map((each) => each.join(" "))) {
    const [now, then] = [results[`${spec} now`]?.ns, results[`${spec} then`]?.ns];
    const ratio = now / then; // no number where one was not measured: a failure
    console.log(`| ${spec} | ${now && then ? `${ratio.toFixed(2)} x` : "not measured"} |`);
    if (!(ratio <= 1.25)) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
