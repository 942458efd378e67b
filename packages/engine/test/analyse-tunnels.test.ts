import { describe, expect, test } from "vitest";
import { whoCan } from "../src/analyse/access.ts";
import type { Proof } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { matrix } from "../src/analyse/matrix.ts";
import { toldTo } from "../src/analyse/point-program.ts";
import { prove } from "../src/analyse/prove.ts";
import type { Side } from "../src/analyse/question.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { anyPolicies, type Dice, diceOf } from "./analyse-dice.ts";
import { allRequests, anyRequest, bothWays } from "./analyse-requests.ts";
import { allows, anyWorld, encodingOf, sideOf, symbolic } from "./analyse-sides.ts";
import { allowedBy, worldOf } from "./analyse-world.ts";

const here = { only: ({ name }: { readonly name: string }) => name === "ns/prod" };

/** Plaintext only, where nobody has an identity; through a tunnel callers have one. */
function meshOf(label: string, principal = "cluster.local/ns/bar/sa/c"): Mesh {
  const text = `apiVersion: v1
kind: Pod
metadata: { name: x, namespace: foo, labels: { app: x${label} } }
spec: { containers: [{ name: c, ports: [{ containerPort: 8080, name: http }] }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: d, namespace: foo }
spec: { mtls: { mode: DISABLE } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a, namespace: foo }
spec: { selector: { matchLabels: { app: x } }, rules: [{ from: [{ source: { principals: ["${principal}"] } }] }] }
`;
  return loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31" }).mesh;
}

const plain = meshOf("");
const tunnelled = meshOf(", networking.istio.io/tunnel: http");

test("what comes through a tunnel refutes what is proved without", () => {
  const proved = (mesh: Mesh): readonly Proof[] =>
    prove(mesh, [{ name: "nobody", expect: "never-allowed" }]);
  expect(proved(plain)).toMatchObject([{ result: "holds" }]);
  const [proof] = proved(tunnelled);
  expect(proof).toMatchObject({ result: "violated", undecided: [] });
  const [violation] = proof?.violations ?? [];
  expect(violation?.regions.map(({ text }) => text)).toEqual([
    "transport is hbone and peer is cluster.local/ns/bar/sa/c",
  ]);
  const [region] = violation?.regions ?? [];
  expect(region?.witness.request).toMatchObject({ to: "pod/foo/x:8080", transport: "hbone" });
  const asked = region?.witness.request;
  expect(asked && evaluate(tunnelled, asked).decision).toBe("allow");
});

test("differences behind tunnels are found, and a tunnel that is new is one", () => {
  expect(diffMeshes(plain, meshOf("", "cluster.local/ns/bar/sa/d")).result).toBe("same");
  const other = meshOf(", networking.istio.io/tunnel: http", "cluster.local/ns/bar/sa/d");
  expect(diffMeshes(tunnelled, tunnelled).result).toBe("same");
  expect(diffMeshes(tunnelled, other)).toMatchObject({ result: "both" });
  expect(diffMeshes(plain, tunnelled)).toMatchObject({ result: "wider" });
  expect(diffMeshes(tunnelled, plain)).toMatchObject({ result: "narrower" });
});

test("who gets through a tunnel is named, and rules that matter only there do", () => {
  const requests = { protocol: "http" } as const;
  expect(whoCan(plain, requests)).toMatchObject([{ nobody: true, undecided: [] }]);
  const [access] = whoCan(tunnelled, requests);
  expect(access).toMatchObject({ complete: true, undecided: [], regions: [{}] });
  expect(access).not.toHaveProperty("nobody");
  const allowed = matrix(tunnelled).cells.map((cell) => cell.allowed);
  expect(new Set(allowed)).toEqual(new Set(["none"]));
  const effects = policyEffects(tunnelled).map(({ protocol, rules }) => [
    protocol,
    rules.map(({ effect }) => effect),
  ]);
  expect(effects).toEqual([
    ["http", ["never-matches"]],
    ["http", ["matters"]],
    ["tcp", ["never-matches"]],
    ["tcp", ["matters"]],
  ]);
});

test("CUSTOM policies see nobody in a tunnel, and nothing sees where it begins", () => {
  const policies = [
    {
      action: "CUSTOM",
      provider: "oauth",
      rules: [{ when: [{ key: "source.principal", values: ["*"] }] }],
    },
    { action: "DENY", rules: [{ from: [{ source: { ipBlocks: ["10.0.0.0/8"] } }] }] },
  ] as const;
  const from10 = { from: [{ source: { ipBlocks: ["10.0.0.0/8"], principals: ["*"] } }] };
  const [proof] = prove(
    worldOf(policies, { mtls: "STRICT", tunnels: true }),
    [{ name: "never from 10", requests: { ...from10, protocol: "http" }, expect: "never-allowed" }],
    here,
  );
  const [violation] = proof?.violations ?? [];
  expect(violation?.regions.map(({ text }) => text)).toEqual(["transport is hbone"]);
});

