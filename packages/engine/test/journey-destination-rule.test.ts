import { expect, test } from "vitest";
import type { Other } from "../src/model/kubernetes.ts";
import { handObject } from "./mesh.ts";
import { cluster, orders, transports } from "./ways.ts";

const rule = (reference: string, spec: object, createdAt?: number): Other =>
  handObject(
    `DestinationRule/${reference}`,
    { host: "orders.shop.svc.cluster.local", ...spec },
    createdAt,
  );
const backend = (spec: object, createdAt?: number): Other =>
  handObject(
    "BackendTLSPolicy/shop/b",
    {
      targetRefs: [{ group: "", kind: "Service", name: "orders", ...spec }],
      validation: { hostname: "a" },
    },
    createdAt,
  );
const tls = (mode: string): object => ({ trafficPolicy: { tls: { mode } } });

test.each<[string, readonly Other[], string]>([
  ["none", [], "mtls"],
  ["DISABLE in the client's namespace (ctx:T82)", [rule("c/r", tls("DISABLE"))], "plaintext"],
  ["one without tls (ctx:T83)", [rule("c/r", { trafficPolicy: { connectionPool: {} } })], "mtls"],
  ["SIMPLE", [rule("c/r", tls("SIMPLE"))], "tls"],
  ["MUTUAL", [rule("c/r", tls("MUTUAL"))], "not evaluated"],
  [
    "MUTUAL with a credential, which a sidecar drops (an:PA-86)",
    [rule("c/r", { trafficPolicy: { tls: { mode: "MUTUAL", credentialName: "x" } } })],
    "plaintext",
  ],
  ["a tls block without mode", [rule("c/r", { trafficPolicy: { tls: {} } })], "plaintext"],
  [
    "a short host, in the Service's namespace",
    [rule("shop/r", { host: "orders", ...tls("DISABLE") })],
    "plaintext",
  ],
  [
    "a short host, in the client's namespace",
    [rule("c/r", { host: "orders", ...tls("DISABLE") })],
    "mtls",
  ],
  [
    "one of the client's before one of the Service's",
    [rule("c/r", {}), rule("shop/r", tls("DISABLE"))],
    "mtls",
  ],
  [
    "one of the root namespace",
    [rule("istio-system/r", { host: "*.local", ...tls("DISABLE") })],
    "plaintext",
  ],
  ["a BackendTLSPolicy", [backend({})], "tls"],
  ["a BackendTLSPolicy for a port", [backend({ sectionName: "http" })], "tls"],
  ["a BackendTLSPolicy for a port that there is not", [backend({ sectionName: "db" })], "mtls"],
  ["a BackendTLSPolicy for something else", [backend({ name: "other" })], "mtls"],
  [
    "a BackendTLSPolicy, and a younger rule for the same host, which says more",
    [backend({}), rule("shop/r", tls("DISABLE"), 2)],
    "plaintext",
  ],
  [
    "a BackendTLSPolicy, and a rule for the same host that leaves TLS to it",
    [rule("shop/r", { trafficPolicy: { connectionPool: {} } }, 1), backend({})],
    "tls",
  ],
  ["one of a stranger", [rule("other/r", tls("DISABLE"))], "mtls"],
  [
    "one that the Service's namespace keeps to itself",
    [rule("shop/r", { exportTo: ["."], ...tls("DISABLE") })],
    "mtls",
  ],
  [
    "specificity before visibility",
    [
      rule("shop/r", { exportTo: ["x"] }),
      rule("shop/wild", { host: "*.shop.svc.cluster.local", ...tls("DISABLE") }),
    ],
    "mtls",
  ],
  [
    "a port's own settings without tls (an:PA-83)",
    [
      rule("c/r", {
        trafficPolicy: { tls: { mode: "DISABLE" }, portLevelSettings: [{ port: { number: 80 } }] },
      }),
    ],
    "plaintext",
  ],
  [
    "a port's own settings with tls",
    [
      rule("c/r", {
        trafficPolicy: {
          tls: { mode: "DISABLE" },
          portLevelSettings: [{ port: { number: 80 }, tls: { mode: "ISTIO_MUTUAL" } }],
        },
      }),
    ],
    "mtls",
  ],
  [
    "another port's settings",
    [
      rule("c/r", {
        trafficPolicy: { portLevelSettings: [{ port: { number: 81 }, tls: { mode: "DISABLE" } }] },
      }),
    ],
    "mtls",
  ],
  [
    "two of one host, merged oldest first",
    [rule("c/b", tls("SIMPLE"), 2), rule("c/a", tls("DISABLE"), 1)],
    "plaintext",
  ],
  [
    "two that are exported differently: the newest alone",
    [rule("c/a", tls("DISABLE"), 1), rule("c/b", { exportTo: ["*"] }, 2)],
    "mtls",
  ],
  [
    "a workloadSelector that matches",
    [rule("c/r", { workloadSelector: { matchLabels: { app: "web" } }, ...tls("DISABLE") })],
    "plaintext",
  ],
  [
    "a workloadSelector that does not",
    [rule("c/r", { workloadSelector: { matchLabels: { app: "x" } }, ...tls("DISABLE") })],
    "mtls",
  ],
])("the client's transport under DestinationRules: %s", (_, others, expected) => {
  expect(transports(cluster({ others }))).toEqual([expected]);
});

test("a workloadSelector may or may not select a client of which only the account is known", () => {
  const others = [
    rule("c/r", { workloadSelector: { matchLabels: { app: "x" } }, ...tls("DISABLE") }),
  ];
  const mesh = cluster({ others, workloads: [orders] });
  expect(transports(mesh, { from: "sa/c/web" })).toEqual(["mtls", "plaintext"]);
});
