import type { DataPlane } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Connection } from "../model/request.ts";
import { present } from "../parse/decode.ts";
import type { Client } from "./client.ts";
import type { Endpoint, Nowhere } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { meshAlpn } from "./mesh-alpn.ts";
import type { Sent } from "./message.ts";
import { openedTls } from "./opened-tls.ts";
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
  return {
    transport,
    ...(sourceIp === undefined ? {} : { sourceIp }),
    ...(address === undefined || more.length > 0 ? {} : { destinationIp: address }),
    destinationPort: endpoint.port,
    ...tlsOf(ends),
    ...(certified && client.identity ? { certificate: { uris: [client.identity] } } : {}),
    ...(proxyProtocol === undefined ? {} : { proxyProtocol }),
  };
}

/** The application's own TLS, or that of the mesh, which may carry it. */
function tlsOf(ends: Ends): Pick<Connection, "alpn" | "sni" | "carries"> {
  const { transport, understood } = ends;
  const own = openedTls(understood);
  const { sni = own?.sni } = understood.stated;
  if (transport === "tls") return present({ alpn: own?.alpn, sni });
  if (own !== undefined && transport !== "plaintext")
    return present({ ...ofMesh(ends, undefined), carries: own });
  return ofMesh(ends, understood.stated.sni);
}

function ofMesh(ends: Ends, stated: string | undefined): Pick<Connection, "alpn" | "sni"> {
  if (ends.transport !== "mtls") return present({ sni: stated });
  return present({ alpn: meshAlpn(ends), sni: stated ?? meshSni(ends.endpoint) });
}

function sourceOf({ understood, client, inquiry }: Ends): string | undefined {
  const stated = understood.stated.source?.ip;
  if (stated !== undefined) return stated;
  if (client.address !== undefined) inquiry.derive({ id: "source.ip", value: client.address });
  return client.address;
}

function meshSni({ service }: Endpoint): string | undefined {
  return service && `outbound_.${service.port}_._.${service.host}`;
}
