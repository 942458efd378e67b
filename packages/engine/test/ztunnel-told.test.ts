import { describe, expect, test } from "vitest";
import { tellZtunnel } from "../src/istiod/ztunnel.ts";
import { ztunnelStatus } from "../src/istiod/ztunnel-status.ts";
import type { Question } from "../src/model/fact.ts";
import type { AuthorizationPolicySpec, PeerAuthenticationSpec } from "../src/model/policy.ts";
import { serveZtunnel } from "../src/ztunnel/serve.ts";
import {
  answering,
  empty,
  hbone,
  orders,
  peers,
  plaintext,
  policies,
  resource,
  serve,
  web,
} from "./ztunnel-world.ts";

describe("PeerAuthentications of equal age", () => {
  const strict: PeerAuthenticationSpec = { mtls: { mode: "STRICT" } };
  const permissive: PeerAuthenticationSpec = { mtls: { mode: "PERMISSIVE" } };

  test("leave it open which one istiod picks", () => {
    const mesh = peers(["shop", "a", strict], ["shop", "b", permissive]);
    const asked: Question[] = [];
    expect(serve(mesh, plaintext, answering(0, asked)).outcome.kind).toBe("closed");
    expect(asked.map(({ id }) => id)).toEqual(["peer-authentication:shop/orders-1"]);
    expect(serve(mesh, plaintext, answering(1)).outcome.kind).toBe("forwarded");
  });

  test.each([
    ["the same mode", peers(["shop", "a", strict], ["shop", "b", strict])],
    ["a stated age", peers(["shop", "a", strict, 1], ["shop", "b", permissive, 2])],
    [
      "a level below that decides",
      peers(
        ["istio-system", "a", strict],
        ["istio-system", "b", permissive],
        ["shop", "c", strict],
      ),
    ],
  ])("do not matter with %s", (_, mesh) => {
    expect(tellZtunnel(mesh, orders, []).programs).toHaveLength(1);
  });

  test("do matter when one of them does not say how old it is", () => {
    const mesh = peers(["shop", "a", strict, 1], ["shop", "b", permissive]);
    expect(tellZtunnel(mesh, orders, []).programs).toHaveLength(2);
  });
});

