import { type LoadOptions, loadMesh, type Severity } from "@meshproof/engine";
import type { LintOptions } from "@meshproof/engine/lint";
import { stdinName } from "@meshproof/testkit/files";
import type { Args, Misuse } from "../flags.ts";
import { tellNamespaces } from "../format/assumed-namespaces.ts";
import { difference } from "../format/explain-patch.ts";
import { formatFinding } from "../format/finding.ts";
import type { Access, ExitCode } from "../io.ts";
import { fixedFiles, isMendable } from "./fix.ts";
import { type Output, writeLint } from "./outputs.ts";
import { countsText, inOrder, ofLint, type Reported } from "./report.ts";
import { exitCode, isUnusable, reportedOf } from "./state.ts";

/** What `authz lint` was asked. */
export interface Linted {
  readonly load: LoadOptions;
  readonly options: LintOptions;
  readonly outputs: readonly Output[];
  readonly failOn: Severity;
  readonly access: Access;
}

/**
 * Makes every mechanical fix, or shows it. Counts, reports and exit code of `--fix` are about the files as they are then, those of
 * `--diff` about the files as they stand.
 */
export async function mend(args: Args, linted: Linted): Promise<ExitCode | Misuse> {
  const { load, options, failOn, access } = linted;
  const refused = misused(args, linted) ?? unread(load, access);
  if (refused !== undefined) return refused;
  const isFix = args.on("fix");
  const { files: changed, before, after } = fixedFiles(load, options);
  for (const [path, text] of changed) {
    const old = load.files.find((file) => file.path === path)?.text ?? "";
    access.io.out(`${path}\n${difference(old, text).join("\n")}\n`);
    if (isFix) await access.io.write(path, text);
  }
  const unmended = after.found.filter(isMendable).map((each) => ofLint(each, after.mesh));
  for (const { code, at, message } of inOrder(unmended))
    access.io.out(`${at.file}: cannot be mended in the text: ${code}: ${message}\n`);
  const state = isFix ? after : before;
  const reported = reportedOf(state);
  tellNamespaces(state.assumptions, access.io);
  access.io.out(summary(changed.size, reported, isFix));
  const texts = new Map([...access.reader.texts, ...(isFix ? changed : [])]);
  await writeLint(reported, linted.outputs.filter(hasFile), {
    ...access,
    reader: { ...access.reader, texts },
  });
  return exitCode(state, failOn);
}

function misused(args: Args, { load, outputs }: Linted): Misuse | undefined {
  if (args.on("fix") && args.on("diff"))
    return { misuse: "--fix changes files, and --diff changes none: one of them" };
  if (args.on("fix") && load.files.some(({ path }) => path === stdinName))
    return { misuse: "--fix changes files, and stdin is none", hint: "--diff prints the change" };
  const lost = outputs.find((output) => output.format !== "pretty" && !hasFile(output));
  if (lost === undefined) return undefined;
  const { format } = lost;
  return {
    misuse: `\`-o ${format}\`: what changes is printed there`,
    hint: `-o ${format}=FILE`,
  };
}

function hasFile({ file }: Output): boolean {
  return file !== undefined;
}

/** What is half read is left alone: what a fix takes for dead may be what the other half needs. */
function unread(load: LoadOptions, { io, reader }: Access): Misuse | undefined {
  const unusable = loadMesh(load).findings.filter(isUnusable);
  if (unusable.length === 0) return undefined;
  for (const finding of unusable) io.err(formatFinding(finding, reader));
  return { misuse: "nothing is mended where a part cannot be read" };
}

/** "1 file changed; left: 2 warnings". */
function summary(count: number, reported: readonly Reported[], isFix: boolean): string {
  const done = `${count} ${count === 1 ? "file" : "files"} ${isFix ? "changed" : "would change"}`;
  const [when, counts] = [isFix ? "left" : "as it stands", countsText(reported)];
  return `${done}; ${when}: ${counts}\n`;
}
