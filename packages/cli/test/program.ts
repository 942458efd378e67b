import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ExitCode, Io } from "../src/io.ts";
import { run } from "../src/run.ts";

/** What a run of the program printed, and its exit code. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  readonly written: Readonly<Record<string, string>>;
}

/** Runs the whole program with an Io made of a record of files; no process is started. `-` of the record is stdin. */
export function authz(
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Ran> {
  return authzIn({}, files, ...args);
}

/** The same with variables of the environment. */
export async function authzIn(
  environment: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Ran> {
  const written: Record<string, string> = {};
  let [out, err] = ["", ""];
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    read: (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`no ${path}`), { ...ioError, path });
      return Promise.resolve(text);
    },
    stdin: () => Promise.resolve(files["-"] ?? ""),
    list: (path) => Promise.resolve(listed(files, path)),
    write: (path, text) => {
      written[path] = text;
      return Promise.resolve();
    },
    now: () => Date.UTC(2026, 8, 1, 10),
    env: (name) => environment[name],
    variables: () => Object.keys(environment),
    colour: false,
  };
  const code = await run(args, io);
  return { code, out, err, written };
}

const ioError = { code: "ENOENT", syscall: "open" };

function listed(
  files: Readonly<Record<string, string>>,
  path: string,
): readonly string[] | undefined {
  if (path in files) return [path];
  const folder = path === "." ? "" : `${path.replace(/\/$/, "")}/`;
  const below = Object.keys(files).filter((file) => file !== "-" && file.startsWith(folder));
  return below.length > 0 ? below.toSorted() : undefined;
}

/** The files of a real folder as a record, under their paths from the repository's root. */
export function filesBelow(folder: string): Readonly<Record<string, string>> {
  const root = join(import.meta.dirname, "../../..");
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    names
      .map((name) => join(folder, name))
      .filter((path) => statSync(join(root, path)).isFile())
      .map((path) => [path, readFileSync(join(root, path), "utf8")]),
  );
}
