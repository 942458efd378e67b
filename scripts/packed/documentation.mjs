import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.mjs";

const documented = ["Function", "Interface", "TypeAlias", "Variable", "Class", "Enum"];

/** Names that only shorten types that are there. */
const plumbing = { engine: ["Fields", "Pieces"], testkit: ["keyOf"], cli: [] };

/** Every export is documented, and so is all that it names: typedoc has nothing to warn of. */
export async function documentation(root, tools, packages) {
  const faults = [];
  for (const name of packages) {
    const folder = join(root, "packages", name);
    const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const sources = Object.values(exports).flatMap((entry) => entry["@meshproof/source"] ?? []);
    const options = {
      entryPoints: sources.map((source) => join(folder, source)),
      tsconfig: join(folder, "tsconfig.json"),
      out: join(tools, "docs", name),
      validation: {
        notExported: true,
        invalidLink: true,
        notDocumented: true,
        rewrittenLink: true,
      },
      requiredToBeDocumented: documented,
      intentionallyNotExported: plumbing[name],
      treatWarningsAsErrors: true,
      readme: "none",
      disableGit: true,
      disableSources: true,
    };
    mkdirSync(tools, { recursive: true });
    const file = join(tools, `typedoc-${name}.json`);
    writeFileSync(file, JSON.stringify(options));
    await run(join(tools, "node_modules/.bin/typedoc"), ["--options", file], { cwd: tools }).catch(
      ({ message }) => faults.push(message),
    );
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
}
