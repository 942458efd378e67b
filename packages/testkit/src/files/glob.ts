import { normalize } from "node:path";
import micromatch from "micromatch";
import type { Disk } from "./disk.ts";

/** The files that a glob over paths stands for; none where it is no glob. */
export async function filesOfGlob(glob: string, io: Disk): Promise<readonly string[]> {
  const { isGlob, base } = micromatch.scan(glob);
  if (!isGlob) return [];
  const below = (await io.list(base === "" ? "." : base)) ?? [];
  return below.map(normalize).filter((each) => micromatch.isMatch(each, glob));
}

/** Whether a name matches a glob over names. */
export function matchesGlob(name: string, glob: string): boolean {
  return micromatch.isMatch(name, glob, { bash: true }) || name === glob;
}
