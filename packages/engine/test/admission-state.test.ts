import { expect, test } from "vitest";
import { type ClusterState, clusterState, fieldOf, review, valid } from "../src/admission.ts";
import { loadMesh } from "../src/load.ts";
import { asking, namespace, placed, policy, reviewing, spy } from "./admission-world.ts";

const open = { action: "ALLOW", rules: [{}] };
const narrow = { action: "ALLOW", rules: [{ to: [{ operation: { methods: ["GET"] } }] }] };
const settle = 30_000;

function holding(...objects: readonly unknown[]): ClusterState {
  const state = clusterState({ istio: "1.31", settle });
  state.replace(objects, 0);
  return state;
}

function names(state: ClusterState, now: number, which: "mesh" | "expected" | "settled"): string {
  return state
    .view(now)
    [which].authorizationPolicies.map(({ key }) => key.name)
    .join(" ");
}

test("what is watched becomes the mesh", () => {
  const state = holding(namespace("shop"), policy("a", open));
  state.set(policy("b", open), 1);
  state.set(policy("a", narrow), 2);
  expect(names(state, 3, "mesh")).toBe("a b");
  expect(state.view(3).mesh.authorizationPolicies[0]?.spec.rules).toEqual(narrow.rules);
  state.remove(policy("a", open), 4);
  expect(names(state, 5, "mesh")).toBe("b");
});

test("several objects that are applied one by one are judged against what was there before the first", () => {
  const state = holding(policy("a", open));
  state.set(policy("b", open), settle);
  state.set(policy("c", open), settle + 20_000);
  expect(names(state, settle + 40_000, "settled")).toBe("a");
  expect(names(state, settle + 40_000, "mesh")).toBe("a b c");
  expect(names(state, settle + 50_000, "settled")).toBe("a b c");
});

test("objects that come one by one at the start are what is there, not a change of nothing", () => {
  const state = clusterState({ istio: "1.31", settle });
  state.set(policy("a", open), 5);
  state.set(policy("b", open), 6);
  expect(names(state, 7, "settled")).toBe("a b");
  state.set(policy("c", open), settle + 6);
  expect(names(state, settle + 7, "settled")).toBe("a b");
});

test("a change that comes when all is settled starts anew", () => {
  const state = holding(policy("a", open));
  state.set(policy("b", open), settle);
  state.set(policy("c", open), 3 * settle);
  expect(names(state, 3 * settle, "settled")).toBe("a b");
});

test("workloads that come and go are no change of policies, and are in the settled mesh", () => {
  const state = holding(policy("a", open));
  state.set(policy("b", open), settle);
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { namespace: "shop", name: "web" } };
  state.set(pod, settle + 25_000);
  const { settled } = state.view(settle + 26_000);
  expect(settled.inventory.workloads).toHaveLength(1);
  expect(names(state, settle + 30_000, "settled")).toBe("a b");
});

test("an event that changes nothing is none", () => {
  const state = holding(policy("a", open, { resourceVersion: "1" }));
  const { mesh } = state.view(0);
  state.set(policy("a", open, { resourceVersion: "2", managedFields: [{}] }), settle);
  expect(state.view(settle).mesh).toBe(mesh);
});

test("what was let in and not seen yet is judged with and without", async () => {
  const { guard, seen } = spy();
  const state = holding(policy("a", open));
  const ask = reviewing([placed(guard)], state);
  await ask(asking("CREATE", { object: policy("b", open) }), 1000);
  await ask(asking("DELETE", { old: policy("a", open) }), 1001);
  expect(seen.map(([before, after]) => [before, after])).toEqual([
    [1, 2],
    [1, 0],
    [2, 1],
  ]);
  state.set(policy("b", open), 1002);
  state.remove(policy("a", open), 1003);
  expect(names(state, 1004, "expected")).toBe("b");
  expect(state.view(1004).expected).toBe(state.view(1004).mesh);
});

test("what was let in and never comes is forgotten after ten seconds", async () => {
  const state = holding(policy("a", open));
  const ask = reviewing([placed(spy().guard)], state);
  await ask(asking("CREATE", { object: policy("b", open) }), 1000);
  expect(names(state, 10_999, "expected")).toBe("a b");
  expect(names(state, 11_000, "expected")).toBe("a");
});

test("a dry run leaves no trace", async () => {
  const state = holding(policy("a", open));
  const ask = reviewing([placed(spy().guard)], state);
  await ask(asking("CREATE", { object: policy("b", open), dryRun: true }), 1000);
  expect(names(state, 1001, "expected")).toBe("a");
});

