import { didYouMean, istiodVariables, meshConfigMisfits } from "@meshproof/engine";
import type { Report } from "./report.ts";
import type { Environment } from "./suite.ts";

const above = ["spec", "environment"];

/** What a slip of the pen would turn off: istiod passes over fields and variables that it does not know. */
export function checkEnvironment(environment: Environment | undefined, report: Report): void {
  for (const { code, path: within, message, hint } of meshConfigMisfits(
    environment?.meshConfig ?? {},
  )) {
    const path = [...above, "meshConfig", ...within];
    if (code === "schema/unknown-field")
      report({ code: "suite/unknown-field", path, message, hint, key: true });
    else report({ code: "suite/invalid-field", path, message, hint });
  }
  for (const name of Object.keys(environment?.features ?? {})) {
    if (istiodVariables.includes(name)) continue;
    const path = [...above, "features", name];
    const message = `no answer depends on the variable \`${name}\` of istiod`;
    const hint = didYouMean(name, istiodVariables);
    report({ code: "suite/no-effect", path, message, hint, key: true });
  }
}
