import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** What vitest's JSON reporter says of one test. */
export interface Reported {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: "passed" | "failed" | "skipped" | "pending" | "todo";
  readonly failureMessages: readonly string[];
  readonly meta: {
    readonly suite?: { readonly file: string; readonly line: number; readonly column: number };
  };
}

const root = join(import.meta.dirname, "../../../..");

/** Runs vitest as a user would, on one file of this folder. */
export async function runVitest(
  include: string,
  environment: Readonly<Record<string, string>>,
): Promise<readonly Reported[]> {
  const folder = await mkdtemp(join(tmpdir(), "vitest-"));
  const output = join(folder, "report.json");
  const config = join(import.meta.dirname, "vitest.config.ts");
  const { VITEST: _nested, VITEST_POOL_ID: _pool, VITEST_WORKER_ID: _worker, ...env } = process.env;
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", config];
  const run = promisify(execFile)(
    process.execPath,
    [...args, "--reporter=json", `--outputFile=${output}`],
    { cwd: root, env: { ...env, INCLUDE: include, ...environment }, maxBuffer: 1 << 28 },
  );
  const printed = await run.then(
    ({ stderr }) => stderr,
    ({ stderr }: { stderr: string }) => stderr,
  );
  const text = await readFile(output, "utf8").catch(() => {
    throw new Error(printed);
  });
  await rm(folder, { recursive: true });
  const report: {
    testResults: readonly { assertionResults: readonly Reported[]; message: string }[];
  } = JSON.parse(text);
  const failed = report.testResults.find(({ message }) => message !== "");
  if (failed !== undefined) throw new Error(failed.message);
  return report.testResults.flatMap(({ assertionResults }) => assertionResults);
}
