import { didYouMean, parseDocuments } from "@meshproof/engine";
import { isMisuse } from "./command.ts";
import { type Args, type Flags, type Misuse, parseFlags } from "./flags.ts";
import type { Io } from "./io.ts";
import { brokenConfig, configFile } from "./lint/config.ts";
import { isAddress, variableOf } from "./variables.ts";
import { worldFlags } from "./world-flags.ts";

/**
 * A command line with what it leaves out: first the environment (`AUTHZ_ISTIO` for `--istio`), then the command's own section of
 * the config file, then what the config file says for all commands. Flags win.
 */
export async function withDefaults(
  args: Args,
  command: { readonly name: string; readonly flags: Flags; readonly names: readonly string[] },
  io: Io,
): Promise<Args | Misuse> {
  const config = await readConfig(io);
  if (isMisuse(config)) return config;
  const { name, flags, names } = command;
  const stranger = Object.keys(config.commands).find((each) => !names.includes(each));
  if (stranger !== undefined)
    return refused(`unknown command \`commands.${stranger}\``, stranger, names);
  const own = section(config.commands[name] ?? {}, flags, `commands.${name}`);
  if (isMisuse(own)) return own;
  const shared = section(config.flags, worldFlags, "flags");
  if (isMisuse(shared)) return shared;
  const known = shared.filter((flag) => Object.hasOwn(flags, nameOf(flag)));
  let merged = args;
  for (const layer of [fromEnvironment(flags, io), own, known]) {
    const parsed = parsedLayer(layer, merged, flags);
    if (isMisuse(parsed)) return parsed;
    merged = behind(merged, parsed);
  }
  return merged;
}

/** A flag as it would be written, and where it comes from. */
interface Stated {
  readonly flag: string; // --istio=1.31
  readonly source: string;
}

function nameOf({ flag }: Stated): string {
  return flag.replace(/^--/, "").replace(/=.*$/s, "");
}

/** What nearer layers leave out. */
function parsedLayer(layer: readonly Stated[], nearer: Args, flags: Flags): Args | Misuse {
  const open = layer.filter((stated) => !nearer.on(nameOf(stated)));
  for (const { flag, source } of open) {
    const wrong = parseFlags([flag], flags);
    if (isMisuse(wrong)) return { ...wrong, misuse: `${source}: ${wrong.misuse}` };
  }
  return parseFlags(
    open.map(({ flag }) => flag),
    flags,
  );
}

function behind(nearer: Args, further: Args): Args {
  const of = (name: string): Args => (nearer.on(name) ? nearer : further);
  return {
    positionals: nearer.positionals,
    one: (name) => of(name).one(name),
    many: (name) => of(name).many(name),
    on: (name) => nearer.on(name) || further.on(name),
  };
}

/** Several values stand between commas; a flag without a value is on with `true`. */
function fromEnvironment(flags: Flags, { env }: Io): readonly Stated[] {
  if (env === undefined) return [];
  return Object.entries(flags).flatMap(([name, { value, multiple }]): readonly Stated[] => {
    const source = variableOf(name);
    const text = env(source);
    if (text === undefined || text === "" || isAddress(source, text)) return [];
    if (value === undefined && text === "false") return [];
    if (value === undefined)
      return [{ flag: text === "true" ? `--${name}` : `--${name}=${text}`, source }];
    const values = multiple ? text.split(",") : [text];
    return values.map((each) => ({ flag: `--${name}=${each}`, source }));
  });
}

type Mapping = Readonly<Record<string, unknown>>;

/** What the config file says besides `lint`, which `authz lint` reads. */
interface Config {
  readonly flags: Mapping;
  readonly commands: Readonly<Record<string, Mapping>>;
}

const sections = ["flags", "commands", "lint"];

async function readConfig(io: Io): Promise<Config | Misuse> {
  const nothing: Config = { flags: {}, commands: {} };
  if ((await io.list(configFile)) === undefined) return nothing;
  const text = await io.read(configFile);
  const { documents, findings } = parseDocuments({ path: configFile, text });
  const [broken] = findings;
  if (broken !== undefined) return brokenConfig(broken, text);
  const [first, second] = documents;
  if (second !== undefined) return { misuse: `${configFile}: one document, not several` };
  return configOf(first?.value);
}

function configOf(value: unknown): Config | Misuse {
  const root = mapping(value, "the file");
  if (isMisuse(root)) return root;
  const unknown = Object.keys(root).find((key) => !sections.includes(key));
  if (unknown !== undefined) return refused(`unknown key \`${unknown}\``, unknown, sections);
  const flags = mapping(root["flags"], "`flags`");
  const named = mapping(root["commands"], "`commands`");
  if (isMisuse(flags)) return flags;
  if (isMisuse(named)) return named;
  const commands: Record<string, Mapping> = {};
  for (const [name, stated] of Object.entries(named)) {
    const own = mapping(stated, `\`commands.${name}\``);
    if (isMisuse(own)) return own;
    commands[name] = own;
  }
  return { flags, commands };
}

/** The flags of a section as they would be written. */
function section(stated: Mapping, flags: Flags, path: string): readonly Stated[] | Misuse {
  const all: Stated[] = [];
  for (const [name, value] of Object.entries(stated)) {
    if (!Object.hasOwn(flags, name))
      return refused(`unknown flag \`${path}.${name}\``, name, Object.keys(flags));
    if (value === false || value === null) continue;
    const source = `${configFile}: ${path}.${name}`;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const each of values)
      all.push({ flag: each === true ? `--${name}` : `--${name}=${String(each)}`, source });
  }
  return all;
}

function refused(what: string, name: string, known: readonly string[]): Misuse {
  return {
    misuse: `${configFile}: ${what}`,
    hint: didYouMean(name, known) ?? `known are ${known.join(", ")}`,
  };
}

/** What is not there says nothing. */
function mapping(value: unknown, what: string): Mapping | Misuse {
  if (value === undefined || value === null) return {};
  return typeof value === "object" && !Array.isArray(value)
    ? { ...value }
    : { misuse: `${configFile}: ${what} must be a mapping` };
}
