import { isHeadless } from "../kubernetes/service.ts";
import { takesHbone } from "../kubernetes/tunnel.ts";
import type { DataPlane } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Connection } from "../model/request.ts";
import type { Client } from "./client.ts";
import { isRegistryOnly } from "./client-scope.ts";
import { mayConcern, type RuleTls, ruleTls } from "./destination-rule.ts";
import { type AddressedService, type Endpoint, type Nowhere, namespaceOf } from "./endpoint.ts";
import { endpointOff, headlessOff, isLedOn } from "./endpoint-tls.ts";
import { hostKind } from "./host.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Sent } from "./message.ts";
import { namespaceTakesTls } from "./programs.ts";
import { ruleClient } from "./rule-client.ts";

/** How the client's side carries a request to an endpoint. */
export type Transport = Connection["transport"];

/** REGISTRY_ONLY: the client's own sidecar lets nothing out to what it does not know (ctx:4.2, step 3). */
export interface Blocked {
  readonly blocked: string;
}

/** Everything that decides the transport. */
export interface Link {
  readonly mesh: Mesh;
  readonly client: Client;
  readonly endpoint: Endpoint;
  readonly plane: DataPlane; // of the endpoint
  readonly sent: Sent;
  readonly inquiry: Inquiry;
}

/** The transport that the client's data plane picks. Who has none sends what the application sends, in plain text. */
export function pickTransport(link: Link): Transport | Nowhere | Blocked {
  const { client, endpoint } = link;
  switch (client.plane) {
    case "none":
      return "plaintext";
    case "ambient":
      return fromAmbient(link);
    case "sidecar":
    case "gateway":
      return fromEnvoy(link);
    case "waypoint":
    case "proxyless":
      return {
        subject: endpoint.subject,
        missing: `${client.plane} clients are not evaluated yet`,
      };
  }
}

/** ztunnel goes by the destination: HBONE to who understands it (ctx:4.2, step 6). */
function fromAmbient(link: Link): Transport {
  const { plane, endpoint, inquiry } = link;
  if (plane === "ambient") return derive("hbone", "both are in ambient mode", endpoint, inquiry);
  return plane === "sidecar" ? towardsSidecar(link) : "plaintext";
}

/** Ztunnel and waypoints know no mutual TLS of sidecars: it is HBONE, if the sidecar takes it, or nothing. */
export function towardsSidecar({ mesh, endpoint, inquiry }: Link): "hbone" | "plaintext" {
  const takes = takesHbone(mesh, endpoint.workload);
  const id = `transport:${endpoint.subject}`;
  if (takes === undefined)
    return inquiry.ask({ id, candidates: ["plaintext", "hbone"] }) === "hbone"
      ? "hbone"
      : "plaintext";
  const value = takes
    ? "hbone (the sidecar takes HBONE)"
    : "plaintext (the sidecar takes no HBONE)";
  inquiry.derive({ id, value });
  return takes ? "hbone" : "plaintext";
}

function fromEnvoy(link: Link): Transport | Nowhere | Blocked {
  const { mesh, client, endpoint, plane, inquiry } = link;
  if (endpoint.service !== undefined) return toService(link, endpoint.service);
  if (endpoint.by === "address" && client.plane === "sidecar")
    return isRegistryOnly(mesh, client)
      ? { blocked: "a pod's address" }
      : derive("plaintext", "the client's sidecar knows no such pod address", endpoint, inquiry);
  if (plane === "none") return "plaintext";
  const picked = automatic(link, undefined);
  return picked !== "plaintext" && mayConcern(mesh, endpoint.workload.key.namespace)
    ? byUnknownService(picked, endpoint, inquiry)
    : picked;
}

/** A workload named without its Service: which DestinationRule counts is not known. */
function byUnknownService(picked: Transport, { subject }: Endpoint, { ask }: Inquiry): Transport {
  const answer = ask({ id: `destination-rule:${subject}`, candidates: [picked, "plaintext"] });
  return answer === picked ? picked : "plaintext";
}

function toService(
  link: Link,
  service: NonNullable<Endpoint["service"]>,
): Transport | Nowhere | Blocked {
  const byHost = goesElsewhere(link, service);
  if (byHost !== undefined) return byHost;
  const rule = tlsRule(link, service);
  return rule === undefined ? automatic(link, undefined) : byRule(link, rule);
}

/** The TLS settings that a DestinationRule gives the client for a Service. */
export function tlsRule(
  { mesh, client, inquiry }: Pick<Link, "mesh" | "client" | "inquiry">,
  service: AddressedService,
): RuleTls | undefined {
  const { host, port, subset } = service;
  const addressed = { host, namespace: namespaceOf(service), port };
  return ruleTls(mesh, ruleClient(client, inquiry), {
    ...addressed,
    ...(subset === undefined ? {} : { subset }),
  });
}

