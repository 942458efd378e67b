import { expect, test } from "vitest";
import { loadMesh } from "../src/load.ts";

const inventory = (apiVersion: string, kind: string, rest: object): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name: "a", namespace: "shop" }, ...rest });

function said(text: string, admission: "enforce" | "skip" | "prune" | "bypass" = "enforce") {
  const { findings, counts } = loadMesh({
    files: [{ path: "a.json", text }],
    allowEmpty: true,
    admission,
  });
  return {
    loaded: counts.inventory,
    told: findings.map(({ severity, message, hint }) => `${severity}: ${message}, ${hint}`),
  };
}

const template = (pod: object): object => ({ spec: { template: pod } });

test.each([
  ["v1", "Namespace", { metadata: { name: "a", lables: {} } }, "`lables` in `metadata`", "labels"],
  ["v1", "Service", { spec: { selctor: {} } }, "`selctor` in `spec`", "selector"],
  [
    "v1",
    "Service",
    { spec: { ports: [{ targetport: 1 }] } },
    "`targetport` in `ports`",
    "targetPort",
  ],
  [
    "v1",
    "Pod",
    { spec: { serviceAccontName: "b" } },
    "`serviceAccontName` in `spec`",
    "serviceAccountName",
  ],
  [
    "apps/v1",
    "Deployment",
    template({ metadata: { label: {} } }),
    "`label` in `metadata`",
    "labels",
  ],
  ["apps/v1", "StatefulSet", { spec: { tempalte: {} } }, "`tempalte` in `spec`", "template"],
  [
    "batch/v1",
    "CronJob",
    { spec: { jobTemplate: template({ spec: { hostNetwrk: true } }) } },
    "`hostNetwrk` in `spec`",
    "hostNetwork",
  ],
  [
    "networking.istio.io/v1",
    "VirtualService",
    { spec: { hosts: ["a"], gateway: [] } },
    "`gateway` in `spec`",
    "gateways",
  ],
  [
    "networking.istio.io/v1",
    "DestinationRule",
    { spec: { host: "a", subsets: [{ name: "b", trafficPolicy: { tls: { mod: "DISABLE" } } }] } },
    "`mod` in `tls`",
    "mode",
  ],
  [
    "gateway.networking.k8s.io/v1",
    "Gateway",
    { spec: { listners: [] } },
    "`listners` in `spec`",
    "listeners",
  ],
])("%s %s %j: a field that is nearly one is refused", (apiVersion, kind, rest, field, meant) => {
  const { told } = said(inventory(apiVersion, kind, rest));
  expect(told).toContain(`error: unknown field ${field}, did you mean \`${meant}\`?`);
});

test("what such a field does depends on who stores the object", () => {
  const text = inventory("v1", "Service", { spec: { selctor: { app: "a" } } });
  const fault = "unknown field `selctor` in `spec`, did you mean `selector`?";
  expect(said(text)).toEqual({ loaded: 0, told: [`error: ${fault}`] });
  expect(said(text, "skip")).toEqual({ loaded: 0, told: [`warning: ${fault}`] });
  expect(said(text, "prune")).toEqual({ loaded: 1, told: [`warning: ${fault}`] });
  expect(said(text, "bypass")).toEqual({ loaded: 1, told: [] });
});

test("of a field that is near no known one is told that nothing is read from it", () => {
  const service = { spec: { selector: {}, somethingNew: 1, clusterIPs: [], ipFamilies: [] } };
  const text = inventory("v1", "Service", service);
  const told = "nothing is read from `somethingNew` in `spec`: no such field is known";
  const hint = "remove it, unless a newer release has it";
  for (const admission of ["enforce", "skip", "prune"] as const)
    expect(said(text, admission)).toEqual({ loaded: 1, told: [`warning: ${told}, ${hint}`] });
  expect(said(text, "bypass").told).toEqual([]);
});

test("where few fields are known they are listed", () => {
  const grant = { spec: { from: [], to: [{ group: "", kind: "Service", port: 80 }] } };
  const { told } = said(inventory("gateway.networking.k8s.io/v1", "ReferenceGrant", grant));
  expect(told).toEqual([
    "warning: nothing is read from `port` in `to`: no such field is known, one of group, kind, name",
  ]);
});

test.each([
  [
    "apps/v1",
    "StatefulSet",
    { spec: { volumeClaimTemplates: [], podManagementPolicy: "Parallel" } },
  ],
  [
    "batch/v1",
    "CronJob",
    { spec: { schedule: "0 0 * * *", jobTemplate: { spec: { backoffLimit: 1 } } } },
  ],
  ["v1", "ServiceAccount", { automountServiceAccountToken: false, secrets: [{ name: "a" }] }],
  [
    "networking.istio.io/v1alpha3",
    "EnvoyFilter",
    { spec: { configPatches: [{ applyTo: "CLUSTER", patch: { operation: "REMOVE" } }] } },
  ],
  ["networking.k8s.io/v1", "Ingress", { spec: { anything: 1 } }],
  [
    "gateway.networking.k8s.io/v1",
    "HTTPRoute",
    {
      spec: { rules: [{ filters: [{ type: "URLRewrite", urlRewrite: { path: { type: "A" } } }] }] },
    },
  ],
])("of %s %s %j nothing is said", (apiVersion, kind, rest) => {
  expect(said(inventory(apiVersion, kind, rest)).told).toEqual([]);
});

test("a misspelt filter of a route, or selector of a plugin, is refused", () => {
  const route = { spec: { rules: [{ filters: [{ type: "URLRewrite", urlRewrit: {} }] }] } };
  const told = said(inventory("gateway.networking.k8s.io/v1", "HTTPRoute", route)).told;
  expect(told).toEqual([
    "error: unknown field `urlRewrit` in `filters`, did you mean `urlRewrite`?",
  ]);
  const plugin = { spec: { url: "oci://a", selctor: {} } };
  expect(said(inventory("extensions.istio.io/v1alpha1", "WasmPlugin", plugin)).loaded).toBe(0);
});
