import type { LintCode } from "../src/diagnostic/lint-codes.ts";

/** A file of the public test data of Kiali or `istioctl analyze` with a fault in it. */
export interface Recall {
  readonly file: string;
  readonly theirs: string;
  readonly beside?: string; // what their test has in the cluster besides the file
  readonly codes: readonly LintCode[]; // ours
}

const bookinfo = `
apiVersion: v1
kind: Namespace
metadata: { name: bookinfo, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: default, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: productpage, namespace: bookinfo }
spec: { template: { metadata: { labels: { app: productpage, version: v1 } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: httpbin, namespace: default }
spec: { template: { metadata: { labels: { app: httpbin, version: v1 } } } }
---
apiVersion: v1
kind: Service
metadata: { name: ratings, namespace: default }
spec: { selector: { app: httpbin }, ports: [{ name: http, port: 80 }] }
`;

const examples = "kiali__kiali.io/static/files/validation_examples";
const kiali = "kiali__kiali/tests/data/validations";
const istio = "istio__istio/pkg/config/analysis/analyzers/testdata";

const mutualTls = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: bookinfo }
spec: { mtls: { mode: DISABLE } }
`;

/** Every fault in their data that is about these three kinds; what is not is placed in docs/diagnostics.md. */
export const recall: readonly Recall[] = [
  { file: `${examples}/302.yaml`, theirs: "KIA0002", codes: ["mtls/outranked"] },
  { file: `${examples}/303.yaml`, theirs: "KIA0003", codes: ["mtls/outranked"] },
  {
    file: `${examples}/304.yaml`,
    theirs: "KIA0004",
    beside: bookinfo,
    codes: ["binding/selects-nothing"],
  },
  { file: `${examples}/305.yaml`, theirs: "KIA0505", codes: ["mtls/clients-refused"] },
  { file: `${examples}/306.yaml`, theirs: "KIA0506", codes: ["mtls/clients-refused"] },
  {
    file: `${examples}/801.yaml`,
    theirs: "KIA0101",
    beside: bookinfo,
    codes: ["binding/unknown-namespace"],
  },
  { file: `${examples}/802.yaml`, theirs: "KIA0102", codes: ["value/unknown-method"] },
  {
    file: `${examples}/803.yaml`,
    theirs: "KIA0004",
    beside: bookinfo,
    codes: ["binding/selects-nothing"],
  },
  {
    file: `${examples}/804.yaml`,
    theirs: "KIA0104",
    beside: bookinfo,
    codes: ["binding/unknown-host"],
  },
  {
    file: `${examples}/805.yaml`,
    theirs: "KIA0105",
    beside: mutualTls,
    codes: ["identity/never-known"],
  },
  {
    file: `${examples}/806.yaml`,
    theirs: "KIA0106",
    beside: bookinfo,
    codes: ["binding/unknown-account"],
  },
  ...["7", "9"].map(
    (number): Recall => ({
      file: `${kiali}/authorization/mtls_enabled_checker_${number}.yaml`,
      theirs: "KIA0105",
      codes: ["identity/never-known"],
    }),
  ),
  ...["19", "20"].map(
    (number): Recall => ({
      file: `${kiali}/authorization/mtls_enabled_checker_${number}.yaml`,
      theirs: "KIA0105",
      codes: ["identity/never-known"],
    }),
  ),
  ...["8", "10", "16", "17", "22"].map(
    (number): Recall => ({
      file: `${kiali}/authorization/mtls_enabled_checker_${number}.yaml`,
      theirs: "KIA0105",
      codes: ["identity/client-without-tls"],
    }),
  ),
  {
    file: `${kiali}/authorization/mtls_enabled_checker_15.yaml`,
    theirs: "KIA0105",
    codes: ["mtls/clients-refused"],
  },
  {
    file: `${kiali}/destinationrules/disabled_meshwide_checker_2.yaml`,
    theirs: "KIA0208",
    codes: ["mtls/clients-refused"],
  },
  {
    file: `${kiali}/peerauthentications/disabled_meshwide_checker_1.yaml`,
    theirs: "KIA0506",
    codes: ["mtls/clients-refused"],
  },
  {
    file: `${kiali}/peerauthentications/disabled_meshwide_checker_2.yaml`,
    theirs: "KIA0506",
    codes: ["mtls/clients-refused"],
  },
  ...["1", "2", "3", "4"].map(
    (number): Recall => ({
      file: `${kiali}/peerauthentications/disabled_namespacewide_checker_${number}.yaml`,
      theirs: "KIA0505",
      codes: ["mtls/clients-refused"],
    }),
  ),
  {
    file: `${istio}/authorizationpolicies.yaml`,
    theirs: "IST0101, IST0127",
    codes: [
      "binding/selects-nothing",
      "binding/unknown-namespace",
      "binding/empty-namespace",
      "binding/other-namespace",
    ],
  },
  { file: `${istio}/condition-analyzer.yaml`, theirs: "IST0171", codes: ["binding/status"] },
];
