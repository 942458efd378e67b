import {
  type AccessRequest,
  type EvaluateOptions,
  type Mesh,
  type Way,
  waysOf,
} from "@meshproof/engine";
import { connectionOf, httpRequestOf } from "../scenario-request.ts";
import type { KubernetesObject, ScenarioConnection } from "../vector.ts";
import type { JourneyRequest } from "./vector.ts";

/** When the vectors were made. */
const now = Date.UTC(2026, 10, 25);

/** Every way that the engine knows for a request of a scenario: each endpoint and each destination with a weight. */
export function askWays(
  mesh: Mesh,
  objects: readonly KubernetesObject[],
  request: JourneyRequest,
): Promise<readonly Way[]> {
  const options: EvaluateOptions = { now, facts: certificates(objects) };
  return waysOf(mesh, accessRequest(request), options);
}

/** The request in our vocabulary: bytes as they were sent, to the address that the client's DNS gave. */
export function accessRequest({ connection, http }: JourneyRequest): AccessRequest {
  const { client, proxy, destinationIp, destinationPort } = connection;
  const raw = http && httpRequestOf(http);
  const sent = raw === undefined ? { http: "none" } : { raw };
  if (client === undefined && proxy !== undefined)
    return {
      from: `external/${connection.sourceIp}`,
      to: `gateway/${proxy}:${destinationPort}`,
      connection: connectionOf(shown(connection)),
      ...sent,
    };
  const { transport, sni } = connection;
  const opens = transport === "tls"; // the application itself does
  return {
    from: client === undefined ? `external/${connection.sourceIp}` : `pod/${client}`,
    to: `${opens ? "https://" : "host/"}${destinationIp}:${destinationPort}`,
    ...(opens && sni !== undefined ? { sni } : {}),
    ...sent,
  };
}

/** This oracle says `tls` of a client with a certificate, too. */
function shown(connection: JourneyRequest["connection"]): ScenarioConnection {
  const { certificate } = connection;
  if (certificate === undefined) return connection;
  const { untrusted } = certificate;
  return { ...connection, transport: "mtls", ...(untrusted ? { untrusted } : {}) };
}

/** The files of a client certificate: those below a folder `mesh` hold the workload's own. */
function certificates(objects: readonly KubernetesObject[]): Readonly<Record<string, string>> {
  const files = JSON.stringify(objects).match(/(?<="clientCertificate":")[^"]+/g) ?? [];
  return Object.fromEntries(
    files.map((file) => [
      `client-certificate:${file}`,
      file.includes("mesh")
        ? "the workload's own, of the mesh"
        : "of an authority that the mesh does not know",
    ]),
  );
}
