import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** The peers in bench/node_modules, and the project built. */
export function prepare() {
  const inherit = { stdio: ["ignore", "ignore", "inherit"] };
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], {
    cwd: import.meta.dirname,
    ...inherit,
  });
  execFileSync("npm", ["run", "prepare"], { cwd: join(import.meta.dirname, ".."), ...inherit });
}
