import { readFile } from "node:fs/promises";
import type { Server } from "node:https";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import { type Log, reasonOf } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { ServerSettings } from "./settings.ts";

/** What a server shows of itself, and whose clients it knows. */
export type Credentials = Pick<SecureContextOptions, "cert" | "key" | "ca" | "minVersion">;

/** Reads them. Rejects where they are missing or do not belong together. */
export async function readCredentials({
  cert,
  key,
  clientCa,
}: Pick<ServerSettings, "cert" | "key" | "clientCa">): Promise<Credentials> {
  const read = {
    cert: await readFile(cert, "utf8"),
    key: await readFile(key, "utf8"),
    minVersion: "TLSv1.2" as const,
    ...(clientCa === undefined ? {} : { ca: await readFile(clientCa, "utf8") }),
  };
  createSecureContext(read);
  return read;
}

/** Shows new certificates as soon as they are there. Those that cannot be used are told, and the old ones stay. Returns how to stop. */
export function followCredentials(
  server: Server,
  known: Credentials,
  {
    settings,
    log,
    metrics,
  }: { readonly settings: ServerSettings; readonly log: Log; readonly metrics: Metrics },
): () => void {
  let last = JSON.stringify(known);
  let told = "";
  const look = async (): Promise<void> => {
    const read = await readCredentials(settings);
    const text = JSON.stringify(read);
    told = "";
    if (text === last) return;
    server.setSecureContext(read);
    last = text;
    metrics.reloaded("ok");
    log({ level: "info", message: "read the certificate again" });
  };
  const fail = (error: unknown): void => {
    const because = reasonOf(error);
    if (because === told) return;
    told = because;
    metrics.reloaded("failed");
    log({ level: "error", message: "the new certificate cannot be used", because });
  };
  const timer = setInterval(() => void look().catch(fail), settings.reload);
  return () => clearInterval(timer);
}
