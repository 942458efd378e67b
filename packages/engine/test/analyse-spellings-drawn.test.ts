import { expect, test } from "vitest";
import { confirm } from "../src/analyse/answer/confirm.ts";
import { type Sample, sampleOf } from "../src/analyse/answer/request.ts";
import type { Change } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import type { Side } from "../src/analyse/question.ts";
import { lanesOf } from "../src/analyse/space/lanes.ts";
import { spellingChanges } from "../src/analyse/spelling-changes.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { sideOf } from "./analyse-sides.ts";
import { type Stated, type World, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 60) / 4;
const old = { istio: "1.30.3", envoy: "1.38.3", stated: true } as const;
const young = { istio: "1.31.0", envoy: "1.39.3", stated: true } as const;

function meshes(policies: readonly Stated[], world?: World): readonly [Mesh, Mesh] {
  const mesh = worldOf(policies, world);
  return [
    { ...mesh, release: old },
    { ...mesh, release: young },
  ];
}

const on = (paths: readonly string[]): readonly PolicyRule[] => [
  { to: [{ operation: { paths } }] },
];
const custom = (...paths: readonly string[]): Stated => ({
  action: "CUSTOM",
  rules: on(paths),
  provider: "oauth",
});
const deny = (...paths: readonly string[]): Stated => ({ action: "DENY", rules: on(paths) });
const allow = (...paths: readonly string[]): Stated => ({ action: "ALLOW", rules: on(paths) });

type Shown = readonly [kind: string, path: string, statuses: string];

function shown(changes: readonly Change[]): readonly Shown[] {
  return changes.flatMap(({ kind, regions }) =>
    regions.map(({ witness: { request, statuses } }): Shown => {
      const http = typeof request.http === "object" ? request.http : {};
      return [kind, http.path ?? "", statuses.join()];
    }),
  );
}

function differences(policies: readonly Stated[], world?: World): readonly Shown[] {
  const { diffs } = diffMeshes(...meshes(policies, world));
  return shown(diffs.flatMap(({ changes }) => changes));
}

const asked = "refused by a provider";

test("an authorizer is not asked where one side takes a segment amid a path for a dot segment", () => {
  expect(differences([custom("/a/{*}/b")])).toEqual([
    ["newly-allowed", "/a/..;x/b", `${asked},allowed`],
    ["newly-denied", "/..;x/a/x/b", `allowed,${asked}`],
  ]);
  expect(differences([custom("/{*}")])).toEqual([
    ["newly-allowed", "/..;x", `${asked},allowed`],
    ["newly-denied", "/..;x/x", `allowed,${asked}`],
  ]);
  expect(differences([custom("/a/..;x/b")])).toEqual([
    ["newly-allowed", "/a/..;x/b", `${asked},allowed`],
  ]);
  expect(differences([custom("*/")]).map(([kind]) => kind)).toEqual(["newly-denied"]);
});

test("nor where such a path begins as one that everybody may see and ends as one of the authorizer's", () => {
  expect(differences([custom("/secret/*"), allow("/app/*", "/secret/*")])).toEqual([
    ["newly-allowed", "/..;x/app/x", "403,allowed"],
    ["newly-denied", "/app/x/..;x/..;x/secret/x", `allowed,${asked}`],
  ]);
});

test("the same holds for DENY and ALLOW", () => {
  expect(differences([deny("/a/{*}/b")])).toEqual([
    ["newly-allowed", "/a/..;x/b", "403,allowed"],
    ["newly-denied", "/..;x/a/x/b", "allowed,403"],
  ]);
  expect(differences([allow("/a/{*}/b")])).toEqual([
    ["newly-allowed", "/..;x/a/x/b", "403,allowed"],
    ["newly-denied", "/a/..;x/b", "allowed,403"],
  ]);
});

test("a token in the query of a path stays there", () => {
  const jwtRules = [{ issuer: "https://i", fromParams: ["t"] }];
  const rules = [
    { from: [{ source: { requestPrincipals: ["*"] } }], to: [{ operation: { paths: ["/p/*"] } }] },
  ];
  expect(differences([{ action: "ALLOW", rules }], { jwtRules })).toEqual([
    ["newly-allowed", "/..;x/p/x", "403,allowed"],
    ["newly-denied", "/p/x/..;x/..;x/..;x/x", "allowed,403"],
  ]);
});

