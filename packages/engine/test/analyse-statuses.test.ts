import { expect, test } from "vitest";
import { confirm } from "../src/analyse/answer/confirm.ts";
import { sampleOf } from "../src/analyse/answer/request.ts";
import type { Concrete } from "../src/analyse/answer/values.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { jwtProvidersOf } from "../src/analyse/point-program.ts";
import { outcomesOf } from "../src/analyse/space/decisions.ts";
import { or } from "../src/analyse/space/formula.ts";
import { lanesOf } from "../src/analyse/space/lanes.ts";
import { anyPolicies, diceOf } from "./analyse-dice.ts";
import { anyRequest } from "./analyse-requests.ts";
import { anyWorld, encodingOf, sideOf, symbolic } from "./analyse-sides.ts";
import { worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 60);

/** The evaluator's answer; which provider refused is not asked. */
function statusAt(side: ReturnType<typeof sideOf>, request: Concrete): string {
  const { mesh, point, program } = side;
  const providers = jwtProvidersOf(program);
  const lanes = lanesOf(program, "http");
  const occasion = { point, protocol: "http", providers, ports: [8080], lanes } as const;
  return confirm(mesh, point, sampleOf(request, occasion)).status;
}

test("a request gets the one answer that the evaluator gives it", () => {
  const seen = new Map<string, number>();
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 27_644_437);
    const side = sideOf(worldOf(anyPolicies(dice), anyWorld(dice)));
    const outcomes = outcomesOf(side.program, { protocol: "http", queries: false });
    const encoding = encodingOf(side, or(...outcomes.values()), "http");
    for (let each = 0; each < 25; each += 1) {
      const request = anyRequest(dice);
      const said = [...outcomes].filter(([, formula]) => symbolic(encoding, formula, request));
      if (symbolic(encoding, or(), request) === undefined) continue;
      const statuses = said.map(([status]) => status.replace(/ by .*/, " by a provider"));
      const text = JSON.stringify({ round, request: [...request.values] });
      const status = statusAt(side, request);
      expect([text, statuses]).toEqual([text, [status]]);
      seen.set(status, (seen.get(status) ?? 0) + 1);
    }
  }
  for (const status of ["allowed", "401", "403", "refused by a provider"])
    expect([status, (seen.get(status) ?? 0) > 5]).toEqual([status, true]);
});

test("who is refused for an audience, and then for the issuer, gets another answer", () => {
  const of = (issuer: string): ReturnType<typeof worldOf> =>
    worldOf([], { jwtRules: [{ issuer, audiences: ["v"] }] });
  const { diffs } = diffMeshes(of("https://i"), of("https://j"), {
    only: ({ name }) => name === "ns/prod",
  });
  const changed = diffs
    .flatMap(({ changes }) => changes)
    .filter(({ kind }) => kind === "changed-status")
    .flatMap(({ regions }) => regions.map(({ text, witness }) => [text, witness.statuses]));
  expect(changed).toEqual([
    [
      "claim iss is one of https://i, https://j and claim aud does not have v in any spelling",
      ["403", "401"],
    ],
  ]);
});
