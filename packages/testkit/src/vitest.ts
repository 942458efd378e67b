import type { Position } from "./place.ts";
import type { AccessMatchers } from "./vitest/matchers.ts";

export type { Run } from "./ask.ts";
export type { Position, Texts } from "./place.ts";
export type { OpenSuite } from "./run.ts";
export { type Actors, actors } from "./vitest/actors.ts";
export { describeMesh, type MeshContext } from "./vitest/describe-mesh.ts";
export { type InvariantInCode, invariant, type Satisfies } from "./vitest/invariant.ts";
export { type AccessMatchers, extendExpect, type More } from "./vitest/matchers.ts";
export type { MeshLike } from "./vitest/mesh-like.ts";
export type { MeshMatchers } from "./vitest/mesh-matchers.ts";
export { openMesh } from "./vitest/mesh-under-test.ts";
export { mint } from "./vitest/mint.ts";
export type { MeshOptions, WorldOptions } from "./vitest/options.ts";
export { testSuites } from "./vitest/test-suites.ts";
export type {
  Answer,
  Caller,
  MeshUnderTest,
  RequestUnderTest,
  Send,
} from "./vitest/under-test.ts";

declare module "vitest" {
  interface Matchers<T> extends AccessMatchers<Promise<void>> {}
  interface TaskMeta {
    suite?: Position; // of a test that a suite says: where
  }
}
