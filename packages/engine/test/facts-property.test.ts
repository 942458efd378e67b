import { describe, expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { diceOf } from "./facts/dice.ts";
import { type Point, points } from "./facts/points.ts";
import { anyMesh } from "./facts/policies.ts";
import {
  anyPartial,
  askedOf,
  openParts,
  type Part,
  type Partial,
  partsOf,
} from "./facts/requests.ts";

const wanted = Number(process.env["FACTS"] ?? 400);
const seed = Number(process.env["FACTS_SEED"] ?? 1);
const perMesh = 20;
const mostCompletions = 1000;
const oftenMost = 150; // completions of all but one partial request in sixteen

type Values = ReadonlyMap<string, string | undefined>;

/** Every way to say what a partial request leaves open. */
function completions(open: readonly Part[], known: Values): readonly Values[] {
  return open.reduce<readonly Values[]>(
    (all, { name, values }) =>
      all.flatMap((before) => values.map((value) => new Map([...before, [name, value]]))),
    [known],
  );
}

/** What was received repeats what was sent. */
const resultOf = ({
  decision,
  outcome: { received: _, ...outcome } = { kind: "unknown" },
  layer,
  by,
}: Verdict): string => JSON.stringify([decision, outcome, layer, by]);

/** What is wrong with the verdict on a partial request, given those on all its completions. */
function faultsOf(
  { decision, facts }: Verdict,
  complete: ReadonlyMap<Values, Verdict>,
  open: readonly Part[],
): readonly string[] {
  const possible = [...new Set([...complete.values()].map((each) => each.decision))].toSorted();
  const isCut = facts.some(({ state, then }) => state === "unknown" && then === undefined);
  const faults: string[] = [];
  if (possible.includes("undetermined")) faults.push("a completion is undetermined");
  if (decision !== "undetermined" && possible.some((each) => each !== decision))
    faults.push(`false ${decision}: ${possible}`);
  if (decision === "undetermined" && possible.length < 2 && !isCut)
    faults.push(`false undetermined: ${possible}`);
  if (isCut) return faults;
  for (const { id } of facts.filter(({ state }) => state === "unknown")) {
    const part = open.find((each) => each.of(id));
    if (part === undefined) faults.push(`unexpected fact ${id}`);
    else if (!matters(part, complete)) faults.push(`${id} does not matter`);
  }
  return faults;
}

/** Two completions that differ in this part alone come to different results. */
function matters({ name }: Part, complete: ReadonlyMap<Values, Verdict>): boolean {
  const results = new Map<string, string>();
  for (const [values, verdict] of complete) {
    const others = JSON.stringify([...values].filter(([part]) => part !== name).toSorted());
    const result = resultOf(verdict);
    if ((results.get(others) ?? result) !== result) return true;
    results.set(others, result);
  }
  return false;
}

interface Report {
  readonly faults: readonly string[];
  readonly tried: number; // completions; 0: there would be too many
  readonly decision: string;
}

interface World {
  readonly mesh: Mesh;
  readonly point: Point;
  readonly parts: readonly Part[];
}

function check({ mesh, point, parts }: World, partial: Partial, index: number): Report {
  const open = openParts(partial, parts);
  const size = open.reduce((product, { values }) => product * values.length, 1);
  if (size > (index % 16 === 0 ? mostCompletions : oftenMost))
    return { faults: [], tried: 0, decision: "" };
  const complete = new Map(
    completions(open, partial.known).map((values) => {
      const { request, options } = askedOf(partial, values, point);
      return [values, evaluate(mesh, request, options)] as const;
    }),
  );
  const { request, options } = askedOf(partial, partial.known, point);
  const verdict = evaluate(mesh, request, options);
  return {
    faults: faultsOf(verdict, complete, open),
    tried: complete.size,
    decision: verdict.decision,
  };
}

/** A fault with everything that repeats it. */
function told(mesh: Mesh, partial: Partial, turn: number, { faults }: Report): object {
  return {
    turn,
    faults,
    partial: { ...partial, known: Object.fromEntries(partial.known) },
    policies: mesh.authorizationPolicies.map(({ spec }) => JSON.stringify(spec)),
    peers: mesh.peerAuthentications.map(({ spec }) => JSON.stringify(spec)),
  };
}

interface Tally {
  readonly counts: Record<string, number>;
  readonly faults: object[];
  requests: number;
  tried: number;
}

/** Partial requests in one mesh, each held to its completions. */
function tryTurn(point: Point, turn: number, tally: Tally): void {
  const dice = diceOf(seed * 1_000_003 + turn);
  const mesh = anyMesh(dice, point.world, point.attachment);
  const world = { mesh, point, parts: partsOf(mesh, point) };
  const partials = dice.list(perMesh, () => anyPartial(dice, world.parts, point));
  for (const [index, partial] of partials.entries()) {
    const report = check(world, partial, index);
    if (report.tried === 0) continue;
    tally.requests += 1;
    tally.tried += report.tried;
    tally.counts[report.decision] = (tally.counts[report.decision] ?? 0) + 1;
    if (report.faults.length > 0) tally.faults.push(told(mesh, partial, turn, report));
  }
}

describe("what is said of a request that leaves something open holds for all its completions", () => {
  test.each(points)(
    "at a $name",
    (point) => {
      const tally: Tally = { counts: {}, faults: [], requests: 0, tried: 0 };
      for (let turn = 0; tally.requests < wanted && tally.faults.length < 20; turn += 1)
        tryTurn(point, turn, tally);
      const { faults, ...sums } = tally;
      if (wanted > 1000) process.stdout.write(`${JSON.stringify({ at: point.name, ...sums })}\n`);
      expect(faults).toEqual([]);
    },
    7_200_000,
  );
});
