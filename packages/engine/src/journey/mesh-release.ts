import type { Mesh } from "../model/mesh.ts";
import { knownReleases, resolveRelease } from "../release.ts";
import type { Inquiry } from "./inquiry.ts";

const others = new WeakMap<Mesh, Map<string, Mesh>>();

/** The mesh under its release; where none is stated, under the one that is assumed, or another one if that is asked for. */
export function underRelease(mesh: Mesh, { assume }: Inquiry): Mesh {
  if (mesh.release.stated) return mesh;
  const { istio } = mesh.release;
  const chosen = assume("release", "", [istio, ...newest.filter((each) => each !== istio)]);
  return chosen === istio ? mesh : withRelease(mesh, chosen);
}

/** The newest patch of each minor release that is known. */
const newest: readonly string[] = [
  ...new Map(knownReleases.map((each) => [each.split(".", 2).join("."), each])).values(),
];

/** The same objects under another release; made once, so that its programs are remembered. */
function withRelease(mesh: Mesh, istio: string): Mesh {
  const made = others.get(mesh) ?? new Map<string, Mesh>();
  others.set(mesh, made);
  const known = made.get(istio);
  if (known !== undefined) return known;
  const release = resolveRelease(istio);
  const other = "unknown" in release ? mesh : { ...mesh, release };
  made.set(istio, other);
  return other;
}