test("where no guard looks at the mesh nothing is remembered", async () => {
  const state = holding(policy("a", open));
  await reviewing([placed(valid())], state)(asking("CREATE", { object: policy("b", open) }), 1000);
  expect(names(state, 1001, "expected")).toBe("a");
});

test("two at once do not pass each other: the second is judged with the first", async () => {
  const state = holding(policy("a", open), policy("b", open));
  const seen: number[] = [];
  const guard = placed(async (_before, after) => {
    await Promise.resolve();
    seen.push(after.authorizationPolicies.length);
    return [];
  });
  const requests = ["a", "b"].map((name) => asking("DELETE", { old: policy(name, open) }));
  await Promise.all(requests.map((asked) => review(state, asked, [guard], { now: 5 })));
  expect(seen).toContain(0);
});

test("a guard that never answers keeps nobody waiting once its caller gave up", async () => {
  const state = holding(policy("a", open));
  const waiting = new AbortController();
  const stuck = placed(() => new Promise(() => undefined));
  const asked = asking("DELETE", { old: policy("a", open) });
  const first = review(state, asked, [stuck], { now: 5, signal: waiting.signal });
  const second = review(state, asked, [placed(valid())], { now: 5 });
  waiting.abort(new Error("too late"));
  await expect(first).rejects.toThrow("too late");
  expect((await second).outcome).toBe("allowed");
});

test("a change that no proxy would see gives guards the same mesh twice", async () => {
  const state = holding(policy("a", open));
  const same: boolean[] = [];
  const guard = placed((before, after) => {
    same.push(before === after);
    return [];
  });
  const ask = reviewing([guard], state);
  const noted = { annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}" } };
  await ask(asking("UPDATE", { old: policy("a", open), object: policy("a", open, noted) }));
  await ask(asking("UPDATE", { old: policy("a", open), object: policy("a", narrow) }));
  expect(same).toEqual([true, false]);
});

test("a deletion of which an old API server does not say what it is about is looked up", async () => {
  const { guard, seen } = spy();
  const ask = reviewing([placed(guard)], holding(policy("a", open)));
  const asked = asking("DELETE", { old: policy("a", open), oldObject: null, name: "a" });
  await ask(asked);
  expect(seen.map(([before, after]) => [before, after])).toEqual([[1, 0]]);
});

test("mesh config and release come from what is watched", () => {
  const state = clusterState();
  const config = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace: "istio-system", name: "istio" },
    data: { mesh: "trustDomain: corp.example" },
  };
  state.set(config, 1);
  state.set(
    {
      ...config,
      metadata: { namespace: "x", name: "istio-canary" },
      data: { mesh: "trustDomain: b" },
    },
    2,
  );
  state.set(
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { namespace: "istio-system", name: "istiod" },
      spec: {
        template: { spec: { containers: [{ name: "discovery", image: "istio/pilot:1.30.2" }] } },
      },
    },
    3,
  );
  const { mesh } = state.view(4);
  expect([mesh.config.trustDomain, mesh.release.istio]).toEqual(["corp.example", "1.30.2"]);
  state.remove(config, 5);
  expect(state.view(6).mesh.configLoaded).toBe(false);
});

test("a namespace that is being deleted is known by its time of deletion", () => {
  const state = holding(namespace("shop", { deletionTimestamp: "2026-01-01T00:00:00Z" }));
  expect([...state.view(0).ending]).toEqual(["shop"]);
  state.remove(namespace("shop"), 1);
  expect([...state.view(1).ending]).toEqual([]);
});

test("files can be what is known; what no file holds is named by its field", () => {
  const text = JSON.stringify(policy("a", open));
  const { mesh } = loadMesh({ files: [{ path: "a.yaml", text }] });
  const state = clusterState();
  state.replace(mesh, 0);
  const place = (name: string): ReturnType<typeof mesh.locate> =>
    state.view(1).mesh.locate({
      resource: { kind: "AuthorizationPolicy", namespace: "shop", name },
      path: ["spec", "rules", 0, "x.y/z"],
    });
  expect(place("a")?.file).toBe("a.yaml");
  expect(fieldOf(place("b") ?? { file: "", start: 0, end: 0 })).toEqual({
    object: "AuthorizationPolicy/shop/b",
    field: "spec.rules[0][x.y/z]",
  });
});

test("an unknown release is refused", () => {
  expect(() => clusterState({ istio: "9.9" })).toThrow("unknown release");
});
