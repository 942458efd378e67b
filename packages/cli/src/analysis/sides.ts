import type { Args, Misuse } from "../flags.ts";
import type { Access } from "../io.ts";
import { isRevision } from "./revision-disk.ts";
import {
  asTheyAre,
  lacks,
  type Side,
  sideAt,
  sideOnDisk,
  someOnDisk,
  tellMissing,
} from "./side.ts";

/** Two sides of a comparison. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/**
 * What a command line compares: two paths, two git revisions, `A..B`, or one revision with the files as they are now. Of a
 * revision, `-f` says which files; without it, all.
 */
export async function sidesOf(args: Args, access: Access): Promise<Sides | Misuse> {
  const named = namesOf(args.positionals);
  if ("misuse" in named) return named;
  const [old, young] = named.names;
  if (old === "-" && young === "-")
    return { misuse: "stdin is one side of a comparison, not both" };
  const before = await sideOf(old, args, access);
  if ("misuse" in before) return before;
  const after = await sideOf(young, args, access);
  if ("misuse" in after) return after;
  const { missing = [] } = after;
  const lost = before.missing?.find((each) => missing.includes(each));
  if (lost !== undefined) return lacks([before.name, after.name], lost);
  for (const side of [before, after]) tellMissing(side, access);
  return { before, after };
}

/** `now`: the files as they are. */
const now = Symbol("now");
type Name = string | typeof now | Parting;

/** Where two revisions parted. */
interface Parting {
  readonly of: readonly [string, string];
}

function namesOf(
  positionals: readonly string[],
): { readonly names: readonly [Name, Name] } | Misuse {
  const [old, young, ...more] = positionals;
  if (old === undefined || more.length > 0)
    return { misuse: "two sides are compared: OLD NEW, OLD..NEW, or one git revision" };
  if (young !== undefined) return { names: [old, young] };
  const [, left, right] = /^(.+?)\.\.\.(?!\.|\/)(.*)$/.exec(old) ?? [];
  if (left !== undefined) {
    const other = right || "HEAD";
    return { names: [{ of: [left, other] }, other] };
  }
  const [, from, to] = /^(.+?)\.\.(?!\/|$)(.+)$/.exec(old) ?? /^(.+?)(\.\.)$/.exec(old) ?? [];
  if (from === undefined || to === undefined) return { names: [old, now] };
  return { names: [from, to === ".." ? "HEAD" : to] };
}

async function sideOf(name: Name, args: Args, access: Access): Promise<Side | Misuse> {
  const patterns = args.many("filename");
  const files = patterns.length > 0 ? patterns : ["."];
  if (name === now) return someOnDisk(asTheyAre, files, access);
  if (name === "-") return sideOnDisk("stdin", [name], access);
  if (typeof name === "object") return sideAtParting(name, files, access);
  const isPath = (await access.io.list(name)) !== undefined;
  if (patterns.length > 0 && isPath && !(await isPast(name, access)))
    return {
      misuse: `\`${name}\` is a path: with -f, git revisions are compared`,
      hint: "each side is all that is loaded: put what both share into both",
    };
  if (patterns.length > 0 || !isPath) return sideAt(name, files, access);
  if (args.positionals.length === 1)
    return { misuse: `what is \`${name}\` compared with? OLD NEW, or a git revision` };
  return sideOnDisk(name, [name], access);
}

async function sideAtParting(
  { of: [left, right] }: Parting,
  files: readonly string[],
  access: Access,
): Promise<Side | Misuse> {
  const { git } = access.io;
  for (const each of [left, right])
    if (!(await isPast(each, access)))
      return { misuse: `\`${each}\` is neither a path nor a git revision` };
  const base = await git?.(["merge-base", left, right]).catch(() => undefined);
  if (base === undefined)
    return { misuse: `\`${left}\` and \`${right}\` have no commit in common` };
  return sideAt(base.toString("utf8").trim().slice(0, 12), files, access);
}

async function isPast(name: string, { io }: Access): Promise<boolean> {
  return io.git !== undefined && isRevision(name, io.git);
}
