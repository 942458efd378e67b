import { httpAlpn } from "../../journey/mesh-alpn.ts";
import { gatewayNameLabel } from "../../kubernetes/gateway-class.ts";
import { bracketed } from "../../match/address.ts";
import { textOfBytes } from "../../match/bytes.ts";
import type { AccessRequest } from "../../model/access-request.ts";
import type { JwtProvider } from "../../model/program.ts";
import type { Connection, HttpRequest } from "../../model/request.ts";
import type { Point, Protocol } from "../api.ts";
import { isCertified } from "../space/arrivals.ts";
import type { Lane, Transport } from "../space/lanes.ts";
import { takesName } from "../space/server-names.ts";
import { asksStrangers } from "../space/strangers.ts";
import { callerOf, certificateOf } from "./certificate.ts";
import { claimsOf } from "./claims.ts";
import { httpOf, type Message, messageOf, writtenMessage } from "./message.ts";
import { providerAnswers } from "./provider-answers.ts";
import { tokenOf } from "./unsigned-token.ts";
import { type Concrete, firstOf as first } from "./values.ts";

/** A request at one point: in the vocabulary, and as it reaches the proxy. */
export interface Sample {
  readonly request: AccessRequest;
  readonly connection: Connection;
  readonly http?: HttpRequest;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly tunnelled?: true; // into a sidecar
}

/** What a sample is made for. */
export interface Occasion {
  readonly point: Point;
  readonly protocol: Protocol;
  readonly providers: readonly JwtProvider[]; // that may accept its token
  readonly ports: readonly number[]; // believable ones
  readonly lanes: readonly Lane[];
}

/** A request that has these values, and ordinary ones where nobody looks. */
export function sampleOf(found: Concrete, occasion: Occasion): Sample {
  const lane = laneOf(found, occasion);
  const parts = { found, ...occasion, ...(lane ? { lane } : {}) };
  const transport = transportOf(parts);
  const claims = claimsOf(found);
  const token = claims && tokenOf(claims, occasion.providers, found.values);
  const sourceIp = first(found, "source.ip") ?? "10.0.0.1";
  const answers = providerAnswers(found, occasion.providers);
  const port = portOf(parts);
  const peer = first(found, "peer");
  const message =
    occasion.protocol === "http" ? messageOf(found, parts, sourceIp, token) : undefined;
  const connection = connectionOf(parts, { transport, port, sourceIp }, message?.version);
  const whole = message && isToldBytes(occasion, connection) ? { connection } : {};
  const caller = { ...callerOf(peer, connection, lane), ...whole };
  const request: AccessRequest = {
    ...caller,
    to: targetOf(parts, port),
    ...(occasion.point.proxy.kind === "waypoint" ? {} : { transport }), // a caller in ambient mode is led there
    ...(caller.connection ? {} : addressesOf(parts, sourceIp, transport)),
    ...(message ? { http: writtenMessage(message) } : { http: "none" as const }),
    ...(token ? { token } : {}),
    ...(Object.keys(answers).length > 0 ? { providers: answers } : {}),
  };
  return {
    request,
    connection,
    ...(message ? { http: httpOf(message, token) } : {}),
    ...(claims ? { claims } : {}),
    ...(isTunnelled(found) ? { tunnelled: true } : {}),
  };
}

/** HTTP that clients of the mesh send as bytes, as the Service has it, and the proxy would read: the Sidecar of its workload names other ports. */
function isToldBytes(
  { point: { proxy }, lanes }: Occasion,
  { transport, destinationPort }: Connection,
): boolean {
  if (transport !== "mtls" || proxy.kind !== "sidecar") return false;
  if (!proxy.ports.some((each) => each.port === destinationPort && each.protocol === "tcp"))
    return false;
  const own = lanes.filter((lane) => lane.transport === transport);
  const lane =
    own.find(({ port }) => port === destinationPort) ?? own.find(({ port }) => port === "other");
  return lane?.chain?.kind === "http";
}

/** What a connection that is not stated as a whole has besides. */
function addressesOf(
  parts: Parts,
  sourceIp: string,
  transport: Transport,
): Pick<AccessRequest, "source" | "sni"> {
  const sni = transport === "plaintext" ? undefined : first(parts.found, "sni");
  const isGuessed = parts.point.proxy.kind === "gateway"; // from the host, where it is not stated
  return {
    source: { ip: sourceIp, ...proxiedBy(parts) },
    ...(sni || (sni === "" && isGuessed) ? { sni: textOfBytes(sni) } : {}),
  };
}

function isTunnelled(found: Concrete): boolean {
  return first(found, "transport") === "hbone";
}

