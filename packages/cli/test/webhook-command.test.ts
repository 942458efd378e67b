import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stops, writeCertificate } from "./webhook-world.ts";

const root = join(import.meta.dirname, "../../..");

test("the webhook of the built command reads its mesh: the thread that judges runs", async () => {
  const dir = mkdtempSync(join(tmpdir(), "webhook-"));
  stops.push(() => rmSync(dir, { recursive: true }));
  writeCertificate(dir);
  const policies = join(root, "policies/examples/tcp-database");
  const args = ["serve", "webhook", "--listen", "127.0.0.1:0", "-f", policies];
  const program = join(import.meta.dirname, "../bin/authz.cjs");
  const tls = ["--cert", join(dir, "tls.crt"), "--key", join(dir, "tls.key")];
  const child = spawn(process.execPath, [program, ...args, ...tls]);
  const lines: string[] = [];
  const seen = new Promise<void>((resolve) => {
    const note = (data: Buffer): void => {
      lines.push(data.toString());
      if (/read the mesh|thread that judges ended/.test(lines.join(""))) resolve();
    };
    child.stdout.on("data", note);
    child.stderr.on("data", note);
  });
  await Promise.race([seen, once(child, "exit")]);
  child.kill();
  expect(lines.join("")).toContain("read the mesh");
});
