import { createPrivateKey, X509Certificate } from "node:crypto";
import { parseDocuments } from "@meshproof/engine";
import { expect, test } from "vitest";
import { selfSigned } from "../src/webhook/manifests/x509.ts";
import { yamlOf } from "../src/webhook/manifests/yaml.ts";
import { watchedKinds } from "../src/webhook/source/resources.ts";
import { authz } from "./program.ts";

type Fields = Readonly<Record<string, unknown>>;

async function objects(...args: readonly string[]): Promise<readonly Fields[]> {
  const files = {
    "guards.yaml": "guards:\n- guard: valid\n  action: warn\n",
    "a.yaml": "kind: Suite\n",
  };
  const { code, out, err } = await authz(files, "webhook", "manifests", ...args);
  expect([code, err]).toEqual([0, ""]);
  const { documents, findings } = parseDocuments({ path: "m.yaml", text: out });
  expect(findings).toEqual([]);
  return documents.map(({ value }) => value as Fields);
}

function of(kind: string, all: readonly Fields[]): Fields {
  return all.find((each) => each["kind"] === kind) ?? {};
}

test("everything that is needed is there, what makes the API server ask last", async () => {
  const all = await objects("--image", "authz:1");
  expect(all.map(({ kind }) => kind)).toEqual([
    ...["Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    ...["Secret", "ConfigMap", "Service", "Deployment", "PodDisruptionBudget", "NetworkPolicy"],
    "ValidatingWebhookConfiguration",
  ]);
});

test("the rights are to list and watch what is followed, and nothing else", async () => {
  const { rules } = of("ClusterRole", await objects("--image", "authz:1"));
  const granted = (
    rules as readonly { apiGroups: string[]; resources: string[]; verbs: string[] }[]
  ).flatMap(({ apiGroups, resources, verbs }) => {
    expect(verbs).toEqual(["list", "watch"]);
    return resources.map((resource) => `${apiGroups[0]}/${resource}`);
  });
  const wanted = watchedKinds.map(
    ({ apiVersion, plural }) =>
      `${apiVersion.includes("/") ? apiVersion.split("/")[0] : ""}/${plural}`,
  );
  expect(granted.toSorted()).toEqual([...new Set(wanted)].toSorted());
});

test("the pods have no right on their node", async () => {
  const deployment = of("Deployment", await objects("--image", "authz:1"));
  expect(JSON.stringify(deployment)).toContain('"readOnlyRootFilesystem":true');
  expect(JSON.stringify(deployment)).toContain('"drop":["ALL"]');
  expect(deployment).toMatchObject({ spec: { replicas: 2 } });
});

test("the certificate is one for the Service, of the authority in the configuration", async () => {
  const all = await objects("--image", "authz:1", "-n", "mesh", "--name", "guard");
  const { data } = of("Secret", all) as { readonly data: Record<string, string> };
  const pem = (name: string): Buffer => Buffer.from(data[name] ?? "", "base64");
  const certificate = new X509Certificate(pem("tls.crt"));
  expect(certificate.checkHost("guard.mesh.svc")).toBe("guard.mesh.svc");
  expect(certificate.checkPrivateKey(createPrivateKey(pem("tls.key")))).toBe(true);
  const [webhook] = of("ValidatingWebhookConfiguration", all)["webhooks"] as readonly [
    { readonly clientConfig: { readonly caBundle: string } },
  ];
  const authority = new X509Certificate(Buffer.from(webhook.clientConfig.caBundle, "base64"));
  expect(certificate.checkIssued(authority)).toBe(true);
  expect(certificate.verify(authority.publicKey)).toBe(true);
  expect(authority.verify(authority.publicKey)).toBe(true);
});

test("an address is one, a name is one", () => {
  const made = selfSigned(["127.0.0.1", "a.test"], { now: Date.UTC(2026, 0, 2), days: 1 });
  const certificate = new X509Certificate(made.certificate);
  expect(certificate.subjectAltName).toBe("IP Address:127.0.0.1, DNS:a.test");
  expect([certificate.validFrom, certificate.validTo]).toEqual([
    "Jan  1 00:00:00 2026 GMT",
    "Jan  3 00:00:00 2026 GMT",
  ]);
});

test("cert-manager makes the certificate where it is asked to", async () => {
  const all = await objects("--image", "authz:1", "--certificates", "cert-manager");
  expect(of("Secret", all)).toEqual({});
  expect(of("Certificate", all)).toMatchObject({ spec: { secretName: "meshproof-webhook-tls" } });
  const { metadata } = of("ValidatingWebhookConfiguration", all);
  expect(metadata).toMatchObject({
    annotations: { "cert-manager.io/inject-ca-from": "meshproof-system/meshproof-webhook" },
  });
});

test("guards and suites are in the ConfigMap, as they are written", async () => {
  const all = await objects("--image", "x", "--guards", "guards.yaml", "--suites", "a.yaml");
  expect(of("ConfigMap", all)["data"]).toEqual({
    "guards.yaml": "guards:\n- guard: valid\n  action: warn\n",
    "a.yaml": "kind: Suite\n",
  });
});

test.each([
  [["manifests"], "--image"],
  [["something"], "there is `manifests`"],
  [["manifests", "--image", "x", "--timeout-seconds", "31"], "30 at most"],
  [["manifests", "--image", "x", "--guards", "bad.yaml"], "one of valid"],
  [["manifests", "--image", "x", "--suites", "none.yaml"], "no file"],
])("webhook %j is refused: %s", async (args, expected) => {
  const bad = "guards:\n- { guard: unknown, action: deny }\n";
  const { code, err } = await authz({ "bad.yaml": bad }, "webhook", ...args);
  expect(code).toBe(2);
  expect(err).toContain(expected);
});

test.each([
  [{ a: [], b: {}, c: [{ d: 1, e: ["x: y", "no", "1"] }, [2]] }],
  [{ text: "two\n\n  lines\n", "key: odd": true, "": "", n: null }],
])("%j comes back from YAML as it was", (value) => {
  const { documents } = parseDocuments({ path: "a.yaml", text: yamlOf(value) });
  expect(documents[0]?.value).toEqual(value);
});
