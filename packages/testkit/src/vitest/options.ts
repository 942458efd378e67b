import type { SuiteSpec } from "../suite.ts";
import type { SuiteWorld } from "../world.ts";

/** What tests run in: the same words as `spec` of a suite, and those of the command line. */
export interface MeshOptions<Actor extends string = string>
  extends Omit<SuiteSpec, "mesh" | "meshes" | "include" | "tests" | "actors">,
    WorldOptions {
  readonly mesh: string | readonly string[]; // files, folders, globs, from the folder in which vitest runs
  readonly actors?: Readonly<Record<Actor, string>>;
}

/** What is given here wins over what suites say. */
export type WorldOptions = Pick<
  SuiteWorld,
  "admission" | "onDuplicate" | "allowEmpty" | "istio" | "features" | "assume" | "facts"
>;
