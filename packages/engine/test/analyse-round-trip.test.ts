import { expect, test } from "vitest";
import type { Region } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { settingAround } from "../src/analyse/question.ts";
import { and as both } from "../src/analyse/solve/diagram.ts";
import { diagramOf, encode } from "../src/analyse/solve/encoding.ts";
import { arrivals } from "../src/analyse/space/arrivals.ts";
import { and, type Formula, not, or } from "../src/analyse/space/formula.ts";
import { spaceOf } from "../src/analyse/space/space.ts";
import { anyPolicies, anyRule, diceOf } from "./analyse-dice.ts";
import { saidRequests } from "./analyse-said.ts";
import { anyWorld, sideOf } from "./analyse-sides.ts";
import { to } from "./analyse-spoken.ts";
import { allowedBy, requested, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 40);
const here = { only: ({ name }: { readonly name: string }) => name === "ns/prod", regions: 60 };

test("what a diff says, written as policies again, is what changes, and nothing else", () => {
  let read = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 611_953);
    const before = anyPolicies(dice);
    const after = dice.chance(0.5) ? [...before, ...anyPolicies(dice)] : anyPolicies(dice);
    const world = anyWorld(dice);
    const [old, young] = [sideOf(worldOf(before, world)), sideOf(worldOf(after, world))];
    const { diffs } = diffMeshes(old.mesh, young.mesh, here);
    const changes = diffs
      .flatMap((each) => each.changes)
      .filter(({ protocol, complete }) => protocol === "http" && complete);
    for (const { kind, regions } of changes) {
      if (kind === "changed-status") continue;
      const [more, less] = kind === "newly-allowed" ? [young, old] : [old, young];
      const found = and(allowedBy(more.program, "http"), not(allowedBy(less.program, "http")));
      const said = saidRequests(regions, { mesh: young.mesh, protocol: "http" });
      if (said === undefined) continue;
      read += 1;
      const text = JSON.stringify({ round, kind, said: regions.map((each) => each.text) });
      expect([text, differOn(found, said, [old, young])]).toEqual([text, false]);
    }
  }
  expect(read).toBeGreaterThan(rounds / 4);
});

/** Whether two formulas differ on some request that one of the sides takes for HTTP. */
function differOn(a: Formula, b: Formula, sides: readonly [Side, ...Side[]]): boolean {
  const served = sides.flatMap(({ program }) =>
    arrivals(program, { protocol: "http" }).flatMap(({ chain, here: gets }) =>
      chain?.kind === "http" ? [gets] : [],
    ),
  );
  const [{ mesh }] = sides;
  const care = and(or(...served), not(requested(mesh, to({ methods: ["CONNECT"] }), "http")));
  const setting = settingAround(sides, "http", [], {});
  const encoding = encode(spaceOf([a, b, care], setting));
  const { diagrams, possible } = encoding;
  const there = both(diagrams, possible, diagramOf(encoding, care));
  const [one, other] = [a, b].map((each) => both(diagrams, there, diagramOf(encoding, each)));
  return one !== other;
}

type Side = ReturnType<typeof sideOf>;

/** A rule and its exceptions in the words of an answer. */
function saidOf(regions: readonly Region[]): readonly string[] {
  return regions.map(({ text }) => text);
}

test("a sentence that leaves something out is another set of requests", () => {
  const rule = anyRule(diceOf(3));
  const side = sideOf(worldOf([{ action: "ALLOW", rules: [rule] }]));
  const { diffs } = diffMeshes(worldOf([{ action: "ALLOW" }]), side.mesh, here);
  const regions = diffs.flatMap(({ changes }) => changes.flatMap((each) => each.regions));
  const place = { mesh: side.mesh, protocol: "http" } as const;
  const whole = saidRequests(regions, place);
  const fewer = saidRequests(
    regions.map((region) => ({ ...region, terms: region.terms.slice(1) })),
    place,
  );
  expect(saidOf(regions).length).toBeGreaterThan(0);
  if (!whole || !fewer) throw new Error("not read");
  expect([differOn(whole, whole, [side]), differOn(whole, fewer, [side])]).toEqual([false, true]);
});