type Parts = Occasion & { readonly found: Concrete; readonly lane?: Lane };

/** The lane of a gateway or waypoint that the values lead to. */
function laneOf(found: Concrete, { lanes }: Occasion): Lane | undefined {
  const door = first(found, "door");
  const certified = first(found, "peer") !== undefined;
  const open = lanes.filter((lane) => lane.door !== undefined);
  const wanted = door === undefined ? open : open.filter((lane) => lane.door === door);
  return wanted.find(({ transport }) => isCertified(transport) === certified) ?? wanted[0];
}

function portOf({ found, lane, ports }: Parts): number {
  if (typeof lane?.port === "number") return lane.port;
  return Number(first(found, "destination.port") ?? ports[0] ?? 8080);
}

function transportOf(parts: Parts): Transport {
  const { found, point, lane } = parts;
  if (!lane && first(found, "peer") !== undefined)
    return point.proxy.kind === "ztunnel" || isTunnelled(found) ? "hbone" : "mtls";
  const open = lane ? [lane] : bareLanes(parts);
  const [way] = open;
  if (way?.transport !== "plaintext") return way?.transport ?? "plaintext";
  const name = first(found, "sni") ?? "";
  return open.every((each) => takesName(each, parts.protocol, name)) ? "tls" : "plaintext";
}

/** Where somebody without an identity comes to a sidecar: with a server name by another lane, if rules see it there. */
function bareLanes(parts: Parts): readonly Lane[] {
  const { found, lanes } = parts;
  const bare = lanes.filter(({ door, transport }) => !door && !isCertified(transport));
  const at = (wanted: Lane["port"]): readonly Lane[] => bare.filter(({ port }) => port === wanted);
  const own = at(portOf(parts));
  const open = own.length > 0 ? own : at("other");
  const isNamed = (first(found, "sni") ?? "") !== "";
  const told = open.filter(({ named }) => named === isNamed);
  return told.length > 0 ? told : open;
}

function targetOf({ point, lane, protocol, found }: Parts, port: number): AccessRequest["to"] {
  const { name, proxy, made } = point;
  if (proxy.kind === "gateway")
    return `gateway/${proxy.namespace}/${proxy.labels[gatewayNameLabel] ?? proxy.name}:${port}`;
  const service = proxy.kind === "waypoint" ? lane?.chain?.match.service : undefined;
  const address = first(found, "destination.ip");
  if (service && address && lane?.addresses?.slice(1).includes(address))
    return `http://${bracketed(address)}:${port}`; // its name is looked up as the first one
  if (service) return `svc/${service.split(".").slice(0, 2).reverse().join("/")}:${port}`;
  if (!made) return `${name}:${port}`;
  const { namespace, labels } = proxy;
  const bytes = protocol === "tcp" ? { protocol } : {}; // nobody declares what the port is for
  return { namespace, ...(Object.keys(labels).length > 0 ? { labels } : {}), port, ...bytes };
}

function connectionOf(
  { found, protocol, lane }: Parts,
  { transport, port, sourceIp }: { transport: Transport; port: number; sourceIp: string },
  version: Message["version"] = "1.1",
): Connection {
  const peer = first(found, "peer");
  const { addresses, service } = lane?.chain?.match ?? {};
  const destinationIp = first(found, "destination.ip") ?? addresses?.[0];
  const isShown = isCertified(transport) && (peer !== undefined || asksStrangers(lane?.chain?.tls));
  const shown = isShown ? certificateOf(peer) : undefined;
  const alpn = protocol === "http" ? httpAlpn[version] : ["istio-peer-exchange", "istio"];
  return {
    transport,
    sourceIp,
    destinationPort: port,
    ...(destinationIp === undefined ? {} : { destinationIp }),
    ...(service === undefined ? {} : { service }),
    ...(transport === "mtls" && !lane ? { alpn } : {}),
    ...(transport === "mtls" || transport === "tls" ? { sni: serverNameOf(found, lane) } : {}),
    ...(shown === undefined ? {} : { certificate: shown }),
    ...proxiedBy({ found, lane }),
  };
}

/** A load balancer that speaks the PROXY protocol states the client's address. */
function proxiedBy({ found, lane }: Pick<Parts, "found"> & { readonly lane?: Lane | undefined }): {
  readonly proxyProtocol?: string;
} {
  const remote = first(found, "remote.ip");
  return lane?.proxied && remote !== undefined ? { proxyProtocol: remote } : {};
}

function serverNameOf(found: Concrete, lane: Lane | undefined): string {
  const [name = "outbound"] = lane?.chain?.match.serverNames ?? [];
  return first(found, "sni") ?? name.replace("*", "x");
}
