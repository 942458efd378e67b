import type { Finding, Mesh } from "@meshproof/engine";
import { isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { tellNamespaces } from "../format/assumed-namespaces.ts";
import { formatFinding, sortFindings } from "../format/finding.ts";
import type { Access } from "../io.ts";
import { worldFlags, worldOf } from "../world-flags.ts";
import { planeFlag } from "./plane-flag.ts";
import { loadSide, sideOnDisk } from "./side.ts";

const { now: _now, keys: _keys, assume: _assume, ...flags } = worldFlags;

/** The flags that say which mesh is analysed. */
export const meshFlags: Flags = {
  ...flags,
  ...planeFlag,
};

/** The mesh of `-f`; what is wrong with it is printed. Undefined: it cannot be used. */
export async function meshOf(args: Args, access: Access): Promise<Mesh | Misuse | undefined> {
  const world = await worldOf(args, access.io);
  if (isMisuse(world)) return world;
  const patterns = args.many("filename");
  if (patterns.length === 0) return { misuse: "which mesh? `-f` is missing", hint: "-f policies/" };
  const side = await sideOnDisk("the mesh", patterns, access);
  if (isMisuse(side)) return side;
  const { mesh, findings, assumptions } = loadSide(side, world);
  for (const finding of sortFindings(findings))
    access.io.err(formatFinding(finding, access.reader));
  tellNamespaces(assumptions, access.io);
  return findings.some(isError) ? undefined : mesh;
}

function isError({ severity }: Finding): boolean {
  return severity === "error";
}
