import type { DataPlane } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Connection, HttpRequest } from "../model/request.ts";
import type { Client } from "./client.ts";
import type { Endpoint, Nowhere } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Sent } from "./message.ts";
import type { Understood } from "./request.ts";
import type { Transport } from "./transport.ts";

/** What one connection is made of. */
export interface Ends {
  readonly mesh: Mesh;
  readonly client: Client;
  readonly endpoint: Endpoint;
  readonly plane: DataPlane; // of the endpoint
  readonly sent: Sent;
  readonly inquiry: Inquiry;
  readonly understood: Understood;
  readonly transport: Transport;
}

/** The connection as the workload's proxy accepts it. A certificate that is not known is left out: a sidecar asks whose it is. */
export function connect(ends: Ends): Connection | Nowhere {
  const { client, endpoint, plane, transport, understood } = ends;
  const certified = transport === "mtls" || transport === "hbone";
  if (certified && client.identity === undefined && plane === "ambient")
    return { subject: "from", missing: "the caller's certificate is not known" };
  const { proxyProtocol } = understood.stated.source ?? {};
  const sourceIp = sourceOf(ends);
  const [address, ...more] = endpoint.workload.addresses;
  const alpn = transport === "mtls" ? meshAlpn(ends) : undefined;
  const sni = understood.stated.sni ?? (transport === "mtls" ? meshSni(endpoint) : undefined);
  return {
    transport,
    ...(sourceIp === undefined ? {} : { sourceIp }),
    ...(address === undefined || more.length > 0 ? {} : { destinationIp: address }),
    destinationPort: endpoint.port,
    ...(alpn === undefined ? {} : { alpn }),
    ...(sni === undefined ? {} : { sni }),
    ...(certified && client.identity ? { certificate: { uris: [client.identity] } } : {}),
    ...(proxyProtocol === undefined ? {} : { proxyProtocol }),
  };
}

function sourceOf({ understood, client, inquiry }: Ends): string | undefined {
  const stated = understood.stated.source?.ip;
  if (stated !== undefined) return stated;
  if (client.address !== undefined) inquiry.derive({ id: "source.ip", value: client.address });
  return client.address;
}

const bytesAlpn: readonly string[] = ["istio-peer-exchange", "istio"];

const httpAlpn: Readonly<Record<HttpRequest["version"], readonly string[]>> = {
  "1.0": ["istio-http/1.0", "istio", "http/1.0"],
  "1.1": ["istio-http/1.1", "istio", "http/1.1"],
  "2": ["istio-h2", "istio", "h2"],
};

/** What an Istio client offers under mesh TLS: the ALPN filter tells HTTP from bytes (an:PA-37, an:PA-39, an:PA-40). */
function meshAlpn({ mesh, sent }: Ends): readonly string[] {
  const { features } = mesh;
  const filtered = features["PILOT_ENABLE_ALPN_FILTER"] !== "false";
  if (sent.http !== undefined && sent.outbound !== "tcp" && filtered)
    return httpAlpn[sent.http.version];
  const plain =
    features["PILOT_DISABLE_MX_ALPN"] === "true" ||
    features["PILOT_ENABLE_METADATA_EXCHANGE"] === "false";
  return plain ? ["istio"] : bytesAlpn;
}

function meshSni({ service }: Endpoint): string | undefined {
  return service && `outbound_.${service.port}_._.${service.host}`;
}
