import { type Finding, type LoadOptions, loadMesh } from "@meshproof/engine";
import { type LintOptions, lintMesh, lintSets } from "@meshproof/engine/lint";
import { readerOf, readFiles, stdinName } from "@meshproof/testkit/files";
import { type Command, isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { difference } from "../format/explain-patch.ts";
import { formatFinding } from "../format/finding.ts";
import type { Access, ExitCode } from "../io.ts";
import { configFile, type LintConfig, lintConfig, severities } from "../lint/config.ts";
import { fixedFiles } from "../lint/fix.ts";
import { formats, type Output, outputsOf, writeLint } from "../lint/outputs.ts";
import { inOrder, ofLint, ofLoading, type Reported, reaches } from "../lint/report.ts";
import { suppressionOf } from "../lint/suppressions.ts";
import { nothingAt } from "../nothing-at.ts";
import { type World, worldFlags, worldOf } from "../world-flags.ts";

const { keys: _keys, now: _now, assume: _assume, ...meshFlags } = worldFlags;

const flags: Flags = {
  ...meshFlags,
  "fail-on": {
    value: "SEVERITY",
    oneOf: severities,
    help: "exit 1 at a finding so bad, or worse (default error)",
  },
  suppress: {
    value: "CODE[@KIND/NS/NAME]=REASON",
    multiple: true,
    help: "a finding that is meant, and why",
  },
  set: {
    value: "SET",
    oneOf: lintSets,
    multiple: true,
    help: "look for more: limits, probes, timeouts, retries; what ambient mode would change",
  },
  config: {
    value: "FILE",
    help: `lint.suppress, lint.failOn, lint.sets (default ${configFile}, if it is there)`,
  },
  fix: { help: "mend what can be mended mechanically, in the files; comments and formatting stay" },
  diff: { help: "print what --fix would change, and change nothing" },
  output: {
    short: "o",
    value: "FORMAT[=FILE]",
    multiple: true,
    help: `${formats.join(", ")} (default pretty); repeatable`,
  },
};

interface Linted {
  readonly load: LoadOptions;
  readonly options: LintOptions;
  readonly config: LintConfig;
  readonly access: Access;
}

/** What is wrong, dead, risky, or not what it seems. */
export const lint: Command = {
  summary: "what is wrong, dead, risky, or not what it seems in these policies?",
  usage: ["MESH...     files, folders, globs, - for stdin"],
  about: `Every finding has a request that shows it, or a proof. docs/diagnostics.md describes each one.
On an object, the annotation meshproof.dev/lint-ignore holds lines of CODE: REASON.`,
  flags,
  async run(args, io) {
    const access: Access = { io, reader: readerOf(io) };
    const [world, outputs, config] = [
      await worldOf(args, io),
      outputsOf(args),
      await lintConfig(args.one("config"), io),
    ];
    if (isMisuse(world)) return world;
    if (isMisuse(outputs)) return outputs;
    if (isMisuse(config)) return config;
    const options = optionsOf(args, config);
    if (isMisuse(options)) return options;
    const load = await loadOf(args, world, access);
    if (isMisuse(load)) return load;
    const linted: Linted = { load, options, config, access };
    return args.on("fix") || args.on("diff") ? fix(args, linted) : report(args, linted, outputs);
  },
};

function optionsOf(args: Args, config: LintConfig): LintOptions | Misuse {
  const suppressions = [...config.suppress];
  for (const text of args.many("suppress")) {
    const suppression = suppressionOf(text);
    if (isMisuse(suppression)) return suppression;
    suppressions.push(suppression);
  }
  const asked = lintSets.filter((set) => args.many("set").includes(set));
  const sets = asked.length > 0 ? asked : config.sets;
  return { suppressions, sets };
}

async function loadOf(args: Args, world: World, access: Access): Promise<LoadOptions | Misuse> {
  const patterns = [...args.positionals, ...args.many("filename")];
  if (patterns.length === 0) return { misuse: "which mesh?", hint: "authz lint policies/" };
  const { files, missing } = await readFiles(patterns, ".", access);
  const [first] = missing;
  if (first !== undefined) return nothingAt(first, access);
  const { istio, namespace, features, admission, onDuplicate, allowEmpty } = world;
  return {
    files,
    ...(istio === undefined ? {} : { istio }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(features === undefined ? {} : { features }),
    ...(admission === undefined ? {} : { admission }),
    ...(onDuplicate === undefined ? {} : { onDuplicate }),
    ...(allowEmpty === undefined ? {} : { allowEmpty }),
  };
}

async function report(
  args: Args,
  { load, options, config, access }: Linted,
  outputs: readonly Output[],
): Promise<ExitCode> {
  const { mesh, findings } = loadMesh(load);
  const found = inOrder([
    ...findings.map(ofLoading),
    ...lintMesh(mesh, options).map((finding) => ofLint(finding, mesh)),
  ]);
  await writeLint(found, outputs, access);
  return exitCode(args, { found, findings, config });
}

interface Outcome {
  readonly found: readonly Reported[];
  readonly findings: readonly Finding[];
  readonly config: LintConfig;
}

/** Files that cannot be read as a mesh are unusable input; what an author can mend is a finding. */
function exitCode(args: Args, { found, findings, config }: Outcome): ExitCode {
  const threshold =
    severities.find((each) => each === args.one("fail-on")) ?? config.failOn ?? "error";
  if (findings.some(isUnusable)) return 2;
  return found.some((each) => reaches(each, threshold)) ? 1 : 0;
}

function isUnusable({ code, severity }: Finding): boolean {
  return severity === "error" && /^(?:yaml|load)\//.test(code);
}

/** What is half read is left alone: what a fix takes for dead may be what the other half needs. */
async function fix(args: Args, { load, options, access }: Linted): Promise<ExitCode | Misuse> {
  if (!args.on("diff") && load.files.some(({ path }) => path === stdinName))
    return { misuse: "--fix changes files, and stdin is none", hint: "--diff prints the change" };
  const unusable = loadMesh(load).findings.filter(isUnusable);
  if (unusable.length > 0) {
    for (const finding of unusable) access.io.err(formatFinding(finding, access.reader));
    return { misuse: "nothing is mended where a part cannot be read" };
  }
  const { files: changed, left, mesh } = fixedFiles(load, options);
  for (const [path, text] of changed) {
    const before = load.files.find((file) => file.path === path)?.text ?? "";
    access.io.out(`${path}\n${difference(before, text).join("\n")}\n`);
    if (!args.on("diff")) await access.io.write(path, text);
  }
  for (const { code, at, message } of inOrder(left.map((each) => ofLint(each, mesh))))
    access.io.out(`${at.file}: cannot be mended in the text: ${code}: ${message}\n`);
  const done = args.on("diff") ? "would change" : "changed";
  access.io.out(`${changed.size} ${changed.size === 1 ? "file" : "files"} ${done}\n`);
  return 0;
}
