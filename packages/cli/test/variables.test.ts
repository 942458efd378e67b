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
  const ofService = ["AUTHZ_SERVICE_HOST", "AUTHZ_SERVICE_PORT_HTTPS", "AUTHZ_PORT_443_TCP_ADDR"];
  expect(await told(...ofService)).toBe("");
});
