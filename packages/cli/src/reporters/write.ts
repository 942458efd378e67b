import type { Finding } from "@meshproof/engine";
import type { SuiteResult } from "@meshproof/testkit";
import type { Args, Misuse } from "../flags.ts";
import { formatFinding } from "../format/finding.ts";
import { checkJson } from "../format/json.ts";
import type { Access } from "../io.ts";
import { github } from "./github.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { outcomesOf, type Reporter } from "./outcome.ts";
import { pretty } from "./pretty.ts";
import { tap } from "./tap.ts";

const reporters: Readonly<Record<string, Reporter>> = {
  pretty: (report) => pretty(report, false),
  junit,
  tap,
  markdown,
  github,
};

/** Every format that there is. */
export const formats: readonly string[] = [...Object.keys(reporters), "json"];

/** A format, and the file it goes to; without one to stdout. */
export interface Output {
  readonly format: string;
  readonly file?: string;
}

/** Reads `-o FORMAT[=FILE]`. */
export function outputsOf(args: Args): readonly Output[] | Misuse {
  const outputs = args.many("output").map((text) => {
    const [format = "", ...rest] = text.split("=");
    return rest.length === 0 ? { format } : { format, file: rest.join("=") };
  });
  const unknown = outputs.find(({ format }) => !formats.includes(format));
  if (unknown !== undefined)
    return { misuse: `unknown output \`${unknown.format}\``, hint: `one of ${formats.join(", ")}` };
  return outputs.length === 0 ? [{ format: "pretty" }] : outputs;
}

/** A format for machines has stdout to itself. */
export function isForPeople({ format, file }: Output): boolean {
  return format === "pretty" || file !== undefined;
}

interface Reporting {
  readonly all: readonly Finding[];
  readonly outputs: readonly Output[];
  readonly args: Args;
  readonly access: Access;
}

/** Prints findings, and writes every report that is wanted. */
export async function writeReports(
  results: readonly SuiteResult[],
  reporting: Reporting,
): Promise<void> {
  const { all, outputs, args, access } = reporting;
  const { io, reader } = access;
  const texts = all.map((finding) => formatFinding(finding, reader));
  for (const text of texts) io.err(text);
  const errors = texts.filter((_, index) => all[index]?.severity === "error");
  const told = { outcomes: outcomesOf(results, reader), errors };
  for (const { format, file } of outputs) {
    const verbose = format === "pretty" && args.on("verbose");
    const text =
      format === "json"
        ? checkJson(results, all, { texts: reader.texts, verbose: args.on("verbose") })
        : verbose
          ? pretty(told, true)
          : (reporters[format]?.(told) ?? "");
    if (file === undefined) io.out(text);
    else await io.write(file, text);
  }
}
