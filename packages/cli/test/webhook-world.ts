import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type RequestOptions, request, type Server } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Guard } from "@meshproof/engine/admission";
import { afterEach } from "vitest";
import { followCredentials, readCredentials } from "../src/webhook/certificates.ts";
import { gateFor } from "../src/webhook/gate.ts";
import { close, listen, portOf } from "../src/webhook/https-server.ts";
import type { Entry } from "../src/webhook/log.ts";
import { selfSigned } from "../src/webhook/manifests/x509.ts";
import { metricsOf } from "../src/webhook/metrics.ts";
import { type Reviewer, startReviewer } from "../src/webhook/reviewer.ts";
import type { ServerSettings } from "../src/webhook/settings.ts";

/** What a test leaves behind. */
export const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

export interface Running {
  readonly server: Server;
  readonly port: number;
  readonly dir: string;
  readonly entries: Entry[];
  readonly drain: () => void;
}

/** A server in this process, with one guard. */
export async function serve(
  guard: Guard,
  more: Partial<ServerSettings> = {},
  own?: Reviewer,
): Promise<Running> {
  const dir = mkdtempSync(join(tmpdir(), "webhook-"));
  stops.push(() => rmSync(dir, { recursive: true }));
  writeCertificate(dir);
  const settings: ServerSettings = {
    ...{ host: "127.0.0.1", port: 0, cert: join(dir, "tls.crt"), key: join(dir, "tls.key") },
    ...{ reload: 20, timeout: 5000, drain: 0, onTimeout: "deny", onFault: "deny" },
    ...{ mostReviews: 4, mostWaiting: 2, mostBytes: 100_000, logFrom: "info" },
    ...more,
  };
  const entries: Entry[] = [];
  const log = (entry: Entry): void => void entries.push(entry);
  const guards = [{ name: "guard", action: "deny", guard } as const];
  const inline = startReviewer(
    { mesh: { kind: "none" }, world: { features: {}, keys: {} }, settle: 0 },
    { guards, log, now: Date.now },
  );
  const reviewer = own ?? inline;
  const gate = gateFor(settings.mostReviews, settings.mostWaiting);
  const metrics = metricsOf(gate, reviewer.readiness);
  let draining = false;
  const world = { settings, reviewer, gate, metrics, log, clock: () => performance.now() };
  const credentials = await readCredentials(settings);
  const server = await listen(credentials, { ...world, draining: () => draining });
  stops.push(() => close(server, 0));
  stops.push(followCredentials(server, credentials, world));
  const drain = (): void => {
    draining = true;
  };
  return { server, port: portOf(server), dir, entries, drain };
}

/** A new certificate in a folder; the authority of it. */
export function writeCertificate(dir: string): string {
  const made = selfSigned(["127.0.0.1", "localhost"], { now: Date.now(), days: 2 });
  writeFileSync(join(dir, "tls.crt"), made.certificate);
  writeFileSync(join(dir, "tls.key"), made.key);
  return made.authority;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Sends a request, on a connection of its own. */
export function send(
  { port }: Running,
  path: string,
  body?: string,
  more: RequestOptions = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const options = {
      host: "127.0.0.1",
      port,
      path,
      method,
      rejectUnauthorized: false,
      agent: false,
    };
    const asked = request({ ...options, ...more }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }),
      );
      answer.on("error", reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const object = {
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { namespace: "shop", name: "p" },
  spec: { rules: [{ when: [{ key: "nonsense", values: ["secret-value"] }] }] },
};
const kind = { group: "security.istio.io", version: "v1", kind: "AuthorizationPolicy" };
export const asking = JSON.stringify({
  apiVersion: "admission.k8s.io/v1",
  kind: "AdmissionReview",
  request: {
    uid: "u-1",
    operation: "CREATE",
    kind,
    namespace: "shop",
    name: "p",
    object,
    userInfo: { username: "jane" },
  },
});
export const nothing: Guard = () => [];
export const slow: Guard = () => new Promise(() => undefined);
