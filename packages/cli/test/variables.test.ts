import { expect, test } from "vitest";
import { loadCommands } from "../src/commands.ts";
import { variableOf } from "../src/variables.ts";
import { authzIn } from "./program.ts";

async function told(...names: readonly string[]): Promise<string> {
  const environment = Object.fromEntries(names.map((name) => [name, ""]));
  const { code, err } = await authzIn(environment, {}, "version");
  expect(code).toBe(0);
  return err;
}

test("a variable that is misspelt is told, with the one that is read", async () => {
  expect(await told("AUTHZ_ISTOI")).toBe(
    "authz: warning: `AUTHZ_ISTOI` is no variable that is read\n  = did you mean `AUTHZ_ISTIO`?\n",
  );
  expect(await told("AUTHZ_WHATEVER_ELSE")).toContain("`authz version` reads AUTHZ_");
});

test("those of every command are known, and those of others are theirs", async () => {
  const flags = Object.values(await loadCommands()).flatMap((each) => Object.keys(each.flags));
  expect(flags).toContain("serve-flag");
  expect(await told(...flags.map(variableOf))).toBe("");
  expect(await told("AUTHZ_COVERAGE", "AUTHZ_WARM", "PATH", "OTHER_AUTHZ_ISTOI")).toBe("");
});

/** As the kubelet writes them. kubernetes/kubernetes:pkg/kubelet/envvars/envvars.go */
function ofService(name: string): Readonly<Record<string, string>> {
  const to = "tcp://10.96.0.9:443";
  const link = { "": to, _PROTO: "tcp", _PORT: "443", _ADDR: "10.96.0.9" };
  const links = Object.entries(link).map(([end, value]) => [`${name}_PORT_443_TCP${end}`, value]);
  const ports = { [`${name}_SERVICE_PORT`]: "443", [`${name}_SERVICE_PORT_HTTPS`]: "443" };
  return {
    ...{ [`${name}_SERVICE_HOST`]: "10.96.0.9", [`${name}_PORT`]: to },
    ...{ ...ports, ...Object.fromEntries(links) },
  };
}

test.each(["AUTHZ", "AUTHZ_WEBHOOK", "AUTHZ_WEBHOOK_2", "AUTHZ_SERVICE"])(
  "those that Kubernetes sets for a Service %s are no flags",
  async (name) => {
    const { code, out, err } = await authzIn(ofService(name), mesh, ...asked);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("  pod/shop/shop  ");
  },
);

test("what only looks like one of those is told, and a port counts", async () => {
  expect(await told("AUTHZ_WEBHOOK_PORT")).toContain("`AUTHZ_WEBHOOK_PORT` is no variable");
  expect(await told("AUTHZ_PROT", "AUTHZ_SERVICE_HOST")).toContain("did you mean `AUTHZ_PORT`?");
  const { out } = await authzIn({ AUTHZ_PORT: "81" }, mesh, ...asked);
  expect(out).toContain("pod/shop/shop:81");
});

const mesh = {
  "mesh.yaml": `apiVersion: v1
kind: Pod
metadata: { name: shop, namespace: shop }
spec: { containers: [{ name: app, image: app, ports: [{ containerPort: 80 }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: all, namespace: shop }
spec: { rules: [{}] }
`,
};
const asked = "check -f mesh.yaml --from sa/shop/web --to pod/shop/shop --path / --http GET".split(
  " ",
);
