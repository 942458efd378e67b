import type { LoadOptions, Severity } from "@meshproof/engine";
import { type LintOptions, lintSets } from "@meshproof/engine/lint";
import { readerOf, readFiles } from "@meshproof/testkit/files";
import { type Command, isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { tellNamespaces } from "../format/assumed-namespaces.ts";
import type { Access, ExitCode } from "../io.ts";
import { configFile, type LintConfig, lintConfig, severities } from "../lint/config.ts";
import { type Linted, mend } from "../lint/mend.ts";
import { formats, outputsOf, writeLint } from "../lint/outputs.ts";
import { exitCode, reportedOf, stateOf } from "../lint/state.ts";
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
  diff: { help: "print what --fix would change, and change nothing; exit code as without it" },
  output: {
    short: "o",
    value: "FORMAT[=FILE]",
    multiple: true,
    help: `${formats.join(", ")} (default pretty); repeatable`,
  },
};

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
    const linted: Linted = { load, options, outputs, access, failOn: failOn(args, config) };
    return args.on("fix") || args.on("diff") ? mend(args, linted) : report(linted);
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

function failOn(args: Args, config: LintConfig): Severity {
  return severities.find((each) => each === args.one("fail-on")) ?? config.failOn ?? "error";
}

async function report({ load, options, outputs, access, failOn }: Linted): Promise<ExitCode> {
  const state = stateOf(load, options);
  await writeLint(reportedOf(state), outputs, access);
  tellNamespaces(state.assumptions, access.io);
  return exitCode(state, failOn);
}
