import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runVectors } from "@meshproof/testkit/conformance";
import type { ExitCode } from "../io.ts";
import { readJsonFiles, readVectorFiles } from "./read-files.ts";
import { runAdmission } from "./run-admission.ts";

const usage = `usage: npm run conformance -- FILE.jsonl[.gz] ...
  --show N      divergences of each group (3)
  --group KIND  only groups whose kind contains this
  --only ID     one scenario, or one request of it (ID/REQUEST), in full
  --no-jwt      only scenarios without RequestAuthentication and CUSTOM

   or: npm run conformance -- --admission FILE.jsonl [--corpus DIR]
  --admission FILE  what a real API server said of objects, instead of vectors
  --corpus DIR      where the files are that it names
`;

const options = {
  show: { type: "string", default: "3" },
  group: { type: "string" },
  only: { type: "string" },
  "no-jwt": { type: "boolean", default: false },
  admission: { type: "string" },
  corpus: { type: "string", default: "." },
  help: { type: "boolean", default: false },
} as const;

const world = new URL("../../../../policies/conformance/world", import.meta.url);

/** Runs files of vectors and says where the engine disagrees with what really happened. Exit code 1: somewhere. */
export async function runConformance(
  args: readonly string[],
  out: (text: string) => void,
): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.admission !== undefined) return runAdmission(values.admission, values.corpus, out);
  if (values.help || positionals.length === 0) {
    out(usage);
    return values.help ? 0 : 2;
  }
  const run = await runVectors(readVectorFiles(positionals), readJsonFiles(fileURLToPath(world)), {
    show: Number(values.show),
    group: values.group,
    only: values.only,
    noJwt: values["no-jwt"],
  });
  out(run.text);
  return run.divergences > 0 ? 1 : 0;
}
