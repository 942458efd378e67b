import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clusterState, fieldSpan, type Guard, valid } from "../src/admission.ts";
import { asking, namespace, placed, policy, reviewing, spy } from "./admission-world.ts";

interface Recorded {
  readonly name: string;
  readonly review: { readonly request: { readonly uid: string; readonly operation: string } };
}

const recorded: readonly Recorded[] = readFileSync(
  join(import.meta.dirname, "data/admission-reviews.jsonl"),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const justValid = [placed(valid(), { name: "valid" })];
const open = { action: "ALLOW", rules: [{}] };
const bad = { action: "ALLOW", rules: [{ when: [{ key: "request.header[x]", values: ["a"] }] }] };

test.each(recorded.map((each) => [each.name, each.review] as const))(
  "the recorded review `%s` is answered as what it asks for",
  async (name, recordedReview) => {
    const { guard, seen } = spy();
    const ask = reviewing([...justValid, placed(guard)]);
    const { answer, outcome } = await ask(recordedReview);
    const { uid, operation } = recordedReview.request;
    expect(answer.response).toEqual({ uid, allowed: true });
    expect(outcome).toBe("allowed");
    expect(seen.map(([, , change]) => [change.operation, change.dryRun])).toEqual([
      [operation, name.includes("dry run")],
    ]);
  },
);

test("what istiod's webhook would refuse is denied at its field", async () => {
  const { answer } = await reviewing(justValid)(asking("CREATE", { object: policy("p", bad) }));
  expect(answer.response).toMatchInlineSnapshot(`
    {
      "allowed": false,
      "status": {
        "code": 422,
        "details": {
          "causes": [
            {
              "field": "spec.rules[0].when[0].key",
              "message": "unknown attribute \`request.header[x]\`; did you mean \`request.headers[x]\`? (valid: webhook/unknown-attribute)",
              "reason": "FieldValueInvalid",
            },
          ],
          "group": "security.istio.io",
          "kind": "AuthorizationPolicy",
          "name": "p",
        },
        "message": "AuthorizationPolicy shop/p cannot be stored:
    - spec.rules[0].when[0].key: unknown attribute \`request.header[x]\`; did you mean \`request.headers[x]\`? (valid: webhook/unknown-attribute)",
        "reason": "Invalid",
      },
      "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
    }
  `);
});

test("the deletion of what is broken is fine with the guard of what is valid", async () => {
  const { answer } = await reviewing(justValid)(asking("DELETE", { old: policy("p", bad) }));
  expect(answer.response.allowed).toBe(true);
});

const applied = (spec: unknown): Record<string, unknown> => ({
  annotations: {
    "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { namespace: "shop", name: "p" },
      spec,
    }),
  },
});
const misspelt = {
  rules: [{ from: [{ source: { principal: ["cluster.local/ns/shop/sa/web"] } }] }],
};
const left = { rules: [{ from: [{ source: {} }] }] };

test("a field that the API server removed is named, and what is empty without it is not told of again", async () => {
  const object = policy("p", left, applied(misspelt));
  const { answer } = await reviewing(justValid)(asking("CREATE", { object }));
  expect(answer.response.status?.details?.causes).toMatchInlineSnapshot(`
    [
      {
        "field": "spec.rules[0].from[0].source.principal",
        "message": "unknown field \`principal\` in \`source\`: the API server removed it; did you mean \`principals\`? (valid: schema/unknown-field)",
        "reason": "FieldValueInvalid",
      },
    ]
  `);
});

test("what an older apply left in the note says nothing of a later edit", async () => {
  const note = applied(misspelt);
  const { answer } = await reviewing(justValid)(
    asking("UPDATE", { object: policy("p", open, note), old: policy("p", left, note) }),
  );
  expect(answer.response.allowed).toBe(true);
});

