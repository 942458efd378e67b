import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../src/commands.ts";
import { packageVersion } from "../src/package-version.ts";
import { authz } from "./program.ts";

test("the version is that of the package", async () => {
  const text = readFileSync(join(import.meta.dirname, "../package.json"), "utf8");
  expect(JSON.parse(text).version).toBe(packageVersion);
  expect((await authz({}, "version")).out).toBe(`authz ${packageVersion}\n`);
});

test("the known releases are listed, the default one marked", async () => {
  const { code, out } = await authz({}, "version", "--releases");
  expect(code).toBe(0);
  expect(out).toMatch(/^1\.31\.0 +1\.39\.3 +default$/m);
  expect(out).toMatch(/^istiod +1\.28\.7, 1\.29\.3, 1\.30 +namespaces and suffix principals are/m);
});

test.each(Object.entries(commands))(
  "the help of %s names each of its flags",
  async (name, load) => {
    const command = await load();
    const { code, out } = await authz({}, name, "--help");
    expect(code).toBe(0);
    for (const flag of Object.keys(command.flags)) expect(out).toContain(`--${flag}`);
  },
);

test("a release that nobody knows is blamed on the flag that names it, in every command", async () => {
  const taking = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => {
      const { flags } = await load();
      const named = Object.entries(flags).filter(([, flag]) => flag.value === "RELEASE");
      return named.map(([flag]) => [name, flag] as const);
    }),
  );
  expect(taking.flat().length).toBeGreaterThan(10);
  for (const [name, flag] of taking.flat()) {
    const { code, err } = await authz({}, name, `--${flag}`, "9.9");
    expect([name, code, err]).toEqual([
      name,
      2,
      expect.stringContaining(`authz: \`--${flag} 9.9\`: unknown release\n  = known are 1.27.0 to`),
    ]);
  }
});

test("the overview names each command", async () => {
  const { code, out } = await authz({}, "--help");
  expect(code).toBe(0);
  for (const name of Object.keys(commands)) expect(out).toContain(`  ${name} `);
});

test("what is assumed is told", async () => {
  const { code, out } = await authz({}, "help", "assumptions");
  expect(code).toBe(0);
  expect(out).toContain("further-policies");
});

test("a token is made at the time that is given, and verifies under the printed key set", async () => {
  const { out } = await authz(
    {},
    "token",
    "--issuer",
    "https://a",
    "--claim",
    "n=[1]",
    "--now",
    "2026-09-01T10:00:00Z",
    "-o",
    "json",
  );
  const { claims, jwks, token } = JSON.parse(out);
  expect(claims).toEqual({ iss: "https://a", n: [1], iat: 1_788_256_800, exp: 1_788_260_400 });
  expect(jwks.keys[0].d).toBeUndefined();
  expect(token.split(".")).toHaveLength(3);
});

const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: none, namespace: shop }
spec: {}
`;

const suite = `apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: empty }
spec: { mesh: [a.yaml], environment: { istio: "1.31" }, tests: [] }
`;

test.each([
  [["check", "-f", "--to", "ns/shop,app=a:80"], "`-f` needs a value"],
  [
    ["check", "--to", "ns/shop,app=a:80", "--http", "none", "--path", "/"],
    "`--http none` and `--path`",
  ],
  [
    ["check", "--to", "ns/shop,app=a:80", "--grpc", "a.B/c", "--http", "GET /"],
    "`--grpc` is a method",
  ],
  [["check", "-f", "a.yaml", "--to", "x", "--keys", "a=b"], "`b`: there is no such file"],
  [["explain", "-f", "a.yaml", "--to", "ns/shop,app=a:80", "--run", "x"], "`--run` picks tests"],
  [["check", "--to", "http://a.b:80/c", "--port", "90"], "has a port, and `--port 90` gives"],
  [["explain", "suite.yaml", "--run", "x*"], "no test has such a name"],
  [["init", "a.yaml"], "`a.yaml` is a file, not a folder"],
  [["version", "1.31"], "what is `1.31`?"],
  [["matrix", "-f", "a.yaml", "b.yaml"], "what is `b.yaml`?"],
  [["webhook", "manifests", "--image", ""], "`--image IMAGE` is missing"],
  [["webhook", "manifests", "--image", "a", "--only", "Pod"], "not one of Namespace, "],
] as const)("%j is refused", async (args, told) => {
  const { code, out, err } = await authz({ "a.yaml": policy, "suite.yaml": suite }, ...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(told);
});

test("bytes are asked with `--http none`", async () => {
  const to = ["--to", "ns/shop,app=a:80", "--from", "sa/shop/web"];
  const { code, out } = await authz(
    { "a.yaml": policy },
    ...["check", "-f", "a.yaml", ...to, "--http", "none"],
  );
  expect(code).toBe(0);
  expect(out).toMatch(/^deny +- .* bytes /m);
});

test("a command is found under `help`, too", async () => {
  expect(await authz({}, "help", "check")).toEqual(await authz({}, "check", "--help"));
  expect(await authz({}, "help")).toEqual(await authz({}, "--help"));
});

test("describe does not speak of a suite that nobody wrote", async () => {
  const { code, err } = await authz(
    { "a.yaml": policy },
    ...["describe", "ns/shop,app=a", "-f", "a.yaml"],
  );
  expect({ code, err }).toEqual({ code: 0, err: "" });
});

test("a suite without tests is said to have none", async () => {
  const { code, out } = await authz(
    { "a.yaml": policy, "suite.yaml": suite },
    "check",
    "suite.yaml",
  );
  expect({ code, out }).toEqual({ code: 0, out: "0 requests: these suites have no test\n" });
});

test("a port goes where a URL has its own", async () => {
  const asked = ["check", "-f", "a.yaml", "--from", "none", "--method", "GET"];
  const { out } = await authz(
    { "a.yaml": policy },
    ...[...asked, "--to", "http://a.shop.svc/c?d=e:f", "--port", "90"],
  );
  expect(out).toContain(" http://a.shop.svc:90/c?d=e:f  ");
  expect(out).toContain("svc/shop/a:90");
});
