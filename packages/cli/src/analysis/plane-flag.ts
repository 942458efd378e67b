import type { AnalyseOptions } from "@meshproof/engine/analyse";
import type { Args, Flags } from "../flags.ts";

const planes = ["sidecar", "ambient"] as const;

/** The flags that say what is taken for granted: in which data plane workloads are of which nothing that is loaded says it, and what is not read. */
export const planeFlag: Flags = {
  "data-plane": {
    value: "PLANE",
    oneOf: planes,
    help: "of workloads whose namespace says nothing: sidecar (default), ambient",
  },
  assume: {
    value: "WHAT",
    oneOf: ["filters"],
    multiple: true,
    help: "filters: EnvoyFilters and WasmPlugins decide nothing; without it, what they act on is undecided",
  },
};

/** What an analysis takes for granted. */
export type Taken = Pick<AnalyseOptions, "dataPlane" | "assume">;

/** What the flags ask of an analysis. */
export function planeOf(args: Args): Taken {
  const plane = planes.find((each) => each === args.one("data-plane"));
  return {
    ...(plane === undefined ? {} : { dataPlane: plane }),
    ...(args.many("assume").length === 0 ? {} : { assume: "filters" }),
  };
}
