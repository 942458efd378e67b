import { evaluateAsync, type Mesh, type Verdict } from "@meshproof/engine";
import type { Mode, Modes, Question } from "./result.ts";

/** What a request would meet under each mode of path normalisation; under the mesh's own it met `verdict`. */
export async function modesOf(
  { request, options }: Question,
  verdict: Verdict,
  { mesh }: { readonly mesh: Mesh },
): Promise<Modes> {
  const stated = mesh.config.pathNormalization?.normalization ?? "DEFAULT";
  const own = stated === "DEFAULT" ? "BASE" : stated;
  const under = async (mode: Mode): Promise<Verdict["decision"]> =>
    mode === own
      ? verdict.decision
      : (await evaluateAsync(underMode(mesh, mode), request, options)).decision;
  return {
    NONE: await under("NONE"),
    BASE: await under("BASE"),
    MERGE_SLASHES: await under("MERGE_SLASHES"),
    DECODE_AND_MERGE_SLASHES: await under("DECODE_AND_MERGE_SLASHES"),
  };
}

/** One mesh a mode: what is worked out of a mesh once would be worked out for each request. */
const others = new WeakMap<Mesh, Map<Mode, Mesh>>();

function underMode(mesh: Mesh, normalization: Mode): Mesh {
  const known = others.get(mesh) ?? new Map<Mode, Mesh>();
  others.set(mesh, known);
  const pathNormalization = { normalization };
  const made = known.get(normalization) ?? {
    ...mesh,
    config: { ...mesh.config, pathNormalization },
  };
  known.set(normalization, made);
  return made;
}
