import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { valid } from "@meshproof/engine/admission";
import { expect, test } from "vitest";
import { selfSigned } from "../src/webhook/manifests/x509.ts";
import { asking, nothing, send, serve, stops, writeCertificate } from "./webhook-world.ts";

test("a new certificate is shown without a restart, a broken one is not", async () => {
  const running = await serve(nothing);
  const shown = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(
        { port: running.port, host: "127.0.0.1", rejectUnauthorized: false },
        () => {
          resolve(socket.getPeerCertificate().fingerprint256);
          socket.destroy();
        },
      );
      socket.on("error", reject);
    });
  const old = await shown();
  writeFileSync(join(running.dir, "tls.crt"), "broken");
  await expect.poll(() => running.entries.some(({ level }) => level === "error")).toBe(true);
  expect(await shown()).toBe(old);
  writeCertificate(running.dir);
  await expect.poll(shown).not.toBe(old);
});

test("without a certificate of the client authority nobody learns anything but whether it is ready", async () => {
  const dir = mkdtempSync(join(tmpdir(), "client-"));
  stops.push(() => rmSync(dir, { recursive: true }));
  const [known, stranger] = ["api-server", "stranger"].map((name) => {
    const { certificate, key, authority } = selfSigned([name], { now: Date.now(), days: 1 });
    return { cert: certificate, key, authority };
  });
  writeFileSync(join(dir, "ca.crt"), known?.authority ?? "");
  const running = await serve(valid(), { clientCa: join(dir, "ca.crt") });
  for (const who of [{}, stranger])
    for (const [path, body] of [["/validate", asking], ["/metrics"], ["/other"]] as const) {
      const { status, text } = await send(running, path, body, who);
      expect([status, text]).toEqual([401, "a client certificate is needed"]);
    }
  expect(await send(running, "/readyz")).toMatchObject({ status: 200, text: "ready" });
  expect(JSON.parse((await send(running, "/validate", asking, known)).text).response.allowed).toBe(
    false,
  );
});

test("TLS before 1.2 is refused", async () => {
  const running = await serve(nothing);
  const old = {
    minVersion: "TLSv1",
    maxVersion: "TLSv1.1",
    ciphers: "DEFAULT@SECLEVEL=0",
  } as const;
  await expect(send(running, "/livez", undefined, old)).rejects.toThrow();
});
