import { agreement, differing, type Judgement } from "../judgement.ts";
import { meshOf } from "../scenario-mesh.ts";
import { askWays } from "./ask.ts";
import { compareBranches, observedOf } from "./compare.ts";
import { leftOut } from "./left-out.ts";
import { observe } from "./observe.ts";
import type { JourneyBranch, JourneyRequest, JourneyVector } from "./vector.ts";

/** What the engine makes of every request of a journey scenario, beside what really happened on each of its branches. */
export async function conformJourney(vector: JourneyVector): Promise<readonly Judgement[]> {
  const { scenario, results } = vector;
  if (results === undefined)
    return scenario.requests.map(({ id }) => ({
      ...agreement,
      scenario: scenario.id,
      request: id,
      skipped: "the oracle has no results",
    }));
  const mesh = meshOf(
    {
      ...(vector.versions === undefined ? {} : { versions: vector.versions }),
      scenario: { ...scenario, requests: [], workload: nobody },
    },
    { addresses: [], ports: [], objects: [] },
  );
  const judgements: Judgement[] = [];
  for (const request of scenario.requests)
    judgements.push({
      scenario: scenario.id,
      request: request.id,
      ...(await judge(vector, mesh, request)),
    });
  return judgements;
}

export const nobody = {
  kind: "sidecar",
  namespace: "",
  name: "",
  labels: {},
  serviceAccount: "",
} as const;

async function judge(
  { scenario, results = [] }: JourneyVector,
  mesh: ReturnType<typeof meshOf>,
  request: JourneyRequest,
): Promise<Omit<Judgement, "scenario" | "request">> {
  const branches = results.find(({ id }) => id === request.id)?.branches ?? [];
  const names = new Map(Object.entries(scenario.dns ?? {}).map(([name, ip]) => [ip, name]));
  if (isAskedTwice(scenario, branches))
    return { ...agreement, skipped: "404 at a headless Service, its port detected, several pods" };
  const expected = branches.map((branch) => observedOf(branch, names));
  try {
    const ways = await askWays(mesh, scenario.objects, request);
    const isRaw = request.http === undefined;
    const got = ways.map((way) => observe(way, names, isRaw));
    return {
      differences: compareBranches(expected, got),
      notCompared: leftOut(branches, names),
      shown: { request, branches, got, ways },
    };
  } catch (error) {
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      ...agreement,
      differences: differing([["thrown", undefined, thrown.split("\n").slice(0, 3).join(" ")]]),
      shown: { request, branches, thrown },
    };
  }
}

/**
 * The oracle asks istiod twice for the routes of a detected port of a headless Service with several pods, and istiod's cache then has none:
 * everything is answered with 404. A proxy asks for each name once.
 */
export function isAskedTwice(
  { objects }: JourneyVector["scenario"],
  branches: readonly JourneyBranch[],
): boolean {
  const [first] = branches.flatMap(({ hops = [] }) => hops);
  const pods = objects.filter(({ kind }) => kind === "Pod").map((pod) => JSON.stringify(pod));
  const toPod = pods.some((pod) => pod.includes(`"${first?.at?.replace(/:\d+$/, "")}"`));
  return first?.side === "outbound" && first.details === "route_not_found" && toPod;
}
