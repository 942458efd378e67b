import { expect, test } from "vitest";
import { whoCan } from "../src/analyse/access.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { DataPlane } from "../src/model/kubernetes.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { worldOf } from "./analyse-world.ts";

const methods = ["GET", "POST", "CONNECT", "CONN*", "C*"] as const;

function anyRule(dice: Dice): PolicyRule {
  const operation = {
    [dice.pick(["methods", "notMethods"])]: dice.some(methods),
    ...(dice.chance(0.4) ? { [dice.pick(["paths", "notPaths"])]: ["/a*"] } : {}),
    ...(dice.chance(0.4) ? { ports: [dice.pick(["80", "9000"])] } : {}),
  };
  return { to: [{ operation }] };
}

function anyMesh(dice: Dice): Mesh {
  return worldOf(
    Array.from({ length: 1 + dice.below(3) }, () => ({
      action: dice.pick(["ALLOW", "DENY"] as const),
      rules: Array.from({ length: 1 + dice.below(2) }, () => anyRule(dice)),
    })),
  );
}

/** Whether some classic CONNECT gets through. */
function connects(mesh: Mesh, dataPlane: DataPlane): boolean {
  return [80, 9000, 7000].some((port) => {
    const { decision } = evaluate(
      mesh,
      {
        from: "sa/prod/web",
        to: { namespace: "prod", port },
        http: { method: "CONNECT", path: "h:443", host: "h:443" },
      },
      { dataPlane },
    );
    return decision === "allow";
  });
}

const connect = { protocol: "http", to: [{ operation: { methods: ["CONNECT"] } }] } as const;

test("CONNECT gets through no proxy that reads HTTP, and nothing is left open or shown because of it", () => {
  for (let seed = 1; seed <= Number(process.env["ANALYSE"] ?? 30); seed += 1) {
    const mesh = anyMesh(diceOf(4000 + seed));
    const text = JSON.stringify([seed, mesh.authorizationPolicies.map(({ spec }) => spec)]);
    expect(connects(mesh, "sidecar"), text).toBe(false);
    const [all, only] = prove(mesh, [
      { name: "all", requests: { protocol: "http" }, expect: "never-allowed" },
      { name: "CONNECT", requests: connect, expect: "never-allowed" },
    ]);
    expect(all?.undecided, text).toEqual([]);
    expect(only?.result, text).toBe("holds-vacuously");
    const shown = whoCan(mesh, { protocol: "http" }).flatMap(({ regions }) => regions);
    for (const { witness } of shown)
      expect(witness.request.http, text).not.toMatchObject({ method: "CONNECT" });
  }
});

test("at a ztunnel it is bytes like any other", () => {
  const mesh = worldOf([{ action: "DENY", rules: [{ to: [{ operation: { ports: ["80"] } }] }] }]);
  expect(connects(mesh, "ambient")).toBe(true);
  const [proof] = prove(mesh, [{ name: "it", requests: connect, expect: "never-allowed" }], {
    dataPlane: "ambient",
  });
  expect(proof?.result).toBe("violated");
});
