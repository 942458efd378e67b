import type { Mesh } from "@meshproof/engine";
import type { Texts } from "../place.ts";
import type { MeshUnderTest } from "./under-test.ts";

/** A mesh: one under test, one of `openMesh`, or what the engine loaded. */
export type MeshLike = Mesh | MeshUnderTest;

/** The engine's mesh of whatever a matcher was given. Throws a TypeError for what is none. */
export function meshIn(value: unknown): Mesh {
  if (isUnderTest(value)) return value.mesh;
  if (isMesh(value)) return value;
  throw new TypeError(
    "this assertion is about a mesh: that of describeMesh, of openMesh, or of loadMesh",
  );
}

/** The texts of its files, where they are known: for lines and columns. */
export function textsIn(value: unknown): Texts {
  return isUnderTest(value) ? value.texts : new Map();
}

function isUnderTest(value: unknown): value is MeshUnderTest {
  return typeof value === "object" && value !== null && "opened" in value && "mesh" in value;
}

function isMesh(value: unknown): value is Mesh {
  return (
    typeof value === "object" &&
    value !== null &&
    "inventory" in value &&
    "authorizationPolicies" in value
  );
}
