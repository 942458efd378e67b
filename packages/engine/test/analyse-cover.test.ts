import { expect, test } from "vitest";
import { cover } from "../src/analyse/answer/cover.ts";
import { cubeDiagram } from "../src/analyse/answer/cube.ts";
import { and, any, isWithin, not } from "../src/analyse/solve/diagram.ts";
import { diagramOf } from "../src/analyse/solve/encoding.ts";
import { anyPolicies, diceOf } from "./analyse-dice.ts";
import { anyWorld, encodingOf, sideOf } from "./analyse-sides.ts";
import { allowedBy, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 60);

test("parts that owe only what no other part says make up the region, and whatever is said between is in it", () => {
  let shared = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 104_729);
    const side = sideOf(worldOf(anyPolicies(dice), anyWorld(dice)));
    const allowed = allowedBy(side.program, "http");
    const encoding = encodingOf(side, allowed, "http");
    const { diagrams, possible } = encoding;
    const target = and(diagrams, possible, diagramOf(encoding, allowed));
    const { parts, rest } = cover(encoding, target, possible, 60);
    if (rest !== 0) continue;
    if (parts.length > 1) shared += 1;
    const said = any(
      diagrams,
      parts.map(({ root }) => root),
    );
    expect([round, isWithin(diagrams, target, said)]).toEqual([round, true]);
    for (const { cube, root, owed } of parts) {
      const whole = and(diagrams, cubeDiagram(encoding, cube), possible);
      expect([round, isWithin(diagrams, whole, target)]).toEqual([round, true]);
      expect([round, and(diagrams, root, not(diagrams, cubeDiagram(encoding, cube)))]).toEqual([
        round,
        0,
      ]);
      for (const [name, classes] of owed ?? []) {
        const wide = cube.get(name);
        const all = wide?.kind === "classes" ? wide.classes : [];
        expect([round, name, classes.filter((each) => !all.includes(each))]).toEqual([
          round,
          name,
          [],
        ]);
        expect([round, name, classes.length > 0]).toEqual([round, name, true]);
      }
    }
  }
  expect(shared).toBeGreaterThan(rounds / 4);
});
