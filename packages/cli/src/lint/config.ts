import { parseDocuments, type Severity } from "@meshproof/engine";
import type { LintSet, Suppression } from "@meshproof/engine/lint";
import { isMisuse } from "../command.ts";
import type { Misuse } from "../flags.ts";
import type { Io } from "../io.ts";
import { checked } from "./suppressions.ts";

/** What `lint` of a config file says. */
export interface LintConfig {
  readonly suppress: readonly Suppression[];
  readonly failOn?: Severity;
  readonly sets: readonly LintSet[];
}

/** The file that is read when it is there. */
export const configFile = "authz.config.yaml";

const nothing: LintConfig = { suppress: [], sets: [] };

/** Reads `lint` of the config file: `suppress`, `failOn`, `sets`. An unknown key is an error. */
export async function lintConfig(path: string | undefined, io: Io): Promise<LintConfig | Misuse> {
  if (path === undefined && (await io.list(configFile)) === undefined) return nothing;
  const file = path ?? configFile;
  const { documents, findings } = parseDocuments({ path: file, text: await io.read(file) });
  const [broken] = findings;
  if (broken !== undefined) return { misuse: `${file}: ${broken.message}` };
  const root = mapping(documents[0]?.value);
  const lint = mapping(root["lint"]);
  const unknown = Object.keys(lint).find((key) => !["suppress", "failOn", "sets"].includes(key));
  if (unknown !== undefined)
    return { misuse: `${file}: unknown key \`lint.${unknown}\``, hint: "suppress, failOn, sets" };
  return read(file, lint);
}

type Mapping = Readonly<Record<string, unknown>>;

function read(file: string, lint: Mapping): LintConfig | Misuse {
  const suppress: Suppression[] = [];
  for (const item of list(lint["suppress"])) {
    const { code, resource, reason } = mapping(item);
    const read = checked({
      code: text(code),
      reason: text(reason),
      ...(resource === undefined ? {} : { resource: text(resource) }),
    });
    if (isMisuse(read)) return { ...read, misuse: `${file}: ${read.misuse}` };
    suppress.push(read);
  }
  const failOn = severities.find((each) => each === lint["failOn"]);
  if (lint["failOn"] !== undefined && failOn === undefined)
    return { misuse: `${file}: \`lint.failOn\` is one of ${severities.join(", ")}` };
  const sets = list(lint["sets"]);
  if (sets.some((set) => set !== "workload-hygiene"))
    return { misuse: `${file}: \`lint.sets\` knows workload-hygiene` };
  return {
    suppress,
    sets: sets.length > 0 ? ["workload-hygiene"] : [],
    ...(failOn === undefined ? {} : { failOn }),
  };
}

/** Every severity, the worst first. */
export const severities: readonly Severity[] = ["error", "warning", "info"];

function mapping(value: unknown): Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
