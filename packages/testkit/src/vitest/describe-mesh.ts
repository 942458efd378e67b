import { describe, type TestAPI, test } from "vitest";
import type { Test } from "../suite.ts";
import { coverMesh } from "./coverage.ts";
import { declareFault, faultOf } from "./declare-fault.ts";
import { declareTests } from "./declare-tests.ts";
import { framesAbove } from "./failed-at.ts";
import { extendExpect } from "./matchers.ts";
import { openMesh } from "./mesh-under-test.ts";
import type { MeshOptions } from "./options.ts";
import type { MeshUnderTest } from "./under-test.ts";

/** What a block of tests is given. */
export interface MeshContext<Actor extends string> {
  readonly mesh: MeshUnderTest<Actor>;
  readonly test: TestAPI; // vitest's own: `each`, `for`, `skip`, ... are there
  /** Declares tests in the words of a suite: requests, cases, tables, matrices, `whoCan`, variants. Each request is a test. */
  readonly tests: (...tests: readonly Test[]) => void;
}

/**
 * A block of tests about one mesh, which is loaded before they are declared. Files that cannot be loaded fail the block with every
 * fault and its place.
 */
export function describeMesh<Actor extends string = string>(
  name: string,
  options: MeshOptions<Actor>,
  body: (context: MeshContext<Actor>) => void | Promise<void>,
): void {
  extendExpect();
  const frames = framesAbove(describeMesh);
  describe(name, async () => {
    const mesh = await openMesh(options, name).catch(faultOf);
    if ("message" in mesh) return declareFault("the mesh is loaded", mesh, frames);
    coverMesh(name, mesh);
    const tests = (...stated: readonly Test[]): void =>
      declareTests(stated, mesh, framesAbove(tests));
    await body({ mesh, test, tests });
  });
}
