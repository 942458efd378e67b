import type { Keys, LoadOptions, loadMesh } from "@meshproof/engine";
import type { Planned } from "./plan.ts";
import type { SuiteSnapshot } from "./snapshot.ts";

/** What a suite runs in. What is given here wins over what the suite says. */
export interface SuiteWorld
  extends Pick<LoadOptions, "files" | "admission" | "onDuplicate" | "allowEmpty"> {
  /** Another one, such as `sharedLoads()`. */
  readonly load?: typeof loadMesh;
  readonly keyFiles?: Readonly<Record<string, string>>; // the text of each file that the suite's `keys` name
  readonly keys?: Readonly<Record<string, Keys>>;
  readonly istio?: string;
  readonly features?: Readonly<Record<string, string>>;
  readonly namespace?: string;
  readonly now?: string;
  readonly trace?: boolean;
  readonly assume?: "none";
  readonly facts?: Readonly<Record<string, string>>;
  /** Milliseconds from anywhere on; with it, results say how long they took. */
  readonly clock?: () => number;
  readonly bail?: boolean; // stop at the first case that fails
  readonly snapshot?: SuiteSnapshot | "update"; // the recorded answers; update: those of now are right
  /** Which cases to run. */
  readonly filter?: (planned: Planned) => boolean;
}
