import { defineConfig } from "vitest/config";

/** Tests run on the sources; `AUTHZ_DIST=1` runs the same tests on what was built. */
const conditions = process.env["AUTHZ_DIST"] ? [] : ["@meshproof/source"];

const shared = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "engine",
          include: ["packages/engine/test/**/*.test.ts"],
          benchmark: { include: ["packages/engine/bench/**/*.bench.ts"] },
          pool: "forks",
          execArgv: ["--disallow-code-generation-from-strings"],
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: "tools",
          include: ["packages/{testkit,cli}/test/**/*.test.ts"],
          pool: "forks",
          execArgv: ["--disallow-code-generation-from-strings"],
          benchmark: { include: ["packages/{testkit,cli}/bench/**/*.bench.ts"] },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
