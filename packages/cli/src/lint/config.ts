import { type Finding, parseDocuments, type Severity } from "@meshproof/engine";
import { type LintSet, lintSets, type Suppression } from "@meshproof/engine/lint";
import { isMisuse } from "../command.ts";
import type { Misuse } from "../flags.ts";
import { positionText } from "../format/position.ts";
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
  const written = await io.read(file);
  const { documents, findings } = parseDocuments({ path: file, text: written });
  const [broken] = findings;
  if (broken !== undefined) return brokenConfig(broken, written);
  const root = documents[0]?.value;
  const lint = mapping(root)["lint"];
  const shape = wrongShape(root, lint);
  return shape === undefined
    ? read(file, mapping(lint))
    : { ...shape, misuse: `${file}: ${shape.misuse}` };
}

/** A config file that is no YAML, with the place of that. */
export function brokenConfig({ at, message, hint }: Finding, text: string): Misuse {
  const place = positionText(at, { texts: new Map([[at.file, text]]) });
  return { misuse: `${place}: ${message}`, ...(hint === undefined ? {} : { hint }) };
}

const keys: readonly string[] = ["suppress", "failOn", "sets"];
const itemKeys: readonly string[] = ["code", "resource", "reason"];

/** What would be read as nothing, or as more than is meant: an unknown key, one value where a list belongs. */
function wrongShape(root: unknown, lint: unknown): Misuse | undefined {
  if (root !== undefined && root !== null && !isMapping(root))
    return { misuse: "a mapping is expected" };
  if (lint !== undefined && !isMapping(lint))
    return { misuse: "`lint` is a mapping", hint: keys.join(", ") };
  const own = mapping(lint);
  const unknown = Object.keys(own).find((key) => !keys.includes(key));
  if (unknown !== undefined)
    return { misuse: `unknown key \`lint.${unknown}\``, hint: keys.join(", ") };
  for (const key of ["suppress", "sets"])
    if (own[key] !== undefined && !Array.isArray(own[key]))
      return { misuse: `\`lint.${key}\` is a list` };
  for (const item of list(own["suppress"])) {
    const strange = isMapping(item) ? Object.keys(item).find((key) => !itemKeys.includes(key)) : "";
    if (strange !== undefined)
      return {
        misuse: `unknown key \`${strange}\` in \`lint.suppress\``,
        hint: itemKeys.join(", "),
      };
  }
  return undefined;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
  const known = lintSets.filter((set) => sets.includes(set));
  if (known.length < new Set(sets).size)
    return { misuse: `${file}: \`lint.sets\` knows ${lintSets.join(", ")}` };
  return {
    suppress,
    sets: known,
    ...(failOn === undefined ? {} : { failOn }),
  };
}

/** Every severity, the worst first. */
export const severities: readonly Severity[] = ["error", "warning", "info"];

function mapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
