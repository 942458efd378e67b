import type { StatedMesh } from "@meshproof/testkit/files";
import { type Args, type Flags, type Misuse, pairOf } from "./flags.ts";

/** The flag that runs every suite under several meshes. */
export const meshesFlag: Flags = {
  mesh: {
    value: "NAME=PATH",
    multiple: true,
    help: "run every suite under this mesh, and under each other one; repeatable; replaces spec.meshes",
  },
};

/** Reads that flag: a name that comes again gets more files. */
export function meshesWanted(args: Args): readonly StatedMesh[] | Misuse {
  const meshes = new Map<string, readonly string[]>();
  for (const text of args.many("mesh")) {
    const [name, path] = pairOf(text) ?? [];
    if (name === undefined || path === undefined || path === "")
      return { misuse: `\`--mesh ${text}\`: NAME=PATH`, hint: "--mesh prod=clusters/prod" };
    meshes.set(name, [...(meshes.get(name) ?? []), path]);
  }
  if (meshes.size > 0 && args.on("filename"))
    return { misuse: "`-f`, or `--mesh NAME=PATH`: not both" };
  return [...meshes].map(([name, patterns]) => ({ name, patterns, folder: "." }));
}
