import { expect, test } from "vitest";
import { whoCan } from "../src/analyse/access.ts";
import type { Protocol, Region, Requests } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { diffPlanes } from "../src/analyse/diff-planes.ts";
import { prove } from "../src/analyse/prove.ts";
import { always, and, type Formula, not } from "../src/analyse/space/formula.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Program } from "../src/model/program.ts";
import { diffs, planes, whoCanExample } from "./analyse-diff-examples.ts";
import { proofs } from "./analyse-proof-examples.ts";
import { saidRequests } from "./analyse-said.ts";
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
    const program = toldProd(mesh);
    const asked = requested(mesh, scope, protocol);
    const passed = allowedBy(program, protocol);
    const found = and(asked, expected === "always-allowed" ? not(passed) : passed);
    const regions = proof?.violations.flatMap((violation) => violation.regions) ?? [];
    expectSaid(regions, found, { mesh, more: program, protocol }, asked);
    if (wanted.within) expect(only(wanted.within)[0]?.result).toBe("violated");
  },
);

interface Told {
  readonly mesh: Mesh;
  readonly more: Program;
  readonly protocol: Protocol;
}

/** Read as policies again, the sentences of an answer are these requests, among those that were asked about. */
function expectSaid(
  regions: readonly Region[],
  found: Formula,
  { mesh, more, protocol }: Told,
  asked: Formula = always,
): void {
  const said = saidRequests(regions, { mesh, protocol });
  if (!said) throw new Error(regions.map(({ text }) => text).join("; "));
  expect(sameRequests(and(said, asked), found, more)).toBe(true);
}

/** What one side allows and the other does not, as the region of a diff, must be these requests. */
function expectRegion(
  regions: readonly Region[],
  wanted: Requests | undefined,
  { less, ...told }: Told & { readonly less: Program },
): void {
  const { mesh, more, protocol } = told;
  if (!wanted) {
    expect(regions).toEqual([]);
    return;
  }
  expect(regions.length).toBeGreaterThan(0);
  const found = and(allowedBy(more, protocol), not(allowedBy(less, protocol)));
  expect(sameRequests(found, requested(mesh, wanted, protocol), more)).toBe(true);
  expectSaid(regions, found, told);
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

test.each(planes)("$id: $says", ({ after, added, allowed }) => {
  const mesh = worldOf(after);
  const diff = diffPlanes(mesh, ["sidecar", "ambient"], { only: ({ name }) => name === "ns/prod" });
  expect(diff.diffs.flatMap(({ undecided }) => undecided)).toEqual([]);
  const changes = diff.diffs
    .flatMap((each) => each.changes)
    .filter((each) => each.protocol === "tcp");
  expect(changes.map(({ kind }) => kind)).toEqual(added ? ["newly-allowed"] : []);
  const [sidecar, ztunnel] = [toldProd(mesh), toldProd(mesh, "ambient")];
  const [less, more] = [allowedBy(sidecar, "tcp"), allowedBy(ztunnel, "tcp")];
  if (allowed) {
    const wanted = requested(mesh, allowed, "tcp");
    expect([less, more].map((each) => sameRequests(each, wanted, sidecar))).toEqual([true, true]);
  }
  if (!added) return;
  const found = and(more, not(less));
  expect(sameRequests(found, requested(mesh, added, "tcp"), sidecar)).toBe(true);
  const regions = changes.flatMap((each) => each.regions);
  expectSaid(regions, found, { mesh, more: sidecar, protocol: "tcp" });
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
  expectSaid(access?.regions ?? [], found, { mesh, more: program, protocol: "http" }, scope);
  expect(access?.regions.map(({ text }) => text)).toMatchInlineSnapshot(`
    [
      "peer is namespace ops and (there is no token, or claim iss is https://idp.example.com)",
      "peer is there, but not namespace legacy and claim iss is https://idp.example.com and claim sub is * and claim groups has admins",
    ]
  `);
});
