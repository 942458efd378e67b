import { type Coverage, coverageOf, mergeCoverage, type SuiteResult } from "@meshproof/testkit";
import { isMisuse } from "../command.ts";
import { type Args, type Flags, type Misuse, pairOf } from "../flags.ts";
import type { Texts } from "../format/position.ts";
import type { Access, ExitCode } from "../io.ts";
import { cobertura } from "./cobertura.ts";
import { coverageHtml } from "./html.ts";
import { coverageJson } from "./json.ts";
import { lcov } from "./lcov.ts";
import { percentOf } from "./percent.ts";
import { readFragments } from "./read-fragments.ts";
import { coverageText } from "./text.ts";

type Writer = (coverage: Coverage, texts: Texts) => string;

const writers: Readonly<Record<string, Writer>> = {
  lcov,
  cobertura,
  json: coverageJson,
  html: coverageHtml,
};
const formats = Object.keys(writers);

/** The flags of `authz test` that are about coverage; each of them turns it on. */
export const coverageFlags: Flags = {
  coverage: { help: "which pieces of the policies no test hangs on" },
  "coverage-threshold": { value: "PERCENT", help: "fail when fewer of the pieces are covered" },
  "coverage-merge": {
    value: "PATH",
    multiple: true,
    help: "what vitest left in the folder that AUTHZ_COVERAGE named; repeatable",
  },
  "coverage-output": {
    value: "FORMAT=FILE",
    multiple: true,
    help: `${formats.join(", ")}; repeatable`,
  },
};

/** What of coverage is asked for. */
export interface CoverageWanted {
  readonly threshold?: number;
  readonly outputs: readonly (readonly [format: string, file: string])[];
  readonly merge: readonly string[]; // files and folders with what other runs covered
}

/** Reads those flags. Undefined: coverage is not wanted. */
export function coverageWanted(args: Args): CoverageWanted | Misuse | undefined {
  if (!Object.keys(coverageFlags).some((name) => args.on(name))) return undefined;
  const outputs: (readonly [string, string])[] = [];
  for (const text of args.many("coverage-output")) {
    const pair = pairOf(text);
    if (pair === undefined || !formats.includes(pair[0]))
      return {
        misuse: `\`--coverage-output ${text}\`: FORMAT=FILE`,
        hint: `formats: ${formats.join(", ")}`,
      };
    outputs.push(pair);
  }
  const text = args.one("coverage-threshold");
  const merge = args.many("coverage-merge");
  if (text === undefined) return { outputs, merge };
  const threshold = Number(text);
  if (!(text.trim() !== "" && threshold >= 0 && threshold <= 100))
    return { misuse: `\`--coverage-threshold ${text}\`: a number from 0 to 100` };
  return { outputs, threshold, merge };
}

interface Telling {
  readonly access: Access;
  readonly tell: (text: string) => void; // where the summary goes
}

/** Measures coverage and tells it. Below the threshold the run has failed. */
export async function cover(
  results: readonly SuiteResult[],
  { outputs, threshold, merge }: CoverageWanted,
  { access, tell }: Telling,
): Promise<ExitCode | Misuse> {
  const { io, reader } = access;
  const others = await readFragments(merge, access);
  if (isMisuse(others)) return others;
  const coverage = mergeCoverage([await coverageOf(results), ...others]);
  for (const [format, file] of outputs)
    await io.write(file, writers[format]?.(coverage, reader) ?? "");
  tell(coverageText(coverage, reader));
  if (threshold === undefined || percentOf(coverage.pieces) >= threshold) return 0;
  io.err(`coverage is below ${threshold}%\n`);
  return 1;
}
