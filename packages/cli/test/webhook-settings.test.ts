import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isMisuse } from "../src/command.ts";
import { parseFlags } from "../src/flags.ts";
import { readCredentials } from "../src/webhook/certificates.ts";
import { serveFlags, settingsOf } from "../src/webhook/flags.ts";
import { selfSigned } from "../src/webhook/manifests/x509.ts";

const dir = mkdtempSync(join(tmpdir(), "settings-"));
const at = (name: string): string => join(dir, name);

beforeAll(() => {
  for (const name of ["own", "other"]) {
    const { certificate, key, authority } = selfSigned([name], { now: Date.now(), days: 1 });
    writeFileSync(at(`${name}.crt`), certificate);
    writeFileSync(at(`${name}.key`), key);
    writeFileSync(at("ca.crt"), authority);
  }
  writeFileSync(at("empty"), "");
  writeFileSync(at("garbage"), "garbage");
  const broken = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  writeFileSync(at("broken.crt"), broken);
});

afterAll(() => rmSync(dir, { recursive: true }));

test.each([
  ["an empty certificate", { cert: "empty", key: "own.key" }, /`.*empty` holds no certificate/],
  ["a key for a certificate", { cert: "own.key", key: "own.key" }, /holds no certificate/],
  ["a broken certificate", { cert: "broken.crt", key: "own.key" }, /`.*broken.crt` cannot be read/],
  ["an empty key", { cert: "own.crt", key: "empty" }, /`.*empty` cannot be read/],
  ["another's key", { cert: "own.crt", key: "other.key" }, /is not the key of `.*own.crt`/],
  ["a file that is not there", { cert: "none.crt", key: "own.key" }, /none.crt/],
  ["no authority", { clientCa: "empty" }, /`.*empty` holds no certificate/],
  ["garbage for an authority", { clientCa: "garbage" }, /`.*garbage` holds no certificate/],
  ["a broken authority", { clientCa: "broken.crt" }, /`.*broken.crt` cannot be read/],
])("%s is no credential", async (_, named, complaint) => {
  const files = Object.entries({ cert: "own.crt", key: "own.key", ...named });
  const paths = Object.fromEntries(files.map(([what, name]) => [what, at(name)]));
  await expect(readCredentials({ cert: "", key: "", ...paths })).rejects.toThrow(complaint);
});

test("certificates that belong together are taken", async () => {
  const files = { cert: at("own.crt"), key: at("own.key"), clientCa: at("ca.crt") };
  expect(Object.keys(await readCredentials(files)).toSorted()).toEqual([
    ...["ca", "cert", "key", "minVersion"],
  ]);
});

function settings(...flags: readonly string[]): unknown {
  const args = parseFlags(["--cert", "a", "--key", "b", ...flags], serveFlags);
  if (isMisuse(args)) return args;
  const settled = settingsOf(args, {});
  return isMisuse(settled) ? settled.misuse : settled.server;
}

test.each([
  ["127.0.0.1:8443", { host: "127.0.0.1", port: 8443 }],
  ["[::1]:8443", { host: "::1", port: 8443 }],
  ["[::]:0", { host: "::", port: 0 }],
  [":8443", { host: "", port: 8443 }],
])("%s is an address to listen at", (text, address) => {
  expect(settings("--listen", text)).toMatchObject(address);
});

test.each([
  ["--listen", "127.0.0.1:70000", /a port up to 65535/],
  ["--listen", "127.0.0.1", /HOST:PORT/],
  ["--timeout", "0s", /no time at all/],
  ["--reload", "0ms", /no time at all/],
  ["--stale", "0s", /no time at all/],
  ["--reload", "1000h", /more than 500h/],
  ["--drain", "soon", /no time such as 30s/],
])("%s %s cannot be used", (flag, value, complaint) => {
  expect(settings(flag, value)).toMatch(complaint);
});

test("to go on for no time after SIGTERM is fine", () => {
  expect(settings("--drain", "0s")).toMatchObject({ drain: 0 });
});
