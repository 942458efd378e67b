import type { Path } from "@meshproof/engine";
import type { Report } from "./report.ts";
import type { Suite } from "./suite.ts";

/** A part of a suite that is being checked, and where it stands. */
export interface Context {
  readonly suite: Suite;
  readonly report: Report;
  readonly path: Path;
}
