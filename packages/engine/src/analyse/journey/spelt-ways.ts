import type { Mesh } from "../../model/mesh.ts";
import { isAllowed } from "../allowed.ts";
import type { Answered } from "../answers.ts";
import type { Invariant, Region, Undecided } from "../api.ts";
import type { Side } from "../question.ts";
import type { Formula } from "../space/formula.ts";
import type { Setting } from "../space/space.ts";
import { changesBy, type Judge } from "../spelling-changes.ts";
import { samplesOf } from "../spelling-samples.ts";
import { spellingsBetween, valuesIn } from "../spellings.ts";
import { best, travel, unknown } from "./confirm-journey.ts";
import type { Following } from "./following.ts";
import type { Passage } from "./passage.ts";
import type { Asked } from "./prove-journey.ts";
import { travellers } from "./travellers.ts";

/** A way in one of two meshes that are compared. */
export interface SpeltWay {
  readonly side: Side;
  readonly passage: Pick<Passage, "through">;
  readonly following: Pick<Following, "programs">;
}

/** Which requests two ways are asked about. */
export interface SpeltAsked {
  readonly expect: Invariant["expect"];
  readonly asked: Asked;
  readonly ways: readonly [then: SpeltWay, now: SpeltWay];
  readonly care: Formula;
  readonly setting: Setting;
}

/** What is found besides by requests that the proxies of two meshes read differently: what violates an expectation is so, what is not found is no proof. */
export function withSpelt(answered: Answered, question: SpeltAsked): Answered {
  const { regions, undecided } = speltWays(question);
  return {
    ...answered,
    regions: [...answered.regions, ...regions],
    complete: answered.complete && regions.length === 0,
    undecided: [...answered.undecided, ...undecided],
  };
}

function speltWays({ expect, asked, ways, care, setting }: SpeltAsked): {
  readonly regions: readonly Region[];
  readonly undecided: readonly Undecided[];
} {
  const [then, now] = ways;
  const [before, after] = [then.following.programs, now.following.programs];
  const spellings = spellingsBetween(before, after, care);
  if (asked.protocol !== "http" || spellings.length === 0) return { regions: [], undecided: [] };
  const formulas = ways.map(({ passage }) => passage.through);
  const programs = [...before, ...after];
  const make = travellers(asked, after);
  const { options } = asked;
  const sides = [then.side, now.side] as const;
  const samples = samplesOf({ sides, formulas, care, options, make, setting });
  if ("because" in samples) return { regions: [], undecided: [samples] };
  const judge = judgeOf(asked, [then.side.mesh, now.side.mesh]);
  const changes = changesBy({ spellings, samples, values: valuesIn(formulas), programs, judge });
  const isMeant = typeof expect !== "string" && "same-as" in expect;
  const found = changes.filter(({ kind }) => isMeant || kind === "newly-allowed");
  return { regions: found.flatMap(({ regions }) => regions), undecided: [] };
}

/** The evaluator takes a request on all its ways, there and here. */
function judgeOf({ ends, options, copies }: Asked, meshes: readonly [Mesh, Mesh]): Judge {
  return ({ request }) => {
    const all = meshes.map((mesh) => travel(mesh, request, ends, { ...options, copies }));
    return {
      statuses: all.map((ways) => best(ways.map(({ status }) => status))),
      by: all[1]?.find(({ status }) => isAllowed(status))?.by ?? [],
      open: all.flat().some(({ status }) => status === unknown),
    };
  };
}
