import { programFor } from "@meshproof/engine";
import { compare, type Difference } from "./compare.ts";
import { meets } from "./expectation.ts";
import { type Observed, observe } from "./observe.ts";
import { meshOf } from "./scenario-mesh.ts";
import { type Served, serveRequest } from "./serve-request.ts";
import type { Result, ScenarioRequest, Vector } from "./vector.ts";
import { proxyOf, type World } from "./world.ts";

/** One request of one scenario: in agreement, diverging, or not compared and why. */
export interface Judgement {
  readonly scenario: string;
  readonly request: string;
  readonly differences: readonly Difference[];
  readonly skipped?: string;
  readonly notCompared: readonly string[]; // fields
  readonly got?: Observed;
  readonly expected?: unknown;
  readonly served?: Served;
}

/** What the engine makes of every request of a scenario, beside what really happened. */
export async function conform(vector: Vector, world: World): Promise<readonly Judgement[]> {
  const { scenario, error } = vector;
  const proxy = proxyOf(scenario.workload, world);
  if (error !== undefined) return skipAll(vector, "istiod could not read the scenario");
  if (proxy === undefined) return skipAll(vector, `no world for a ${scenario.workload.kind}`);
  const mesh = meshOf(vector, world);
  if (programFor(mesh, proxy).unsupported)
    return skipAll(vector, `the engine does not tell a ${proxy.kind} yet`);
  const judgements: Judgement[] = [];
  for (const request of scenario.requests) {
    const of = { scenario: scenario.id, request: request.id };
    const served = await attempt(() => serveRequest(mesh, proxy, request));
    judgements.push({ ...of, ...judge(vector, request, served) });
  }
  return judgements;
}

function skipAll({ scenario }: Vector, skipped: string): readonly Judgement[] {
  return scenario.requests.map(({ id }) => ({
    scenario: scenario.id,
    request: id,
    differences: [],
    notCompared: [],
    skipped,
  }));
}

interface Failed {
  readonly thrown: string;
}

async function attempt(
  serve: () => Promise<Served | undefined>,
): Promise<Served | Failed | undefined> {
  try {
    return await serve();
  } catch (error) {
    return { thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

type Judged = Omit<Judgement, "scenario" | "request">;
const nothing = { differences: [], notCompared: [] };

function judge(
  vector: Vector,
  request: ScenarioRequest,
  served: Served | Failed | undefined,
): Judged {
  if (served === undefined) return { ...nothing, skipped: "a version that no request can have" };
  if ("thrown" in served) {
    const [first = ""] = served.thrown.split("\n");
    return { ...nothing, differences: [{ field: "thrown", expected: undefined, got: first }] };
  }
  const got = observe(served.hop, request);
  const expected = expectedOf(vector, request);
  const judged = judgeAgainst(expected, got, request);
  const asked = served.asked.map(
    (id): Difference => ({ field: "asked", expected: undefined, got: id }),
  );
  return { ...judged, differences: [...judged.differences, ...asked], got, expected, served };
}

type Expected =
  | { readonly kind: "result"; readonly result: Result }
  | { readonly kind: "effect"; readonly effect: string }
  | { readonly kind: "words"; readonly words: string }
  | { readonly kind: "nothing" };

/** A refused listener counts for every request that has no result: at a gateway, others may still be served. */
function expectedOf(vector: Vector, { id, expect }: ScenarioRequest): Expected {
  const { results, scenario } = vector;
  const result = results?.find((each) => each.id === id);
  if (result) return { kind: "result", result };
  if (vector.rejected !== undefined || scenario.expect === "rejected")
    return { kind: "effect", effect: "update-refused" };
  if (vector.crashed !== undefined || scenario.expect === "crashed")
    return { kind: "effect", effect: "process-dies" };
  return expect === undefined ? { kind: "nothing" } : { kind: "words", words: expect };
}

function judgeAgainst(expected: Expected, got: Observed, request: ScenarioRequest): Judged {
  switch (expected.kind) {
    case "result": {
      const { outcome } = expected.result;
      if (outcome === "not-sent" || outcome === "unknown")
        return { ...nothing, skipped: `the oracle says ${outcome}` };
      return compare(expected.result, got, request);
    }
    case "effect": {
      if (got.outcome === "not-served" && got.effect === expected.effect) return nothing;
      const shown = got.outcome === "not-served" ? got.effect : got.outcome;
      return {
        ...nothing,
        differences: [{ field: "effect", expected: expected.effect, got: shown }],
      };
    }
    case "words": {
      if (meets(expected.words, got)) return nothing;
      const { outcome, status, details } = got;
      const shown = [outcome, status, details].join(" ");
      return {
        ...nothing,
        differences: [{ field: "expect", expected: expected.words, got: shown }],
      };
    }
    case "nothing":
      return { ...nothing, skipped: "nothing is expected of it" };
  }
}
