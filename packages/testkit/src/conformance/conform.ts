import { programFor } from "@meshproof/engine";
import { compare } from "./compare.ts";
import { meets } from "./expectation.ts";
import { agreement, type Comparison, differing, type Judgement } from "./judgement.ts";
import { type Observed, observe } from "./observe.ts";
import { meshOf } from "./scenario-mesh.ts";
import { type Served, serveRequest } from "./serve-request.ts";
import type { Result, ScenarioRequest, Vector } from "./vector.ts";
import { proxyOf, surroundingsOf, type World } from "./world.ts";

/** What the engine makes of every request of a scenario, beside what really happened. */
export async function conform(vector: Vector, world: World): Promise<readonly Judgement[]> {
  const { scenario, error } = vector;
  const surroundings = surroundingsOf(scenario.workload, world);
  if (error !== undefined) return skipAll(vector, "istiod could not read the scenario");
  if (surroundings === undefined)
    return skipAll(vector, `no world for a ${scenario.workload.kind}`);
  const proxy = proxyOf(scenario.workload, surroundings);
  const mesh = meshOf(vector, surroundings);
  if (programFor(mesh, proxy).unsupported)
    return skipAll(vector, `the engine does not tell a ${proxy.kind} yet`);
  const judgements: Judgement[] = [];
  for (const request of scenario.requests) {
    const served = await attempt(() => serveRequest(mesh, proxy, request));
    judgements.push({
      scenario: scenario.id,
      request: request.id,
      ...judge(vector, request, served),
    });
  }
  return judgements;
}

type Judged = Omit<Judgement, "scenario" | "request">;

function skip(skipped: string): Judged {
  return { ...agreement, skipped };
}

function skipAll({ scenario }: Vector, why: string): readonly Judgement[] {
  return scenario.requests.map(({ id }) => ({
    scenario: scenario.id,
    request: id,
    ...skip(why),
  }));
}

interface Failed {
  readonly thrown: string;
}

/** What is thrown is a divergence, too: the other requests still count. */
async function attempt(
  serve: () => Promise<Served | undefined>,
): Promise<Served | Failed | undefined> {
  try {
    return await serve();
  } catch (error) {
    return { thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function judge(
  vector: Vector,
  request: ScenarioRequest,
  served: Served | Failed | undefined,
): Judged {
  if (served === undefined) return skip("a version that no request can have");
  if ("thrown" in served) {
    const [first] = served.thrown.split("\n");
    const differences = differing([["thrown", undefined, first]]);
    return { ...agreement, differences, shown: { request, ...served } };
  }
  const { hop, asked } = served;
  const got = observe(hop, request);
  const expected = expectedOf(vector, request);
  const judged = judgeAgainst(expected, got, request);
  const open = differing(asked.map((id) => ["asked", undefined, id]));
  return {
    ...judged,
    differences: [...judged.differences, ...open],
    shown: { request, expected, got, hop },
  };
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

function judgeAgainst(
  expected: Expected,
  got: Observed,
  request: ScenarioRequest,
): Comparison & Pick<Judged, "skipped"> {
  switch (expected.kind) {
    case "result": {
      const { outcome } = expected.result;
      if (outcome === "not-sent" || outcome === "unknown")
        return skip(`the oracle says ${outcome}`);
      return compare(expected.result, got, request);
    }
    case "effect": {
      if (got.outcome === "no-listener")
        return skip("a port that may not be that of the refused listener");
      const effect = got.outcome === "not-served" ? got.effect : got.outcome;
      return { ...agreement, differences: differing([["effect", expected.effect, effect]]) };
    }
    case "words": {
      if (meets(expected.words, got)) return agreement;
      const shown = [got.outcome, got.status, got.details].filter(Boolean).join(" ");
      return { ...agreement, differences: differing([["expect", expected.words, shown]]) };
    }
    case "nothing":
      return skip("nothing is expected of it");
  }
}
