import type { Mesh } from "../model/mesh.ts";
import type { Program } from "../model/program.ts";
import type { Hop, Step } from "../model/verdict.ts";
import type { Inquiry } from "./inquiry.ts";

/** What a gateway did: what no loaded route takes, one that was not loaded may. */
export function seenAtGateway(
  hop: Hop,
  { listeners }: Program,
  { inventory }: Pick<Mesh, "inventory">,
  { assume }: Inquiry,
): Hop {
  const { outcome, steps } = hop;
  if (outcome.details !== "route_not_found" || inventory.complete) return hop;
  const chain = listeners.flatMap(({ chains }) => chains).find(({ name }) => name === hop.chain);
  const isRouted = chain?.routes?.some(({ routes }) => routes.length > 0) ?? false;
  const none = "none";
  if (isRouted && assume("further-routes", hop.proxy, [none, "there are more"]) === none)
    return hop;
  const text = "routes that were not loaded may take it";
  const unknown: Step = { layer: "route", result: "skip", by: [], text };
  return {
    ...hop,
    steps: [...steps.filter(isNoRoute), unknown],
    outcome: { kind: "unknown", details: text },
  };
}

function isNoRoute({ layer }: Step): boolean {
  return layer !== "route";
}