test("what is to be as it was, or to let no more through, is asked about such requests", () => {
  const [before, after] = meshes([custom("/a/{*}/b")]);
  const get = { protocol: "http", to: [{ operation: { methods: ["GET"] } }] } as const;
  const within = { to: [{ operation: { paths: ["/a/*"] } }] };
  const proofs = prove(after, [
    { name: "same", expect: { "same-as": before } },
    { name: "no wider", expect: { "no-wider-than": before } },
    { name: "of one method", requests: get, expect: { "no-wider-than": before } },
    { name: "of some paths", requests: within, expect: { "no-wider-than": before } },
  ]);
  expect(proofs.map(({ result }) => result)).toEqual(["violated", "violated", "violated", "holds"]);
  expect(proofs.at(-1)?.assumptions).toContain(
    "paths have no segment such as ..;x: the two sides read it differently",
  );
  const [request] = proofs[2]?.violations.flatMap(({ regions }) => regions) ?? [];
  expect(request?.witness.request.http).toMatchObject({ method: "GET", path: "/a/..;x/b" });
});

const texts = [
  ...(["/admin", "/admin/*", "/a/b", "/a*", "/a/*", "*/z", "/a/{*}/b", "/b/{**}", "*"] as const),
  ...(["/{*}", "/..;x/*", "/a/..;x/b", "*.js", "/b/{*}/z", "/"] as const),
] as const;

function anyRule(dice: Dice): PolicyRule {
  const methods = dice.chance(0.3) ? { methods: dice.some(["GET", "POST"]) } : {};
  const paths = { [dice.chance(0.25) ? "notPaths" : "paths"]: dice.some(texts) };
  const values = { [dice.chance(0.5) ? "values" : "notValues"]: ["v"] };
  return {
    to: [{ operation: { ...paths, ...methods } }],
    ...(dice.chance(0.3) ? { when: [{ key: "request.headers[x-h]", ...values }] } : {}),
  };
}

function anyPolicies(dice: Dice): readonly Stated[] {
  return Array.from({ length: 1 + dice.below(4) }, () => {
    const action = dice.pick(["ALLOW", "DENY", "CUSTOM", "CUSTOM"] as const);
    const rules = Array.from({ length: 1 + dice.below(2) }, () => anyRule(dice));
    return { action, rules, ...(action === "CUSTOM" ? { provider: "oauth" } : {}) };
  });
}

const segments = ["a", "b", "z", "x", "admin", "..;x", "..;x", ".;x", "y.js"] as const;

function anySample(dice: Dice, { point, program }: Side): Sample {
  const path = Array.from({ length: 1 + dice.below(6) }, () => `/${dice.pick(segments)}`).join("");
  const values = new Map([
    ["path", [path]],
    ["method", [dice.pick(["GET", "POST", "PUT"])]],
    ["header x-h", dice.chance(0.5) ? ["v"] : []],
  ]);
  const answers = new Map([["oauth", dice.chance(0.5)]]);
  const lanes = lanesOf(program, "http");
  const occasion = { point, protocol: "http", providers: [], ports: [8080], lanes } as const;
  return sampleOf({ values, answers }, occasion);
}

/** The kind of difference that a request shows. */
function differing(sides: readonly Side[], sample: Sample): Change["kind"] | undefined {
  const [was, is] = sides.map(({ mesh, point }) => confirm(mesh, point, sample).status);
  if ((was === "allowed") === (is === "allowed")) return undefined;
  return is === "allowed" ? "newly-allowed" : "newly-denied";
}

test("what random requests with such segments find in random policies is found", () => {
  let seen = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 7919);
    const [before, after] = meshes(anyPolicies(dice)).map(sideOf);
    if (!before || !after) throw new Error("two sides");
    const sides = [before, after] as const;
    const drawn = new Set(
      Array.from({ length: 300 }, () => differing(sides, anySample(dice, before))),
    );
    const found = new Set(spellingChanges(sides, {}).changes.map(({ kind }) => kind));
    const missing = [...drawn].filter((kind) => kind !== undefined && !found.has(kind));
    expect([round, missing]).toEqual([round, []]);
    seen += drawn.has("newly-allowed") || drawn.has("newly-denied") ? 1 : 0;
  }
  expect(seen).toBeGreaterThan(rounds / 2);
});
