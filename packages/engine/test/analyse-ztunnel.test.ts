import { expect, test } from "vitest";
import type { Concrete } from "../src/analyse/answer/values.ts";
import { madePoint } from "../src/analyse/points.ts";
import type { Side } from "../src/analyse/question.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { anyPolicies, type Dice, diceOf } from "./analyse-dice.ts";
import { anyRequest } from "./analyse-requests.ts";
import { allows, anyWorld, encodingOf, symbolic } from "./analyse-sides.ts";
import { allow, deny, from } from "./analyse-spoken.ts";
import { allowedBy, type Stated, toldProd, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 60);

function ambient(mesh: Mesh): Side {
  const [point] = madePoint("prod", {}, "ambient");
  if (!point) throw new Error("no point");
  return { mesh, point, program: toldProd(mesh, "ambient") };
}

/** What ztunnel reads otherwise than Envoy: parts of an identity, and that there is none. */
const strange: readonly Stated[] = [
  allow(from({ namespaces: ["*"] })),
  allow(from({ notNamespaces: ["*"] })),
  deny(from({ namespaces: ["*"] })),
  allow(from({ namespaces: ["a"], notNamespaces: ["*b"] })),
  allow(from({ serviceAccounts: ["a/x"] })),
  deny(from({ notServiceAccounts: ["a/x"] })),
  deny(from({ serviceAccounts: ["a/x/y"] })), // nobody's
  allow(from({ serviceAccounts: ["a/x/y", "b/x"] })),
  allow(from({ principals: ["*"] })),
];

function anyStated(dice: Dice): readonly Stated[] {
  const own = dice.chance(0.4) ? [strange[dice.below(strange.length)] ?? deny({})] : [];
  const isAlone = own.length > 0 && dice.chance(0.6);
  const others = isAlone ? [] : anyPolicies(dice).filter(({ action }) => action !== "CUSTOM");
  return [...own, ...others];
}

function kindOf(said: boolean, { values }: Concrete): "denied" | "allowed" | "nobody" {
  if (!said) return "denied";
  return values.get("peer")?.[0] === undefined ? "nobody" : "allowed";
}

test("of ztunnel regions and the evaluator say the same of every connection", () => {
  const seen = { allowed: 0, denied: 0, nobody: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 39_916_801);
    const stated = anyStated(dice);
    const side = ambient(worldOf(stated, anyWorld(dice)));
    const allowed = allowedBy(side.program, "tcp");
    const encoding = encodingOf(side, allowed, "tcp");
    for (let each = 0; each < 30; each += 1) {
      const request = anyRequest(dice);
      const said = symbolic(encoding, allowed, request);
      if (said === undefined) continue;
      const text = JSON.stringify({ round, stated, request: [...request.values] });
      expect([text, allows(side, request, "tcp")]).toEqual([text, said]);
      seen[kindOf(said, request)] += 1;
    }
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(rounds);
});
