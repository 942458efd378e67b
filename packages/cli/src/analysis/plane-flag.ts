import type { AnalyseOptions } from "@meshproof/engine/analyse";
import type { Args, Flags } from "../flags.ts";

const planes = ["sidecar", "ambient"] as const;

/** The flag that says in which data plane workloads are of which nothing that is loaded says it. */
export const planeFlag: Flags = {
  "data-plane": {
    value: "PLANE",
    oneOf: planes,
    help: "of workloads whose namespace says nothing: sidecar (default), ambient",
  },
};

/** What the flag asks of an analysis. */
export function planeOf(args: Args): Pick<AnalyseOptions, "dataPlane"> {
  const plane = planes.find((each) => each === args.one("data-plane"));
  return plane === undefined ? {} : { dataPlane: plane };
}
