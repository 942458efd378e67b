import { matchesGlob } from "@meshproof/testkit/files";
import type { Args, Flags, Misuse } from "./flags.ts";

/** The flags that say which tests run. */
export const selectFlags: Flags = {
  run: { value: "GLOB", multiple: true, help: "only tests whose name, or suite's name, matches" },
  shard: { value: "I/N", help: "only every Nth test, from the Ith on: 1/3, 2/3 and 3/3 are all" },
};

/** Which tests run. `matched`: how many names fit so far, whatever shard they belong to. */
export interface Selection {
  readonly wanted: (suite: string, test: string) => boolean;
  readonly matched: () => number;
}

/** Reads those flags. The selection counts tests as they come: suites run in the same order in every shard. */
export function selectionOf(args: Args): Selection | Misuse {
  const shard = shardOf(args.one("shard"));
  if ("misuse" in shard) return shard;
  const globs = args.many("run");
  const fits = (suite: string, test: string): boolean =>
    globs.length === 0 || globs.some((glob) => matchesGlob(test, glob) || matchesGlob(suite, glob));
  let [count, last] = [0, ""];
  const wanted = (suite: string, test: string): boolean => {
    if (!fits(suite, test)) return false;
    const name = `${suite}\n${test}`;
    if (name !== last) count += 1;
    last = name;
    return (count - 1) % shard.of === shard.index - 1;
  };
  return { wanted, matched: () => count };
}

interface Shard {
  readonly index: number;
  readonly of: number;
}

function shardOf(text = "1/1"): Shard | Misuse {
  const [, index, of] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  return shard.index <= shard.of
    ? shard
    : { misuse: `\`--shard ${text}\`: I/N, with I from 1 to N`, hint: "--shard 1/3" };
}
