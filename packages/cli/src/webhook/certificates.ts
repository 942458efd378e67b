import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
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
  const [own] = certificatesIn(cert, read.cert);
  if (own?.checkPrivateKey(keyIn(key, read.key)) !== true)
    throw new Error(`\`${key}\` is not the key of \`${cert}\``);
  if (clientCa !== undefined) certificatesIn(clientCa, read.ca ?? "");
  createSecureContext(read);
  return read;
}

const block = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]*-----END [A-Z0-9 ]+-----/g;

/**
 * The certificates of a file. Throws where there is none, or one that cannot be read: Node itself takes an empty file of authorities for none
 * stated, and then knows everybody whom some public authority knows.
 */
function certificatesIn(file: string, text: string): readonly X509Certificate[] {
  const blocks = text.match(block) ?? [];
  if (blocks.length === 0) throw new Error(`\`${file}\` holds no certificate`);
  return blocks.map((each) => readable(file, () => new X509Certificate(each)));
}

function keyIn(file: string, text: string): KeyObject {
  return readable(file, () => createPrivateKey(text));
}

function readable<Value>(file: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new Error(`\`${file}\` cannot be read: ${reasonOf(error)}`);
  }
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
