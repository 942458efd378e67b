import { basename, join, resolve } from "node:path";
import { type Finding, loadMesh } from "@meshproof/engine";
import { countOf, type FirstSuite, firstSuite, suiteText } from "@meshproof/testkit";
import { readerOf, readFiles } from "@meshproof/testkit/files";
import { type Command, isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { formatFinding } from "../format/finding.ts";
import type { Io } from "../io.ts";
import { releaseFlag } from "../release-flag.ts";

const flags: Flags = {
  namespace: { short: "n", value: "NS", help: "namespace of objects without one" },
  istio: releaseFlag("release of Istio, such as 1.31 (default: the newest known)"),
  force: { help: "replace a suite.yaml that is there" },
};

/** Starts a suite from what is in a folder. */
export const init: Command = {
  summary: "start a suite for a folder of policies",
  usage: ["[FOLDER]"],
  about: `Writes FOLDER/suite.yaml: the service accounts as actors, for every rule a request that this rule
decides, and one from outside for every route of a gateway, checked by asking. It is a start, to be
edited: what must be denied, only you know.`,
  flags,
  async run(args, io) {
    const [folder = ".", more] = args.positionals;
    if (more !== undefined) return { misuse: "one folder, not several" };
    const path = join(folder, "suite.yaml");
    const [only, other] = (await io.list(folder)) ?? [];
    if (other === undefined && only !== undefined && resolve(only) === resolve(folder))
      return { misuse: `\`${folder}\` is a file, not a folder` };
    if (!args.on("force") && (await io.list(path)) !== undefined)
      return { misuse: `\`${path}\` is there already`, hint: "--force replaces it" };
    const made = await make(folder, path, args, io);
    if (isMisuse(made)) return made;
    await io.write(path, suiteText(made.suite));
    io.out(told(made, path));
    return 0;
  },
};

async function make(
  folder: string,
  path: string,
  args: Args,
  io: Io,
): Promise<FirstSuite | Misuse> {
  const reader = readerOf(io);
  const read = await readFiles([folder], ".", { io, reader });
  const files = read.files.filter((file) => file.path !== path);
  if (files.length === 0) return { misuse: `no YAML or JSON file in \`${folder}\`` };
  const [namespace, istio] = [args.one("namespace"), args.one("istio")];
  const stated = {
    ...(namespace === undefined ? {} : { namespace }),
    ...(istio === undefined ? {} : { istio }),
  };
  const { mesh, findings } = loadMesh({ files, ...stated });
  const errors = findings.filter(isError);
  for (const finding of errors) io.err(formatFinding(finding, reader));
  if (errors.length > 0)
    return {
      misuse: `\`${folder}\` cannot be used as it is`,
      hint: "a suite is started for a folder that loads without an error, such as one overlay",
    };
  if (mesh.authorizationPolicies.length === 0)
    return { misuse: `no AuthorizationPolicy in \`${folder}\`` };
  const name = basename(resolve(folder));
  return firstSuite({ files, mesh, name, paths: ["."], ...stated });
}

function isError({ severity }: Finding): boolean {
  return severity === "error";
}

function told({ suite, without, untaken }: FirstSuite, path: string): string {
  const { actors = {}, tests = [] } = suite.spec;
  const counts = `${countOf(Object.keys(actors).length, "actor", "actors")}, ${countOf(tests.length, "test", "tests")}`;
  const rules = listed("no request was found that these rules decide", without);
  const routes = listed("no answer was found for requests that these routes take", untaken);
  return `wrote ${path}: ${counts}\n${rules}${routes}next: authz test ${path} --coverage\n`;
}

function listed(what: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `${what}:\n${names.map((name) => `  ${name}\n`).join("")}`;
}
