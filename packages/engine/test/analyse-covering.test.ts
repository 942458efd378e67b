import { describe, expect, test } from "vitest";
import { finderIn, oneRequest } from "../src/analyse/answer/one-request.ts";
import { sampleOf } from "../src/analyse/answer/request.ts";
import type { Concrete } from "../src/analyse/answer/values.ts";
import { prove } from "../src/analyse/prove.ts";
import { and } from "../src/analyse/solve/diagram.ts";
import { diagramOf } from "../src/analyse/solve/encoding.ts";
import { not } from "../src/analyse/space/formula.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { anyPolicies, diceOf } from "./analyse-dice.ts";
import { anyWorld, encodingOf, sideOf, symbolic } from "./analyse-sides.ts";
import { allowedBy, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 60);

describe.each(["http", "tcp"] as const)("over %s", (protocol) => {
  test("covering queries find a request exactly where diagrams say that there is one", () => {
    for (let round = 1; round <= rounds; round += 1) {
      const dice = diceOf(round * 6221);
      const policies = anyPolicies(dice);
      const side = sideOf(worldOf(policies, anyWorld(dice)));
      const allowed = allowedBy(side.program, protocol);
      const encoding = encodingOf(side, allowed, protocol);
      for (const formula of [allowed, not(allowed)]) {
        const text = JSON.stringify({ round, policies, opposite: formula !== allowed });
        const isThere =
          and(encoding.diagrams, encoding.possible, diagramOf(encoding, formula)) !== 0;
        let seen: Concrete | undefined;
        const found = oneRequest(finderIn(encoding.space), formula, (concrete) => {
          seen = concrete;
          const sample = sampleOf(concrete, {
            ...{ point: side.point, protocol, providers: [], ports: [8080], lanes: [] },
          });
          return { sample, said: "", witness: { request: sample.request, statuses: [], by: [] } };
        });
        expect([text, found !== "none"]).toEqual([text, isThere]);
        if (seen) expect([text, symbolic(encoding, formula, seen)]).toEqual([text, true]);
      }
    }
  });
});

/** Rules that are random 3-SAT at the hard ratio: each asks whether three headers are there. */
function hardRules(headers: number): readonly PolicyRule[] {
  const dice = diceOf(11);
  return Array.from({ length: Math.round(headers * 4.26) }, () => {
    const some = new Set<number>();
    while (some.size < 3) some.add(dice.below(headers));
    const when = [...some].map((header) => ({
      key: `request.headers[x-${header}]`,
      [dice.chance(0.5) ? "values" : "notValues"]: ["*"],
    }));
    return { when };
  });
}

test.each([
  [100, "violated"],
  [110, "holds"],
] as const)(
  "random rules about %d headers at the hard ratio are decided: %s",
  (headers, result) => {
    const mesh = worldOf([{ action: "DENY", rules: hardRules(headers) }]);
    const [proof] = prove(mesh, [
      { name: "nothing", requests: { protocol: "http" }, expect: "never-allowed" },
    ]);
    expect(proof?.result).toBe(result);
    for (const { regions } of proof?.violations ?? [])
      expect(regions[0]?.witness.statuses).toEqual(["allowed"]);
  },
);
