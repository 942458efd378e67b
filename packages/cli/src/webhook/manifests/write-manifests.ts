import { basename } from "node:path";
import type { Finding } from "@meshproof/engine";
import { readerOf, readFiles } from "@meshproof/testkit/files";
import { isMisuse } from "../../command.ts";
import type { Args, Misuse } from "../../flags.ts";
import type { Io } from "../../io.ts";
import { readGuardEntries } from "../guard-entries.ts";
import { manifests } from "./manifests.ts";
import type { ManifestOptions } from "./options.ts";
import { yamlOf } from "./yaml.ts";

const defaultGuards = `guards:
- guard: valid
  action: deny
`;

/** Prints what the flags ask for, or says why they cannot be used. */
export async function writeManifests(args: Args, io: Io): Promise<Misuse | undefined> {
  const options = await optionsOf(args, io);
  if (isMisuse(options)) return options;
  const only = args.many("only");
  const all = manifests(options, io.now());
  const kinds = new Set(all.map(({ kind }) => String(kind)));
  const unknown = only.find((kind) => !kinds.has(kind));
  if (unknown !== undefined)
    return { misuse: `\`--only ${unknown}\`: not one of ${[...kinds].join(", ")}` };
  const wanted = all.filter(({ kind }) => only.length === 0 || only.includes(String(kind)));
  io.out(wanted.map((manifest) => `---\n${yamlOf(manifest)}`).join(""));
  return undefined;
}

async function optionsOf(args: Args, io: Io): Promise<ManifestOptions | Misuse> {
  const numbers = numbersOf(args);
  if (isMisuse(numbers)) return numbers;
  const image = args.one("image");
  if (image === "" || (image === undefined && args.many("only").length === 0))
    return { misuse: "`--image IMAGE` is missing", hint: "docs/webhook.md has a Dockerfile" };
  const guards = await guardsOf(args, io);
  if (isMisuse(guards)) return guards;
  const suites = await suitesOf(args, io);
  if (isMisuse(suites)) return suites;
  const url = args.one("url");
  return {
    name: args.one("name") ?? "meshproof-webhook",
    namespace: args.one("namespace") ?? "meshproof-system",
    image: image ?? "authz",
    ...numbers,
    failurePolicy: args.one("failure-policy") === "Ignore" ? "Ignore" : "Fail",
    certificates: args.one("certificates") === "cert-manager" ? "cert-manager" : "self-signed",
    rootNamespace: args.one("root-namespace") ?? "istio-system",
    configMap: args.one("config-map") ?? "istio",
    guards,
    suites,
    serveFlags: args.many("serve-flag"),
    ...(url === undefined ? {} : { url }),
  };
}

type Numbers = Pick<ManifestOptions, "replicas" | "timeoutSeconds" | "days">;

function numbersOf(args: Args): Numbers | Misuse {
  const read = (flag: string, otherwise: number): number => Number(args.one(flag) ?? otherwise);
  const numbers = {
    replicas: read("replicas", 2),
    timeoutSeconds: read("timeout-seconds", 10),
    days: read("days", 365),
  };
  const isRight = Object.values(numbers).every((number) => Number.isInteger(number) && number > 0);
  if (!isRight || numbers.timeoutSeconds > 30)
    return {
      misuse:
        "`--replicas`, `--days` and `--timeout-seconds` (30 at most) are whole numbers from 1",
    };
  return numbers;
}

async function guardsOf(args: Args, io: Io): Promise<string | Misuse> {
  const path = args.one("guards");
  if (path === undefined) return defaultGuards;
  const text = await io.read(path);
  const { findings } = readGuardEntries(path, text);
  const [first] = findings;
  return first === undefined ? text : { misuse: `${path}: ${messageOf(first)}` };
}

function messageOf({ message }: Finding): string {
  return message;
}

/** A volume of a ConfigMap has no folders: files of the same name would be one. */
async function suitesOf(args: Args, io: Io): Promise<Readonly<Record<string, string>> | Misuse> {
  const { files, missing } = await readFiles(args.many("suites"), ".", {
    io,
    reader: readerOf(io),
  });
  const [path] = missing;
  if (path !== undefined) return { misuse: `no file at \`${path}\`` };
  const texts: Record<string, string> = {};
  for (const file of files) {
    const name = basename(file.path);
    if (Object.hasOwn(texts, name)) return { misuse: `two files are called \`${name}\`` };
    texts[name] = file.text;
  }
  return texts;
}
