import { addressText, type Block } from "../match/address.ts";
import { matches } from "../match/matches.ts";
import type { Program } from "../model/program.ts";

type Kind = "source.ip" | "destination.ip";

const known = new WeakMap<Program, Partial<Record<Kind, readonly string[]>>>();

/** One address of each class that the blocks of a program tell apart, one that is in none of them first where there is one. */
export function addressCandidates(program: Program, kind: Kind): readonly string[] {
  const before = known.get(program);
  const made = before?.[kind] ?? candidatesIn(program, kind);
  if (before?.[kind] === undefined) known.set(program, { ...before, [kind]: made });
  return made;
}

function candidatesIn({ listeners }: Program, kind: Kind): readonly string[] {
  const blocks = listeners
    .flatMap(({ chains }) => chains.flatMap(({ filters }) => filters))
    .flatMap((filter) =>
      filter.kind === "rbac" ? [...(filter.rules ?? []), ...(filter.dryRun ?? [])] : [],
    )
    .flatMap(({ groups }) => groups.flatMap(({ any }) => any.flatMap(({ all }) => all)))
    .filter(({ attribute }) => attribute.kind === kind)
    .flatMap(({ any, none }) => [...(any ?? []), ...(none ?? [])])
    .filter((matcher): matcher is Block & typeof matcher => matcher.kind === "cidr");
  const edges = blocks.flatMap(({ family, low, high }) => [
    addressText({ family, value: low }),
    ...after(family, high),
  ]);
  const classes = new Map<string, string>();
  for (const address of [...outside, ...edges]) {
    const held = blocks.map((block) => (matches(block, address) ? "1" : "0")).join("");
    if (!classes.has(held)) classes.set(held, address);
  }
  return [...classes].sort(([a], [b]) => members(a) - members(b)).map(([, address]) => address);
}

/** Where a caller may well be: private addresses, and the ends of both families. */
const outside: readonly string[] = ["10.0.0.1", "192.168.0.1", "0.0.0.0", "fd00::1", "::"];

function members(held: string): number {
  return held.split("1").length;
}

function after(family: 4 | 6, high: string): readonly string[] {
  const next = (BigInt(`0x${high}`) + 1n).toString(16).padStart(high.length, "0");
  return next.length > high.length ? [] : [addressText({ family, value: next })];
}
