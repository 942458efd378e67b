import { describe, expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { changeMesh, withPeerAuthentication } from "../src/explain/change-mesh.ts";
import type { Edit, ExplainedBranch } from "../src/explain/explanation.ts";
import { explain } from "../src/explain.ts";
import type { AccessRequest, EvaluateOptions } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { AuthorizationPolicySpec } from "../src/model/policy.ts";
import { handPeer, handPolicy } from "./mesh.ts";
import { cluster } from "./ways.ts";

function explained(
  mesh: Mesh,
  request: AccessRequest,
  options: EvaluateOptions = {},
): ExplainedBranch {
  const verdict = evaluate(mesh, request, options);
  const [branch] = explain({ mesh, request, options, verdict }).branches;
  if (branch === undefined) throw new TypeError("a verdict without a branch");
  return branch;
}

const to = "svc/shop/orders:80";
const get: AccessRequest = { from: "deploy/c/web", to, http: "GET /a", source: { ip: "10.1.2.3" } };
const policies = (...specs: readonly AuthorizationPolicySpec[]): Mesh =>
  cluster({
    authorizationPolicies: specs.map((spec, index) => handPolicy(`shop/p${index}`, spec)),
  });

describe("a rule is explained condition by condition", () => {
  const mesh = policies({
    rules: [
      {
        from: [{ source: { namespaces: ["c"], notPrincipals: ["cluster.local/ns/c/sa/web"] } }],
        to: [{ operation: { methods: ["POST"] } }, { operation: { paths: ["/a*"], hosts: ["x"] } }],
      },
    ],
  });

  test("as it is written, with what was seen and whether it holds", () => {
    const hop = explained(mesh, get).hops.at(-1);
    const [policy] = hop?.layers.find(({ layer }) => layer === "allow")?.policies ?? [];
    const conditions = policy?.rules[0]?.parts.flatMap(({ of, alternatives }) =>
      alternatives.flatMap((each) =>
        each.conditions.map(({ field, expected, actual, holds }) => [
          of,
          each.index,
          field,
          expected,
          actual,
          holds,
        ]),
      ),
    );
    const web = "cluster.local/ns/c/sa/web";
    expect(conditions).toEqual([
      ["from", 0, "notPrincipals", [web], [web], false],
      ["from", 0, "namespaces", ["c"], [web], true],
      ["to", 0, "methods", ["POST"], ["GET"], false],
      ["to", 1, "hosts", ["x"], ["orders.shop.svc.cluster.local"], false],
      ["to", 1, "paths", ["/a*"], ["/a"], true],
    ]);
  });

  test("and counts the fewest conditions that fail", () => {
    expect(
      explained(mesh, get).near.map(({ failing }) => failing.map(({ field }) => field)),
    ).toEqual([["notPrincipals", "methods"]]);
  });
});

test("what nobody knows and does not matter is not told as seen", () => {
  const mesh = policies({ rules: [{}, { from: [{ source: { ipBlocks: ["192.0.2.0/24"] } }] }] });
  const { source: _source, ...unknown } = get;
  const hop = explained(mesh, unknown).hops.at(-1);
  expect(hop?.hop.saw?.sourceIp).toBeUndefined();
  const [policy] = hop?.layers.find(({ layer }) => layer === "allow")?.policies ?? [];
  expect(policy?.rules[1]?.parts[0]?.alternatives[0]?.conditions[0]).toMatchObject({
    known: false,
  });
});

test("an undetermined verdict is explained once for each decision", () => {
  const mesh = policies({ rules: [{ from: [{ source: { ipBlocks: ["192.0.2.0/24"] } }] }] });
  const { source: _source, ...request } = get;
  const verdict = evaluate(mesh, request);
  const { branches } = explain({ mesh, request, options: {}, verdict });
  expect(branches.map(({ decision }) => decision).toSorted()).toEqual(["allow", "deny"]);
  expect(branches.flatMap(({ edits }) => edits)).toEqual([]);
});

test("the trace alone looks for nothing else", () => {
  const mesh = policies({ rules: [{ to: [{ operation: { methods: ["POST"] } }] }] });
  const verdict = evaluate(mesh, get);
  const { branches } = explain({ mesh, request: get, options: {}, verdict }, "trace");
  expect(branches).toMatchObject([{ decision: "deny", near: [], edits: [], traps: [] }]);
});

test("a plaintext caller of a STRICT port is told of mutual TLS and of PERMISSIVE", () => {
  const mesh = cluster({ peerAuthentications: [handPeer("shop/d", { mtls: { mode: "STRICT" } })] });
  const { edits, traps } = explained(mesh, { from: "external/10.0.0.9", to, http: "GET /a" });
  expect(edits.map(({ kind }) => kind)).toEqual(["request", "policy"]);
  expect(traps).toMatchObject([{ id: "strict-closes-plaintext-connections" }]);
});

/** A stream of numbers that is the same every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pick<Item>(next: (below: number) => number, items: readonly [Item, ...Item[]]): Item {
  return items[next(items.length)] ?? items[0];
}

const values = {
  methods: ["GET", "POST", "DELETE"],
  paths: ["/a", "/a/*", "*/x", "/b"],
  hosts: ["orders.shop.svc.cluster.local", "x.example:*"],
  ports: ["8080", "80"],
  principals: ["cluster.local/ns/c/sa/web", "cluster.local/ns/d/*", "*"],
  namespaces: ["c", "d"],
  ipBlocks: ["10.0.0.0/8", "192.0.2.0/24"],
} as const;

