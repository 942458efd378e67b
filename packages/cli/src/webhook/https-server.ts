import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { type AppWorld, appOf } from "./app.ts";
import type { Credentials } from "./certificates.ts";

const handshake = 5000;
const head = 5000;
const whole = 10_000; // a body that comes slower than this is given up
const idle = 120_000; // longer than an API server keeps a connection
const mostConnections = 2048;
const headBytes = 16 * 1024;

/** A server that listens. Rejects where the address is taken. */
export function listen(credentials: Credentials, world: AppWorld): Promise<Server> {
  const { host, port, clientCa } = world.settings;
  const server = createServer(
    {
      ...credentials,
      requestCert: clientCa !== undefined,
      rejectUnauthorized: false, // probes show no certificate; what they may see is decided by path
      handshakeTimeout: handshake,
      headersTimeout: head,
      requestTimeout: whole,
      keepAliveTimeout: idle,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: headBytes,
    },
    appOf(world),
  );
  server.maxConnections = mostConnections;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}

/** The port that a server got. */
export function portOf(server: Server): number {
  const address = server.address() as AddressInfo | null;
  return address?.port ?? 0;
}

/** Takes no new connection and ends those that are idle; resolves when the others are done, or after a while. */
export function close(server: Server, within: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), within);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
