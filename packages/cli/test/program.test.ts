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