function fields(
  next: (below: number) => number,
  names: readonly [keyof typeof values, ...(keyof typeof values)[]],
): Readonly<Record<string, readonly string[]>> {
  const chosen = Array.from({ length: 1 + next(2) }, () => pick(next, names));
  return Object.fromEntries(
    chosen.map((name) => {
      const field = next(4) === 0 ? `not${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
      return [field, [pick(next, values[name])]];
    }),
  );
}

function randomRule(
  next: (below: number) => number,
): NonNullable<AuthorizationPolicySpec["rules"]>[number] {
  const header = { key: "request.headers[x-user]", values: ["root"] };
  return {
    ...(next(2) === 0
      ? { from: [{ source: fields(next, ["principals", "namespaces", "ipBlocks"]) }] }
      : {}),
    ...(next(3) === 0
      ? {}
      : { to: [{ operation: fields(next, ["methods", "paths", "hosts", "ports"]) }] }),
    ...(next(4) === 0 ? { when: [header] } : {}),
  };
}

function randomMesh(next: (below: number) => number): Mesh {
  const specs = Array.from(
    { length: 1 + next(2) },
    (): AuthorizationPolicySpec => ({
      action: next(3) === 0 ? "DENY" : "ALLOW",
      rules: Array.from({ length: 1 + next(3) }, () => randomRule(next)),
    }),
  );
  return policies(...specs);
}

function randomRequest(next: (below: number) => number): AccessRequest {
  return {
    from: pick(next, ["deploy/c/web", "sa/d/job", "external/10.0.0.9"]),
    to,
    http: { method: pick(next, ["GET", "POST"]), path: pick(next, ["/a", "/a/x", "/c"]) },
    source: { ip: pick(next, ["10.1.2.3", "192.0.2.7", "203.0.113.1"]) },
  };
}

/** The decision after an edit, evaluated anew. */
function after(mesh: Mesh, request: AccessRequest, edit: Edit): string | undefined {
  if (edit.kind === "request") return evaluate(mesh, edit.request).decision;
  if (edit.kind === "policy") {
    const changed = changeMesh(mesh, edit.changes);
    return changed && evaluate(changed, request).decision;
  }
  if (edit.kind === "setting") return undefined;
  const spec = { mtls: { mode: "STRICT" } } as const;
  const policy = handPeer(`${edit.resource.namespace}/${edit.resource.name}`, spec);
  return evaluate(withPeerAuthentication(mesh, policy), request).decision;
}

/** Whether the layers of a way tell of the rules that decided it. */
function checkLayers({ hops }: ExplainedBranch): void {
  for (const { layer, result, by, policies: told } of hops.flatMap(({ layers }) => layers)) {
    const holding = told.flatMap(({ rules }) => rules.filter(({ holds }) => holds));
    if (by.length > 0) expect(holding[0]?.ref).toEqual(by[0]);
    if (result === "refuse" && layer === "allow") expect(holding).toEqual([]);
  }
}

test("`cluster.local` in a policy is proposed as the trust domain of the mesh", () => {
  const principals = ["cluster.local/ns/c/sa/web", "cluster.local/ns/d/sa/job"];
  const config = { trustDomain: "corp.example", trustDomainAliases: ["old.example"] };
  const spec: AuthorizationPolicySpec = {
    action: "DENY",
    rules: [{ from: [{ source: { notPrincipals: principals } }] }],
  };
  const mesh = cluster({ config, authorizationPolicies: [handPolicy("shop/p", spec)] });
  const callers = explained(mesh, get).edits.flatMap((edit) =>
    edit.kind === "request" ? edit.changes.map(({ becomes }) => becomes) : [],
  );
  expect(callers).toEqual(["sa/c/webx"]);
});

test("on random policies, the way is the verdict's, and every change turns the decision", () => {
  const next = numbers(7);
  const counts = { edits: 0, denied: 0 };
  for (let round = 0; round < 400; round += 1) {
    const [mesh, request] = [randomMesh(next), randomRequest(next)];
    const verdict = evaluate(mesh, request);
    const branch = explained(mesh, request);
    expect(branch.hops.at(-1)?.hop.outcome).toEqual(verdict.outcome);
    checkLayers(branch);
    const wanted = verdict.decision === "allow" ? "deny" : "allow";
    const turned = branch.edits.map((edit) => after(mesh, request, edit));
    expect(turned, JSON.stringify([mesh.authorizationPolicies, request])).toEqual(
      turned.map(() => wanted),
    );
    counts.edits += turned.length;
    counts.denied += wanted === "allow" ? 1 : 0;
  }
  expect(counts.denied).toBeGreaterThan(100);
  expect(counts.edits).toBeGreaterThan(400);
});

test.each([
  ["/a/*/b", "/a/x/b", ["/a/{*}/b"]],
  ["/a/*b", "/a/xb", []],
])(
  "a star inside %s becomes a template only where istiod's webhook takes it",
  (path, seen, wanted) => {
    const mesh = policies({ rules: [{ to: [{ operation: { paths: [path] } }] }] });
    const { edits } = explained(mesh, { ...get, http: `GET ${seen}` });
    const set = edits.flatMap((edit) =>
      edit.kind === "policy" ? edit.changes.filter((change) => change.do === "set") : [],
    );
    expect(set.flatMap(({ values }) => values)).toEqual(wanted);
  },
);
