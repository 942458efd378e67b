import { defineConfig } from "vitest/config";

/** What someone set for the command, or git for a hook that runs the tests, is none of theirs. */
for (const name of Object.keys(process.env))
  if (/^(?:AUTHZ_(?!DIST$)|GIT_)/.test(name)) delete process.env[name];
Object.assign(process.env, { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" });

/** Tests run on the sources; `AUTHZ_DIST=1` runs the same tests on what was built. */
const conditions = process.env["AUTHZ_DIST"] ? [] : ["@meshproof/source"];

/**
 * Vitest reads a file of snapshots by making code of its text, so these tests need what all others go without.
 * A test with `toMatchSnapshot` or `toMatchAccessSnapshot` that is missing here fails where `CI` is set.
 */
const withSnapshots = [
  "packages/cli/test/{coverage,test}.test.ts",
  "packages/testkit/test/{variants,vitest}.test.ts",
];

/** A test in which nothing is expected cannot fail: a loop over nothing, an `expect` that is never reached. */
const strict = { expect: { requireAssertions: true }, testTimeout: 60_000 };

const shared = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  ...shared,
  test: {
    maxWorkers: "100%", // vitest leaves a core idle, which is half of two
    projects: [
      {
        ...shared,
        test: {
          name: "engine",
          include: ["packages/engine/test/**/*.test.ts"],
          benchmark: { include: ["packages/engine/bench/**/*.bench.ts"] },
          pool: "forks",
          execArgv: ["--disallow-code-generation-from-strings"],
          ...strict,
        },
      },
      {
        ...shared,
        test: {
          name: "tools",
          include: ["packages/{testkit,cli}/test/**/*.test.ts"],
          exclude: withSnapshots,
          pool: "forks",
          execArgv: ["--disallow-code-generation-from-strings"],
          benchmark: { include: ["packages/{testkit,cli}/bench/**/*.bench.ts"] },
          ...strict,
        },
      },
      {
        ...shared,
        test: {
          name: "snapshots",
          include: withSnapshots,
          pool: "forks",
          benchmark: { include: [] },
          ...strict,
        },
      },
    ],
  },
});
