import type { SuiteWorld } from "@meshproof/testkit";
import { type Args, type Flags, type Misuse, pairOf } from "./flags.ts";
import type { Io } from "./io.ts";
import { releaseFlag } from "./release-flag.ts";

/** What a request runs in, as flags say it. `files`, where it is there, replaces what a suite says. */
export type World = Omit<SuiteWorld, "files">;

/** The flags that say which mesh, and what to take for granted about it. */
export const worldFlags: Flags = {
  filename: {
    short: "f",
    value: "FILE",
    multiple: true,
    help: "mesh: a file, a folder, a glob, - for stdin; repeatable",
  },
  namespace: { short: "n", value: "NS", help: "namespace of objects and references without one" },
  istio: releaseFlag("release of Istio, such as 1.31 or 1.29.2"),
  feature: { value: "K=V", multiple: true, help: "a variable of istiod's environment" },
  keys: {
    value: "ISSUER=FILE",
    multiple: true,
    help: "key set of an issuer: a file with a JWKS, `unavailable`, or `trusted` (test keys)",
  },
  now: { value: "TIME", help: "what time it is, such as 2026-09-01T10:00:00Z" },
  assume: {
    value: "WHAT",
    oneOf: ["none", "filters"],
    multiple: true,
    help: "none: ask instead of taking for granted; filters: EnvoyFilters and WasmPlugins decide nothing",
  },
  admission: {
    value: "MODE",
    oneOf: ["enforce", "skip", "prune", "bypass"],
    help: "what to do with objects that the API server would refuse (default enforce: an error)",
  },
  "on-duplicate": {
    value: "MODE",
    oneOf: ["error", "first", "last"],
    help: "what to do with an object that is there twice (default error)",
  },
  "allow-empty": { help: "a mesh without any policy is no error" },
};

/** The same where suites are read. */
export const suiteWorldFlags: Flags = {
  ...worldFlags,
  filename: {
    short: "f",
    value: "FILE",
    multiple: true,
    help: "mesh: a file, a folder, a glob, - for stdin; repeatable; replaces a suite's spec.mesh",
  },
};

/** What the flags say of the world, or why they cannot be used. */
export async function worldOf(args: Args, io: Io): Promise<World | Misuse> {
  const features = pairsOf("feature", args);
  if ("misuse" in features) return features;
  const keys = pairsOf("keys", args);
  if ("misuse" in keys) return keys;
  const [istio, namespace, now] = [args.one("istio"), args.one("namespace"), args.one("now")];
  const admission = oneOf(args.one("admission"), ["enforce", "skip", "prune", "bypass"] as const);
  const onDuplicate = oneOf(args.one("on-duplicate"), ["error", "first", "last"] as const);
  return {
    features: features.pairs,
    keys: await keySets(keys.pairs, io),
    ...(istio === undefined ? {} : { istio }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(now === undefined ? {} : { now }),
    ...(args.many("assume").includes("none") ? { assume: "none" } : {}),
    ...(args.many("assume").includes("filters") ? { facts: { filters: "decides nothing" } } : {}),
    ...(admission === undefined ? {} : { admission }),
    ...(onDuplicate === undefined ? {} : { onDuplicate }),
    ...(args.on("allow-empty") ? { allowEmpty: true } : {}),
  };
}

function oneOf<Word extends string>(
  text: string | undefined,
  words: readonly Word[],
): Word | undefined {
  return words.find((word) => word === text);
}

/** The `NAME=VALUE` pairs of a repeatable flag. */
export function pairsOf(
  flag: string,
  args: Args,
): { readonly pairs: Readonly<Record<string, string>> } | Misuse {
  const pairs: Record<string, string> = {};
  for (const text of args.many(flag)) {
    const pair = pairOf(text, flag);
    if (pair === undefined) return { misuse: `\`--${flag} ${text}\`: NAME=VALUE is missing its =` };
    pairs[pair[0]] = pair[1];
  }
  return { pairs };
}

async function keySets(
  pairs: Readonly<Record<string, string>>,
  io: Io,
): Promise<Readonly<Record<string, string>>> {
  const keys: Record<string, string> = {};
  for (const [issuer, value] of Object.entries(pairs)) {
    const word = value === "trusted" || value === "unavailable";
    keys[issuer] = word ? value : await io.read(value);
  }
  return keys;
}