test.each([
  ["another version", { apiVersion: "admission.k8s.io/v1beta1", kind: "AdmissionReview" }],
  ["no request", { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview" }],
  ["no object", 7],
  ["nothing", null],
  [
    "a request of another shape",
    { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request: [] },
  ],
])("%s is refused with 400", async (_, sent) => {
  const { answer, outcome } = await reviewing(justValid)(sent);
  expect(outcome).toBe("malformed");
  expect(answer.response).toMatchObject({ allowed: false, status: { code: 400 } });
});

test.each([
  ["CONNECT", asking("CREATE", { object: policy("p", bad), operation: "CONNECT" })],
  ["a status", asking("UPDATE", { object: policy("p", bad), subResource: "status" })],
  [
    "a Secret",
    asking("CREATE", { object: { apiVersion: "v1", kind: "Secret", metadata: { name: "a" } } }),
  ],
])("%s is none of our business", async (_, sent) => {
  expect((await reviewing(justValid)(sent)).outcome).toBe("not-judged");
});

const complaint: Guard = (_before, _after, { key }) => [
  {
    code: "load/nothing",
    severity: "error",
    message: "no\nway: `x`",
    at: fieldSpan(key, ["spec", "rules", 0, "from"]),
  },
];

test.each([
  ["deny", { allowed: false }],
  ["warn", { allowed: true, warnings: ["spec.rules[0].from: no way: `x` (guard: load/nothing)"] }],
  [
    "audit",
    {
      allowed: true,
      auditAnnotations: { guard: "spec.rules[0].from: no way: `x` (guard: load/nothing)" },
    },
  ],
] as const)("a guard that is to %s does so", async (action, expected) => {
  const ask = reviewing([placed(complaint, { action })]);
  expect(
    (await ask(asking("CREATE", { object: policy("p", open) }))).answer.response,
  ).toMatchObject(expected);
});

test("a denied deletion is told as text: there is no field to point at", async () => {
  const { answer } = await reviewing([placed(complaint)])(
    asking("DELETE", { old: policy("p", open) }),
  );
  expect(answer.response.status).toEqual({
    code: 403,
    reason: "Forbidden",
    message: "AuthorizationPolicy shop/p must stay:\n- no way: `x` (guard: load/nothing)",
  });
});

test.each([
  ["another namespace", { namespaces: ["jobs", "bank-*"] }, true],
  ["its namespace by a prefix", { namespaces: ["sh*"] }, false],
  ["a namespace that is left out", { exceptNamespaces: ["shop"] }, true],
  ["other labels", { labels: { team: "b" } }, true],
  ["its labels", { labels: { team: "a" } }, false],
  ["another user", { exempt: { users: ["joe"] } }, false],
  ["the user by a prefix", { exempt: { users: ["ja*"] } }, true],
  ["a group of the user", { exempt: { groups: ["team:*"] } }, true],
])("a guard for %s lets it pass or not", async (_, where, allowed) => {
  const ask = reviewing([placed(complaint, where)]);
  const object = policy("p", open, { labels: { team: "a" } });
  const { answer } = await ask(asking("CREATE", { object }));
  expect(answer.response.allowed).toBe(allowed);
});

test("who is exempt is noted for the audit log", async () => {
  const ask = reviewing([placed(complaint, { exempt: { users: ["jane"] } })]);
  const { answer } = await ask(asking("CREATE", { object: policy("p", open) }));
  expect(answer.response.auditAnnotations).toEqual({ exempt: "guard" });
});

test("texts stay within what the API server takes", async () => {
  const many: Guard = (_before, _after, { key }) =>
    Array.from({ length: 60 }, (_unused, index) => ({
      code: "load/nothing" as const,
      severity: "error" as const,
      message: `${index} ${"word ".repeat(900)}`,
      at: fieldSpan(key, ["spec"]),
    }));
  const asked = asking("CREATE", { object: policy("p", open) });
  const { warnings = [] } = (await reviewing([placed(many, { action: "warn" })])(asked)).answer
    .response;
  expect(warnings).toHaveLength(15);
  expect(Math.max(...warnings.map((line) => line.length))).toBeLessThan(256);
  expect(warnings.join("").length).toBeLessThan(4096);
  expect(warnings.at(-1)).toBe("and 46 more findings");
  const { status } = (await reviewing([placed(many)])(asked)).answer.response;
  expect(status?.details?.causes).toHaveLength(15);
  expect(status?.message.length).toBeLessThan(20_000);
});

test("a guard that fails fails the review", async () => {
  const broken: Guard = () => {
    throw new TypeError("broken");
  };
  await expect(
    reviewing([placed(broken)])(asking("CREATE", { object: policy("p", open) })),
  ).rejects.toThrow("broken");
});

test("nobody waits: no guard is asked", async () => {
  const { guard, seen } = spy();
  const state = clusterState();
  const { review } = await import("../src/admission.ts");
  const signal = AbortSignal.abort(new Error("too late"));
  const asked = asking("CREATE", { object: policy("p", open) });
  await expect(review(state, asked, [placed(guard)], { now: 0, signal })).rejects.toThrow(
    "too late",
  );
  expect(seen).toEqual([]);
});

test("an object of a namespace that is being deleted goes with it", async () => {
  const state = clusterState({ istio: "1.31" });
  state.replace([namespace("shop"), policy("a", open), policy("b", open)], 0);
  const { guard, seen } = spy();
  const ask = reviewing([placed(guard)], state);
  await ask(asking("DELETE", { old: namespace("shop"), namespace: "shop" }));
  expect(seen.map(([before, after]) => [before, after])).toEqual([[2, 0]]);
  const { outcome, answer } = await ask(asking("DELETE", { old: policy("a", open) }));
  expect(outcome).toBe("not-judged");
  expect(answer.response.auditAnnotations).toEqual({ "part-of": "deletion of namespace shop" });
});
