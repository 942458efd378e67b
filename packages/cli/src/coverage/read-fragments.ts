import { type Coverage, outdatedIn, readFragment } from "@meshproof/testkit";
import type { Misuse } from "../flags.ts";
import type { Access } from "../io.ts";

/** What other runs covered, from the files that they left. Places of a file that has changed since would be wrong. */
export async function readFragments(
  paths: readonly string[],
  { io, reader }: Access,
): Promise<readonly Coverage[] | Misuse> {
  const found: Coverage[] = [];
  for (const path of paths) {
    const files = ((await io.list(path)) ?? []).filter((file) => file.endsWith(".json"));
    if (files.length === 0) return { misuse: `no coverage at \`${path}\``, hint };
    for (const file of files) {
      const fragment = readFragment(await io.read(file));
      if (fragment === undefined) return { misuse: `\`${file}\` holds no coverage`, hint };
      for (const read of Object.keys(fragment.texts)) await reader.text(read);
      const [outdated] = outdatedIn(fragment, reader.texts);
      if (outdated !== undefined)
        return { misuse: `\`${outdated}\` has changed since \`${file}\` was written`, hint };
      found.push(fragment.coverage);
    }
  }
  return found;
}

const hint = "AUTHZ_COVERAGE=FOLDER npx vitest run";