/** What a DestinationRule's mode means for the wire (an:PA-85, an:PA-86). */
function byRule(
  link: Link,
  { key, cluster, endpoint, credential }: RuleTls,
): Transport | Nowhere | Blocked {
  const { client, inquiry } = link;
  const { subject } = link.endpoint;
  const from = { resource: key, path: ["spec", "trafficPolicy"] };
  const name = `${key.namespace}/${key.name}`;
  inquiry.derive({ id: `destination-rule:${name}`, value: cluster ?? "no TLS", from });
  if (cluster === undefined) return automatic(link, endpoint);
  if (cluster === "DISABLE") return "plaintext";
  if (cluster === "ISTIO_MUTUAL") return "mtls";
  if (credential && client.plane === "sidecar") return "plaintext";
  if (cluster === "SIMPLE") return "tls";
  const missing = `DestinationRule ${name} gives the client a certificate of its own, which is not known`;
  return { subject, missing };
}

/** Where a sidecar sends a request whose Host is not the Service's: it routes by Host, not by address (ctx:4.2, step 3). */
function goesElsewhere(
  { mesh, client, endpoint, sent, inquiry }: Link,
  service: NonNullable<Endpoint["service"]>,
): Transport | Nowhere | Blocked | undefined {
  const headless = service.object !== undefined && isHeadless(service.object);
  if (client.plane === "sidecar" && headless && sent.http && sent.outbound === "auto")
    return { subject: endpoint.subject, missing: unsure };
  if (client.plane !== "sidecar" || sent.http === undefined || sent.outbound !== "http")
    return undefined; // a sniffed port has routes of its own, for any Host
  const { subject } = endpoint;
  const named = hostKind(mesh, client, service, sent.http.host ?? undefined);
  if (named.kind === "own" || named.kind === "unknown") return undefined;
  const { host } = named;
  if (named.kind === "other")
    return { subject, missing: `the client's sidecar sends Host \`${host}\` to another Service` };
  if (isRegistryOnly(mesh, client)) return { blocked: `Host \`${host}\`` };
  if (!client.assumed)
    return derive("plaintext", `the client's sidecar knows no Host ${host}`, endpoint, inquiry);
  const candidates = ["mtls", "plaintext"]; // a gateway would know Hosts of its own
  const answer = inquiry.ask({ id: `transport:${subject}`, candidates });
  return answer === "mtls" ? "mtls" : "plaintext";
}

/** Recorded sidecars answer 404 in some meshes and forward in others. */
const unsure =
  "HTTP to a sniffed port of a headless Service, through a sidecar, is not evaluated yet";

/** Auto mTLS: the namespace's mode at the cluster, then the endpoint's own (an:PA-87 to an:PA-90). */
export function automatic(link: Link, endpointMode: string | undefined): Transport {
  const { endpoint, plane, inquiry } = link;
  const off = clusterOff(link);
  if (off !== undefined) return derive("plaintext", off, endpoint, inquiry);
  if (plane === "ambient") return assumed("hbone", endpoint, inquiry);
  const understands = endpoint.marked ?? (plane === "sidecar" || plane === "proxyless");
  if (!understands && !isLedOn(link)) return "plaintext"; // nobody asks what an address understands
  const why = namespaceOff(link) ?? endpointOff(link, endpointMode) ?? headlessOff(link);
  return why === undefined
    ? assumed("mtls", endpoint, inquiry)
    : derive("plaintext", why, endpoint, inquiry);
}

function clusterOff({ mesh, endpoint: { service } }: Link): string | undefined {
  if (mesh.config.enableAutoMtls === false) return "enableAutoMtls is off";
  return service?.external ? `${service.host} is outside the mesh` : undefined;
}

function namespaceOff({ mesh, endpoint: { service } }: Link): string | undefined {
  const namespace = service && namespaceOf(service);
  return namespace === undefined || namespaceTakesTls(mesh, namespace)
    ? undefined
    : `the mode of namespace ${namespace} is DISABLE`;
}

export function derive(
  transport: Transport,
  because: string,
  { subject }: Endpoint,
  inquiry: Inquiry,
): Transport {
  inquiry.derive({ id: `transport:${subject}`, value: `${transport} (${because})` });
  return transport;
}

function assumed(transport: "mtls" | "hbone", { subject }: Endpoint, inquiry: Inquiry): Transport {
  const answer = inquiry.assume("transport", subject, [transport, "plaintext"]);
  return answer === transport ? transport : "plaintext";
}
