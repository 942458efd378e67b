import type { Branch, Verdict } from "@meshproof/engine";
import type { Failure } from "./expect.ts";

interface Reached {
  readonly workload: string; // "shop/orders"
  readonly port?: number; // of the workload
}

/** "shop/orders", "shop/orders:8080"; undefined: neither. */
export function reachedParts(text: string): Reached | undefined {
  const [, workload, port] = /^([a-z0-9.-]+\/[a-z0-9.-]+)(?::([0-9]{1,5}))?$/.exec(text) ?? [];
  if (workload === undefined) return undefined;
  return port === undefined ? { workload } : { workload, port: Number(port) };
}

/** What is expected of the workload that receives the request: in every branch it must be this one. */
export function compareReaches(reaches: string | undefined, verdict: Verdict): readonly Failure[] {
  const wanted = reaches === undefined ? undefined : reachedParts(reaches);
  if (reaches === undefined || wanted === undefined) return [];
  const got = [...new Set(verdict.branches.map((branch) => reachedText(branch, wanted)))];
  if (got.length === 1 && got[0] === reaches) return [];
  return [{ what: "reaches", expected: reaches, got: got.join(" or ") }];
}

/** A gateway or waypoint as the last hop: what comes after it is not known, and nothing is said to be reached. */
function reachedText({ hops, outcome }: Branch, { port }: Reached): string {
  const last = hops.at(-1);
  if (last === undefined || outcome.kind !== "forwarded") return "nothing";
  if (last.point === "gateway" || last.point === "waypoint") return `nothing after ${last.proxy}`;
  if (port === undefined) return last.proxy;
  return `${last.proxy}:${last.saw?.destinationPort ?? "unknown port"}`;
}
