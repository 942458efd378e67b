import type { Side } from "../../engine/src/analyse/question.ts";
import type { LeftOut } from "./recorded-arrival.ts";
import { type Allowed, allowedAt, answerOf, attributesOf, sideOf } from "./recorded-regions.ts";
import { files, type RecordedRequest, type Scenario, scenariosOf } from "./recorded-scenarios.ts";
import { arrives, type Spoken, spokenOf } from "./recorded-values.ts";

/** A recorded request that the analysis speaks of: what it says, and what really happened. */
export interface Compared {
  readonly name: string;
  readonly plane: string; // "sidecar http", "gateway"
  readonly recorded: "allowed" | "denied";
  readonly said: "allowed" | "denied";
  readonly side: Side;
  readonly region: Allowed;
  readonly spoken: Spoken;
}

/** One that it does not speak of, and why. */
export interface Uncompared extends LeftOut {
  readonly plane: string;
  readonly recorded: RecordedRequest["recorded"];
}

/** Numbers that look random, the same each time. */
export function drawn(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** The requests of one scenario in so many, a scenario at a time. */
export async function* recordedRequests(
  oneIn: number,
): AsyncIterable<readonly (Compared | Uncompared)[]> {
  for (const file of files)
    for (const scenario of scenariosOf(file, (name) => drawn(name) % oneIn === 0))
      yield await requestsOf(scenario);
}

async function requestsOf(scenario: Scenario): Promise<readonly (Compared | Uncompared)[]> {
  const side = sideOf(scenario);
  const regions = new Map<string, Allowed | LeftOut>();
  const found: (Compared | Uncompared)[] = [];
  for (const request of scenario.requests) {
    const made = "leftOut" in side ? side : await compared(scenario, side, request, regions);
    if (!("leftOut" in made)) found.push(made);
    else
      found.push({ leftOut: made.leftOut, plane: planeOf(scenario), recorded: request.recorded });
  }
  return found;
}

function planeOf({ proxy }: Scenario, protocol?: string): string {
  return proxy.kind === "sidecar" && protocol ? `sidecar ${protocol}` : proxy.kind;
}

async function compared(
  scenario: Scenario,
  side: Side,
  request: RecordedRequest,
  regions: Map<string, Allowed | LeftOut>,
): Promise<Compared | LeftOut> {
  const { recorded } = request;
  if (typeof recorded === "object") return recorded;
  const arrival = arrives(scenario, side.program, request);
  if ("leftOut" in arrival) return arrival;
  const { protocol } = arrival;
  const region = regions.get(protocol) ?? allowedAt(side, protocol);
  regions.set(protocol, region);
  if ("leftOut" in region) return region;
  const { queries } = region;
  const reading = { program: side.program, attributes: attributesOf(region), queries };
  const spoken = await spokenOf(scenario, reading, request, arrival);
  if ("leftOut" in spoken) return spoken;
  const said = answerOf(region, spoken);
  if (typeof said === "object") return said;
  const name = `${scenario.id}/${request.id}`;
  return { name, plane: planeOf(scenario, protocol), recorded, said, side, region, spoken };
}