describe("what ztunnel is not told", () => {
  const allow = (rule: NonNullable<AuthorizationPolicySpec["rules"]>[number]) =>
    policies({ rules: [rule] });
  const deny = (rule: NonNullable<AuthorizationPolicySpec["rules"]>[number]) =>
    policies({ action: "DENY", rules: [rule] });
  const methods = { operation: { methods: ["GET"] } };
  const ports = { operation: { ports: ["8080"] } };

  test.each([
    [
      "an ALLOW rule with an HTTP attribute",
      allow({ to: [methods] }),
      ["rule-skipped", "ztunnel-http-attribute", "narrower", "spec.rules.0.to.0.operation.methods"],
    ],
    [
      "a DENY rule of HTTP attributes only",
      deny({ to: [methods] }),
      ["rule-skipped", "ztunnel-empty-match", "wider", "spec.rules.0.to.0.operation.methods"],
    ],
    [
      "an alternative of a DENY rule that is emptied",
      deny({ to: [methods, ports] }),
      [
        "condition-dropped",
        "ztunnel-http-attribute",
        "wider",
        "spec.rules.0.to.0.operation.methods",
      ],
    ],
    [
      "the HTTP half of a DENY condition",
      deny({ to: [{ operation: { ...methods.operation, ...ports.operation } }] }),
      [
        "condition-dropped",
        "ztunnel-http-attribute",
        "narrower",
        "spec.rules.0.to.0.operation.methods",
      ],
    ],
    [
      "a when key that ztunnel counts as HTTP",
      deny({ when: [{ key: "connection.sni", values: ["a"] }] }),
      ["rule-skipped", "ztunnel-empty-match", "wider", "spec.rules.0.when.0.key"],
    ],
    [
      "a when key that every object has",
      deny({ when: [{ key: "constructor", values: ["a"] }] }),
      ["rule-skipped", "ztunnel-empty-match", "wider", "spec.rules.0.when.0.key"],
    ],
    [
      "trust domains",
      allow({ from: [{ source: { namespaces: ["a"], trustDomains: ["b"] } }] }),
      [
        "condition-dropped",
        "ztunnel-trust-domains",
        "wider",
        "spec.rules.0.from.0.source.trustDomains",
      ],
    ],
    [
      "an address of several that is none",
      allow({ from: [{ source: { ipBlocks: ["10.0.0.1", "x"] } }] }),
      ["value-dropped", "ztunnel-invalid-address", "none", "spec.rules.0.from.0.source.ipBlocks.1"],
    ],
    [
      "the only address beside another condition",
      allow({ from: [{ source: { ipBlocks: ["x"], namespaces: ["a"] } }] }),
      [
        "value-dropped",
        "ztunnel-invalid-address",
        "wider",
        "spec.rules.0.from.0.source.ipBlocks.0",
      ],
    ],
    [
      "an IPv4-mapped block, which is told and never matches",
      deny({ from: [{ source: { ipBlocks: ["::ffff:10.0.0.0/104"] } }] }),
      ["value-dropped", "ztunnel-mapped-address", "wider", "spec.rules.0.from.0.source.ipBlocks.0"],
    ],
    [
      "the only port",
      allow({ to: [{ operation: { ports: ["70000"] } }] }),
      ["rule-skipped", "ztunnel-empty-match", "narrower", "spec.rules.0.to.0.operation.ports.0"],
    ],
    [
      "a policy for a waypoint",
      policies({ targetRefs: [{ kind: "Service", name: "a" }] }),
      ["policy-not-bound", "ztunnel-target-reference", "none", "spec.targetRefs"],
    ],
    [
      "a policy with an empty selector",
      policies({ selector: {} }),
      ["policy-not-bound", "ztunnel-empty-selector", "wider", "spec.selector"],
    ],
    [
      "a policy whose selector does not match",
      policies({ selector: { matchLabels: { app: "x" } } }),
      ["policy-not-bound", "ztunnel-selector-mismatch", "none", "spec.selector"],
    ],
    [
      "a CUSTOM policy",
      policies({ action: "CUSTOM", rules: [{}] }),
      ["policy-not-bound", "ztunnel-unsupported-action", "wider", "spec.action"],
    ],
  ])("%s", (_, mesh, note) => {
    const notes = tellZtunnel(mesh, orders, []).programs[0].notes;
    expect(
      notes.map(({ kind, because, effect, at }) => [kind, because, effect, at.path.join(".")]),
    ).toEqual([note]);
  });

  test("a converted policy that is never built, and the ports that stay open", () => {
    const mesh = peers(
      ["istio-system", "mesh", { mtls: { mode: "STRICT" } }, 1],
      ["shop", "namespace", {}, 2],
      [
        "shop",
        "orders",
        {
          selector: { matchLabels: { app: "orders" } },
          portLevelMtls: { "9090": { mode: "PERMISSIVE" } },
        },
        3,
      ],
    );
    const notes = tellZtunnel(mesh, orders, []).programs[0].notes;
    expect(notes.map(({ because, effect, at }) => [because, effect, at.path.join(".")])).toEqual([
      ["ztunnel-never-built", "wider", "spec.portLevelMtls"],
      ["ztunnel-port-mode", "wider", "spec.mtls"],
    ]);
  });
});

describe("the waypoint's own policy", () => {
  const waypoint = { namespace: "shop", name: "waypoint", serviceAccounts: ["waypoint"] };
  const features = { PILOT_AUTO_ALLOW_WAYPOINT_POLICY: "true" };
  const through = hbone("spiffe://cluster.local/ns/shop/sa/waypoint");

  test.each([
    ["without effect by default", {}, web, "forwarded"],
    ["what lets the waypoint in", features, through, "forwarded"],
    ["what keeps everybody else out", features, web, "closed"],
  ])("is %s", (_, on, connection, kind) => {
    const told = tellZtunnel({ ...empty, features: on }, orders, [waypoint]);
    expect(serveZtunnel(told, connection, answering(0)).outcome.kind).toBe(kind);
  });
});

test("a label-less workload gets every policy with a selector, but none with an empty one", () => {
  const mesh = policies({ selector: { matchLabels: { app: "x" } } }, { selector: {} });
  const told = tellZtunnel(mesh, { ...orders, labels: {} }, []);
  expect(told.programs[0].notes.map(({ at }) => at.resource.name)).toEqual(["p1"]);
});

test("a policy for a waypoint that is a dry run is refused by istiod although it is not meant for ztunnel", () => {
  const spec = { targetRefs: [{ kind: "Gateway", name: "waypoint" }] };
  const policy = {
    ...resource("AuthorizationPolicy", "shop", "a", spec),
    annotations: { "istio.io/dry-run": "true" },
  };
  expect(ztunnelStatus(empty, policy)).toMatchObject({
    status: "False",
    reason: "UnsupportedValue",
  });
  expect(ztunnelStatus(empty, { ...policy, annotations: {} })).toBeUndefined();
});
