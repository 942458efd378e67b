import { join } from "node:path";
import { defineConfig } from "vitest/config";

const conditions = ["@meshproof/source"];

/** The files that stand in for a user's: `INCLUDE` names one. */
export default defineConfig({
  root: join(import.meta.dirname, "../../../.."),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: [`packages/testkit/test/vitest-fixture/${process.env["INCLUDE"]}.ts`] },
});