const rounds = Number(process.env["ANALYSE"] ?? 12);

describe.each(["http", "tcp"] as const)("over %s", (protocol) => {
  test("regions and the evaluator say the same of every request, in a tunnel or not", () => {
    for (let round = 1; round <= rounds * 3; round += 1) {
      const dice = diceOf(round * 15_485_863);
      const policies = anyPolicies(dice);
      const side = anyPorts(dice, sideOf(worldOf(policies, { ...anyWorld(dice), tunnels: true })));
      const allowed = allowedBy(side.program, protocol);
      const encoding = encodingOf(side, allowed, protocol);
      for (let each = 0; each < 40; each += 1) {
        const request = anyRequest(dice, true);
        const said = symbolic(encoding, allowed, request);
        if (said === undefined) continue;
        const text = JSON.stringify({ round, policies, request: [...request.values] });
        expect([text, allows(side, request, protocol)]).toEqual([text, said]);
      }
    }
  });
});

/** Ports that are declared, of which one is not looked at for HTTP, and an address. */
function anyPorts(dice: Dice, side: Side): Side {
  if (dice.chance(0.5)) return side;
  const proxy: Side["point"]["proxy"] = {
    ...side.point.proxy,
    addresses: dice.chance(0.5) ? ["10.9.9.9"] : [],
    ports: [
      { port: 80, protocol: "http" },
      { port: 9000, protocol: dice.pick(["tcp", "auto"]) },
    ],
  };
  const program = toldTo(side.mesh, proxy);
  if (typeof program === "string") throw new Error(program);
  return { ...side, point: { ...side.point, proxy }, program };
}

test("a diff finds what changes in a tunnel or where there is one for every request of a small domain", () => {
  const requests = bothWays(allRequests());
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 32_452_843);
    const [before, after] = [anyPolicies(dice), anyPolicies(dice)];
    const tunnels = dice.chance(0.6) ? ({ tunnels: true } as const) : {};
    const mode = anyWorld(dice);
    const old = worldOf(before, { ...mode, ...tunnels });
    const young = worldOf(dice.chance(0.3) ? before : after, { ...mode, tunnels: true });
    const diff = diffMeshes(old, young, here);
    const kinds = new Set(diff.diffs.flatMap(({ changes }) => changes.map(({ kind }) => kind)));
    const [was, is] = [sideOf(old), sideOf(young)];
    const text = JSON.stringify({ round, before, after, tunnels });
    expect([text, diff.diffs.flatMap(({ undecided }) => undecided)]).toEqual([text, []]);
    for (const request of requests) {
      const [a, b] = [allows(was, request, "http"), allows(is, request, "http")];
      if (!a && b) expect([text, kinds.has("newly-allowed")]).toEqual([text, true]);
      if (a && !b) expect([text, kinds.has("newly-denied")]).toEqual([text, true]);
    }
  }
});

test("that no tunnel leads into a sidecar is said where that is assumed and would matter", () => {
  const assumption = "sidecars take no HBONE, where no mesh config that is loaded says so";
  const assumed = (world: Mesh): boolean =>
    prove(world, [{ name: "nobody", expect: "never-allowed" }]).some(({ assumptions }) =>
      assumptions.includes(assumption),
    );
  const stated = worldOf([{ action: "ALLOW" }], { mtls: "DISABLE" });
  const unknown: Mesh = { ...stated, configLoaded: false };
  const alike: Mesh = { ...worldOf([{ action: "ALLOW" }]), configLoaded: false };
  expect([plain, tunnelled, stated, unknown, alike].map(assumed)).toEqual([
    true,
    false,
    false,
    true,
    false,
  ]);
});

test("mutual TLS that a port of HTTP does not end is refused", () => {
  const mesh = worldOf([], { mtls: "DISABLE" });
  const side = sideOf(mesh);
  const proxy = { ...side.point.proxy, ports: [{ port: 80, protocol: "http" } as const] };
  const program = toldTo(mesh, proxy);
  if (typeof program === "string") throw new Error(program);
  const told: Side = { ...side, point: { ...side.point, proxy }, program };
  const allowed = allowedBy(program, "http");
  const peer = ["spiffe://cluster.local/ns/a/sa/x"];
  const request = {
    values: new Map([
      ["peer", peer],
      ["destination.port", ["80"]],
    ]),
    answers: new Map(),
  };
  expect(symbolic(encodingOf(told, allowed, "http"), allowed, request)).toBe(false);
  expect(allows(told, request, "http")).toBe(false);
});
