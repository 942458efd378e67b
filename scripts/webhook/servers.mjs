import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const { selfSigned } = await import(join(root, "packages/cli/dist/webhook/manifests/x509.js"));

/** A folder with a certificate for 127.0.0.1. */
function certificates() {
  const dir = mkdtempSync(join(tmpdir(), "meshproof-load-"));
  const made = selfSigned(["127.0.0.1"], { now: Date.now(), days: 2 });
  writeFileSync(join(dir, "tls.crt"), made.certificate);
  writeFileSync(join(dir, "tls.key"), made.key);
  return dir;
}

/** The program, on loopback. Without a mesh it has the one guard of what is valid. */
export async function startWebhook({ guards, mesh, flags = [] } = {}) {
  const dir = certificates();
  const port = await freePort();
  const args = [
    "serve",
    "webhook",
    "--listen",
    `127.0.0.1:${port}`,
    "--log",
    "error",
    "--drain",
    "0s",
  ];
  const tls = ["--cert", join(dir, "tls.crt"), "--key", join(dir, "tls.key")];
  const more = [...(guards ? ["--guards", guards] : []), ...(mesh ? ["-f", mesh] : []), ...flags];
  const start = () =>
    spawn(process.execPath, [join(root, "packages/cli/bin/authz.js"), ...args, ...tls, ...more], {
      stdio: "inherit",
    });
  return running({ dir, port, judges: true }, start);
}

/** What it is compared with. */
export async function startBare() {
  const dir = certificates();
  const port = await freePort();
  const args = [
    join(import.meta.dirname, "bare.mjs"),
    join(dir, "tls.crt"),
    join(dir, "tls.key"),
    String(port),
  ];
  return running({ dir, port, judges: false }, () =>
    spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] }),
  );
}

async function running(server, start) {
  server.start = async () => {
    server.child = start();
    server.exited = new Promise((resolve) => server.child.once("exit", resolve));
    await ready(server.port);
  };
  server.kill = async (signal = "SIGKILL") => {
    server.child.kill(signal);
    await server.exited;
  };
  server.stop = async () => {
    await server.kill("SIGTERM");
    rmSync(server.dir, { recursive: true, force: true });
  };
  await server.start();
  return server;
}

/** Waits until something answers. */
export async function ready(port) {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const status = await new Promise((resolve) => {
      const asked = request(
        { host: "127.0.0.1", port, path: "/readyz", rejectUnauthorized: false, agent: false },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      asked.on("error", () => resolve(0)).end();
    });
    if (status === 200) return;
    if (status === 0 || status === 503) await new Promise((resolve) => setTimeout(resolve, 20));
    else return; // the bare one knows no such path
  }
  throw new Error("not ready after 20 s");
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
