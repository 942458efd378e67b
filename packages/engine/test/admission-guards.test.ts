import { expect, test } from "vitest";
import { clusterState, invariants, lint, noNewAccess, type PlacedGuard } from "../src/admission.ts";
import { asking, placed, policy, reviewing } from "./admission-world.ts";

type Fields = Readonly<Record<string, unknown>>;

const workload: Fields = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { namespace: "shop", name: "orders" },
  spec: {
    template: {
      metadata: { labels: { app: "orders", "sidecar.istio.io/inject": "true" } },
      spec: { containers: [{ name: "app", ports: [{ containerPort: 8080, name: "http" }] }] },
    },
  },
};
const from = (account: string): Fields => ({
  from: [{ source: { principals: [`cluster.local/ns/shop/sa/${account}`] } }],
});
const web = { action: "ALLOW", rules: [from("web")] };
const both = { action: "ALLOW", rules: [from("web"), from("job")] };
const denyAdmin = { action: "DENY", rules: [{ to: [{ operation: { paths: ["/admin*"] } }] }] };
const everyone = { action: "ALLOW", rules: [{}] };

function asks(guard: PlacedGuard, ...objects: readonly Fields[]): ReturnType<typeof reviewing> {
  const state = clusterState({ istio: "1.31", settle: 30_000 });
  state.replace([workload, ...objects], 0);
  return reviewing([guard], state);
}

const narrow = placed(noNewAccess(), { name: "no-new-access" });

test("a policy that lets in more is denied with a request that shows it", async () => {
  const ask = asks(narrow, policy("web", web));
  const { answer } = await ask(
    asking("UPDATE", { old: policy("web", web), object: policy("web", both) }),
  );
  expect(answer.response.status?.details?.causes).toMatchInlineSnapshot(`
    [
      {
        "field": "spec.rules[1]",
        "message": "lets in at deploy/shop/orders: spiffe://cluster.local/ns/shop/sa/job -> deploy/shop/orders:8080 GET / (403, then allowed by shop/web[1]); in general: peer is cluster.local/ns/shop/sa/job (no-new-access: admission/new-access)",
        "reason": "FieldValueInvalid",
      },
      {
        "field": "spec.rules[1]",
        "message": "lets in at deploy/shop/orders: spiffe://cluster.local/ns/shop/sa/job -> deploy/shop/orders:8080 (bytes) (closed, then allowed by shop/web[1]); in general: peer is cluster.local/ns/shop/sa/job (no-new-access: admission/new-access)",
        "reason": "FieldValueInvalid",
      },
    ]
  `);
});

test.each([
  [
    "the deletion of a DENY policy",
    "DELETE",
    [policy("web", web), policy("deny", denyAdmin)],
    "deny",
    false,
  ],
  ["the deletion of the only ALLOW policy", "DELETE", [policy("web", web)], "web", false],
  [
    "the deletion of one ALLOW policy of two",
    "DELETE",
    [policy("web", web), policy("too", both)],
    "too",
    true,
  ],
] as const)("%s", async (_, operation, objects, name, allowed) => {
  const ask = asks(narrow, ...objects);
  const old = objects.find(({ ["metadata"]: metadata }) => (metadata as Fields)["name"] === name);
  const { answer } = await ask(asking(operation, { old: old ?? {} }));
  expect(answer.response.allowed).toBe(allowed);
});

test.each([
  ["the first ALLOW policy narrows", policy("web", web)],
  ["a DENY policy narrows", policy("deny", denyAdmin)],
])("%s", async (_, object) => {
  const ask = asks(narrow);
  expect((await ask(asking("CREATE", { object }))).answer.response.allowed).toBe(true);
});

test("what comes in several objects is judged against what was there before the first", async () => {
  const ask = asks(narrow);
  const start = 1_000_000;
  const first = await ask(asking("CREATE", { object: policy("a", web) }), start);
  const second = await ask(
    asking("CREATE", { object: policy("b", { action: "ALLOW", rules: [from("job")] }) }),
    start + 5000,
  );
  expect([first, second].map(({ outcome }) => outcome)).toEqual(["allowed", "allowed"]);
});

test("the same objects with a pause between them are two changes, of which the second opens", async () => {
  const state = clusterState({ istio: "1.31", settle: 30_000 });
  state.replace([workload], 0);
  const ask = reviewing([narrow], state);
  await ask(asking("CREATE", { object: policy("a", web) }), 1_000_000);
  state.set(policy("a", web), 1_000_010);
  const second = await ask(
    asking("CREATE", { object: policy("b", { action: "ALLOW", rules: [from("job")] }) }),
    1_040_000,
  );
  expect(second.outcome).toBe("denied");
});

test("what someone else opened does not speak against a change that opens nothing", async () => {
  const state = clusterState({ istio: "1.31", settle: 30_000 });
  state.replace([workload, policy("web", web)], 0);
  state.set(policy("web", both), 1_000_000); // by someone who is exempt
  const ask = reviewing([narrow], state);
  const { outcome } = await ask(asking("CREATE", { object: policy("deny", denyAdmin) }), 1_000_001);
  expect(outcome).toBe("allowed");
});

test("an invariant that a change breaks is denied; one that was broken before is not", async () => {
  const stated = [
    {
      name: "jobs stay out",
      requests: from("job"),
      expect: "never-allowed",
    },
  ] as const;
  const guard = placed(invariants(stated), { name: "invariants" });
  const ask = asks(guard, policy("web", web));
  const opened = await ask(
    asking("UPDATE", { old: policy("web", web), object: policy("web", both) }),
  );
  expect(opened.answer.response.status?.message).toMatchInlineSnapshot(`
    "AuthorizationPolicy shop/web cannot be stored:
    - spec.rules[1]: invariant \`jobs stay out\` would not hold: spiffe://cluster.local/ns/shop/sa/job -> deploy/shop/orders:8080 GET / (allowed by shop/web[1]); in general: whatever the request (invariants: admission/invariant-broken)
    - spec.rules[1]: invariant \`jobs stay out\` would not hold: spiffe://cluster.local/ns/shop/sa/job -> deploy/shop/orders:8080 (bytes) (allowed by shop/web[1]); in general: whatever the request (invariants: admission/invariant-broken)"
  `);
  const broken = asks(guard, policy("web", both));
  const other = await broken(
    asking("UPDATE", { old: policy("web", both), object: policy("web", everyone) }),
  );
  expect(other.outcome).toBe("allowed");
});

test("what the linter finds after a change and not before is told at its field", async () => {
  const mistyped = { action: "ALLOW", rules: [{ to: [{ operation: { methods: ["get"] } }] }] };
  const ask = asks(placed(lint({ threshold: "warning" }), { name: "lint" }), policy("web", web));
  const { answer } = await ask(asking("CREATE", { object: policy("b", mistyped) }));
  expect(answer.response.status?.details?.causes[0]).toMatchInlineSnapshot(`
    {
      "field": "spec.rules[0].to[0].operation.methods[0]",
      "message": "methods are compared letter by letter, and \`get\` is none of HTTP: it lets nothing in; GET (lint: value/method-case)",
      "reason": "FieldValueInvalid",
    }
  `);
  const known = asks(placed(lint(), { name: "lint" }), policy("b", mistyped));
  const { outcome } = await known(
    asking("UPDATE", {
      old: policy("b", mistyped),
      object: policy("b", mistyped, { labels: { team: "a" } }),
    }),
  );
  expect(outcome).toBe("allowed");
});
