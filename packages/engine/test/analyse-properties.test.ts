import { describe, expect, test } from "vitest";
import { anyPolicies, diceOf } from "./analyse-dice.ts";
import { anyRequest } from "./analyse-requests.ts";
import { allows, anyWorld, encodingOf, sideOf, symbolic } from "./analyse-sides.ts";
import { allowedBy, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 60);

describe.each(["http", "tcp"] as const)("over %s", (protocol) => {
  test("regions and the evaluator say the same of every request", () => {
    for (let round = 1; round <= rounds; round += 1) {
      const dice = diceOf(round * 7919);
      const policies = anyPolicies(dice);
      const side = sideOf(worldOf(policies, anyWorld(dice)));
      const allowed = allowedBy(side.program, protocol);
      const encoding = encodingOf(side, allowed, protocol);
      for (let each = 0; each < 40; each += 1) {
        const request = anyRequest(dice);
        const said = symbolic(encoding, allowed, request);
        if (said === undefined) continue;
        const text = JSON.stringify({ round, policies, request: [...request.values] });
        expect([text, allows(side, request, protocol)]).toEqual([text, said]);
      }
    }
  });
});
