import type { Misuse } from "./flags.ts";
import type { Access } from "./io.ts";

/** A path that leads nowhere, or to a folder without anything to read. */
export async function nothingAt(path: string, { io }: Access): Promise<Misuse> {
  if (path === "" || (await io.list(path)) === undefined)
    return { misuse: `no file at \`${path}\`` };
  return {
    misuse: `no YAML or JSON in \`${path}\``,
    hint: "hidden folders and node_modules are left out, unless they are named",
  };
}
