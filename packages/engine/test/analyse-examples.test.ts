import { expect, test } from "vitest";
import { whoCan } from "../src/analyse/access.ts";
import type { Protocol, Region, Requests } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { diffPlanes } from "../src/analyse/diff-planes.ts";
import { prove } from "../src/analyse/prove.ts";
import { and, not } from "../src/analyse/space/formula.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Program } from "../src/model/program.ts";
import { diffs, planes, whoCanExample } from "./analyse-diff-examples.ts";
import { proofs } from "./analyse-proof-examples.ts";
import { idp } from "./analyse-spoken.ts";
import { allowedBy, requested, sameRequests, toldProd, worldOf } from "./analyse-world.ts";

test.each(proofs)(
  "$id: $says",
  ({
    policies,
    world,
    protocol = "http",
    scope,
    expect: expected = "never-allowed",
    ...wanted
  }) => {
    const mesh = worldOf(policies, world);
    const only = (requests: Requests | undefined) =>
      prove(mesh, [
        {
          name: "x",
          target: { namespace: "prod" },
          requests: { ...requests, protocol },
          expect: expected,
        },
      ]);
    const [proof] = only(scope);
    expect(proof?.undecided).toEqual([]);
    expect(proof?.result).toBe(wanted.result);
    for (const violation of proof?.violations ?? []) expect(violation.complete).toBe(true);
    if (wanted.within) expect(only(wanted.within)[0]?.result).toBe("violated");
  },
);

/** What one side allows and the other does not, as the region of a diff, must be these requests. */
function expectRegion(
  regions: readonly Region[],
  wanted: Requests | undefined,
  { mesh, more, less, protocol }: { mesh: Mesh; more: Program; less: Program; protocol: Protocol },
): void {
  if (!wanted) {
    expect(regions).toEqual([]);
    return;
  }
  expect(regions.length).toBeGreaterThan(0);
  const found = and(allowedBy(more, protocol), not(allowedBy(less, protocol)));
  expect(sameRequests(found, requested(mesh, wanted, protocol), more)).toBe(true);
}

test.each(diffs)("$id: $says", ({ before, after, world, added, removed }) => {
  const old = worldOf(before, world);
  const young = worldOf(after, world);
  const diff = diffMeshes(old, young, { only: ({ name }) => name === "ns/prod" });
  const regions = (kind: string) =>
    diff.diffs.flatMap(({ changes }) =>
      changes
        .filter((change) => change.kind === kind && change.protocol === "http")
        .flatMap((change) => change.regions),
    );
  expect(diff.diffs.flatMap(({ undecided }) => undecided)).toEqual([]);
  const programs = { old: toldProd(old), young: toldProd(young) };
  const wide = { mesh: young, more: programs.young, less: programs.old, protocol: "http" } as const;
  expectRegion(regions("newly-allowed"), added, wide);
  const narrow = { ...wide, more: programs.old, less: programs.young };
  expectRegion(regions("newly-denied"), removed, narrow);
});

test.each(planes)("$id: $says", ({ after, added }) => {
  const mesh = worldOf(after);
  const diff = diffPlanes(mesh, ["sidecar", "ambient"], { only: ({ name }) => name === "ns/prod" });
  expect(diff.diffs.flatMap(({ undecided }) => undecided)).toEqual([]);
  const changes = diff.diffs
    .flatMap((each) => each.changes)
    .filter((each) => each.protocol === "tcp");
  expect(changes.map(({ kind }) => kind)).toEqual(added ? ["newly-allowed"] : []);
  if (!added) return;
  const sidecar = toldProd(mesh);
  const ztunnel = toldProd(mesh, "ambient");
  const found = and(allowedBy(ztunnel, "tcp"), not(allowedBy(sidecar, "tcp")));
  expect(sameRequests(found, requested(mesh, added, "tcp"), sidecar)).toBe(true);
});

function issued(notValues?: readonly string[], values?: readonly string[]): Requests {
  const key = "request.auth.claims[iss]";
  return { when: [{ key, ...(values ? { values } : {}), ...(notValues ? { notValues } : {}) }] };
}

test("W1: who can get a page, in one sentence for each way in", () => {
  const { policies, world, target, equals } = whoCanExample;
  const mesh = worldOf(policies, world);
  const [access] = whoCan(
    mesh,
    { ...target, protocol: "http" },
    { only: ({ name }) => name === "ns/prod" },
  );
  const scope = requested(mesh, target, "http");
  const program = toldProd(mesh);
  const found = and(scope, allowedBy(program, "http"));
  const wanted = and(
    requested(mesh, { ...equals, ...target, from: [{ source: { principals: ["*"] } }] }, "http"),
    requested(mesh, { anyOf: [issued(["*"]), issued(undefined, [idp])] }, "http"),
  );
  expect(sameRequests(found, wanted, program)).toBe(true);
  expect(access?.complete).toBe(true);
  expect(access?.regions.map(({ text }) => text)).toMatchInlineSnapshot(`
    [
      "peer is namespace ops and (there is no token, or claim iss is https://idp.example.com)",
      "peer is not one of absent, namespace legacy and claim iss is https://idp.example.com and claim sub is * and claim groups has admins",
    ]
  `);
});
