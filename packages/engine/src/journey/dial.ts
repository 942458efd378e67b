import { spiffeId } from "../kubernetes/identity.ts";
import { backendsOf } from "../kubernetes/service.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Certificate } from "../model/request.ts";
import type { RuleTls } from "./destination-rule.ts";
import type { AddressedService, Endpoint, Nowhere } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { meshAlpn } from "./mesh-alpn.ts";
import { automatic, type Link, type Transport, tlsRule, towardsSidecar } from "./transport.ts";

/** How a proxy connects to an endpoint that it chose. */
export interface Dial {
  readonly transport: Transport;
  readonly sni?: string;
  readonly alpn?: readonly string[];
  readonly certificate?: Certificate;
  readonly expects?: readonly string[]; // names, one of which the server's certificate must have; absent: any that its authority signed
}

/**
 * The transport that a sidecar or gateway picks for an endpoint of a cluster: by the DestinationRule, else auto mTLS.
 * `service` absent: the connection is led on as it came. Follows istio/istio:pilot/pkg/networking/core/cluster_tls.go (an:PA-85 to an:PA-92).
 */
export function dial(link: Link): Dial | Nowhere {
  const { service } = link.endpoint;
  if (link.client.plane === "waypoint") return fromWaypoint(link);
  if (service === undefined) return { transport: "plaintext" };
  const rule = tlsRule(link, service);
  if (rule !== undefined) noteRule(rule, link.inquiry);
  const { cluster: mode, credential = false, endpoint } = rule ?? {};
  if (mode === undefined) return byItself(link, service, automatic(link, endpoint));
  if (mode === "DISABLE" || (credential && link.client.plane === "sidecar"))
    return { transport: "plaintext" };
  if (rule === undefined || mode === "ISTIO_MUTUAL") return withMeshTls(link, service, rule);
  return withOwnTls(link, rule, mode);
}

/**
 * A waypoint tunnels to whoever takes HBONE, as itself, and sends plain text to others: it has no mutual TLS of sidecars. TLS that a
 * DestinationRule wants is put around what the application gets. `istio/istio:pilot/pkg/networking/core/cluster_waypoint.go`
 */
function fromWaypoint(link: Link): Dial | Nowhere {
  const { endpoint, inquiry } = link;
  const rule = endpoint.service && tlsRule(link, endpoint.service);
  if (rule !== undefined) noteRule(rule, inquiry);
  const transport = fromTunnel(link);
  const mode = rule?.cluster;
  if (rule === undefined || mode === undefined || !ownTls.has(mode))
    return { transport, ...(transport === "hbone" ? shown(link) : {}) };
  if (transport === "plaintext") return withOwnTls(link, rule, mode);
  const { namespace, name } = rule.key;
  const missing = `what the TLS of DestinationRule ${namespace}/${name} comes to inside of a tunnel is not evaluated`;
  return link.plane === "ambient"
    ? { transport, ...shown(link) } // ztunnel does not look into it
    : { subject: endpoint.subject, missing };
}

const ownTls: ReadonlySet<string> = new Set(["SIMPLE", "MUTUAL"]);

function fromTunnel(link: Link): "hbone" | "plaintext" {
  if (link.plane === "ambient") return "hbone";
  return link.plane === "sidecar" ? towardsSidecar(link) : "plaintext";
}

function noteRule({ key, cluster }: RuleTls, { derive }: Inquiry): void {
  const from = { resource: key, path: ["spec", "trafficPolicy"] };
  derive({ id: `destination-rule:${key.namespace}/${key.name}`, value: cluster ?? "no TLS", from });
}

function byItself(link: Link, service: AddressedService, transport: Transport): Dial {
  if (transport === "mtls") return withMeshTls(link, service, undefined);
  return { transport, ...(transport === "hbone" ? shown(link) : {}) };
}

/** The mesh's certificate; the server's must be of the accounts behind the Service. */
function withMeshTls(link: Link, service: AddressedService, rule: RuleTls | undefined): Dial {
  const { sni, subjectAltNames = accountsBehind(link, service) } = rule ?? {};
  return {
    transport: "mtls",
    sni: sni ?? serverName(service),
    alpn: meshAlpn(link),
    ...shown(link),
    ...(subjectAltNames === undefined ? {} : { expects: subjectAltNames }),
  };
}

/** What a ServiceEntry says may be wrong, and what is led on to where it went may come to a workload of another Service. */
function accountsBehind(
  { mesh, endpoint: { by } }: Link,
  { object, names }: AddressedService,
): readonly string[] | undefined {
  if (by !== "address" || object === undefined) return names;
  const accounts = backendsOf(mesh.inventory, object).map(({ key, serviceAccount }) =>
    spiffeId(mesh.config, key.namespace, serviceAccount || "default"),
  );
  return accounts.length === 0 ? undefined : [...new Set(accounts)];
}

function shown({ client }: Link): Pick<Dial, "certificate"> {
  return client.identity === undefined ? {} : { certificate: { uris: [client.identity] } };
}

function serverName({ host, port, subset = "" }: AddressedService): string {
  return `outbound_.${port}_.${subset}_.${host}`;
}

/** TLS of an application's kind: for HTTP, the server's certificate must name the Host if the rule names nothing. */
function withOwnTls(link: Link, rule: RuleTls, mode: string): Dial {
  const { sent } = link;
  const isHttp = sent.http !== undefined && sent.outbound !== "tcp";
  const host = isHttp ? (sent.http?.host ?? "").replace(/:\d+$/, "") : "";
  const sni = rule.sni ?? (host === "" ? undefined : host);
  const byHost = rule.sni === undefined && host !== "" ? [host] : undefined;
  const expects = rule.subjectAltNames ?? byHost;
  return {
    transport: mode === "MUTUAL" ? "mtls" : "tls",
    ...(sni === undefined ? {} : { sni }),
    alpn: [],
    ...(mode === "MUTUAL" ? ownCertificate(link, rule) : {}),
    ...(expects === undefined ? {} : { expects }),
  };
}

const ownOne = "the workload's own, of the mesh";

/** Whose certificate the files of a rule hold is not known. */
function ownCertificate({ client, inquiry }: Link, rule: RuleTls): Pick<Dial, "certificate"> {
  const { namespace, name } = rule.key;
  const from = rule.clientCertificate ?? `destination-rule ${namespace}/${name}`;
  const candidates = [ownOne, "of an authority that the mesh does not know"];
  const answer = inquiry.ask({ id: `client-certificate:${from}`, candidates });
  const uris = client.identity === undefined ? [] : [client.identity];
  return { certificate: answer === ownOne ? { uris } : { uris, untrusted: true } };
}

/** Why a client refuses the certificate of a server of the mesh. */
export function refusal(
  { config }: Mesh,
  { expects }: Dial,
  { workload }: Endpoint,
): string | undefined {
  if (expects === undefined) return undefined;
  const { namespace } = workload.key;
  const own = spiffeId(config, namespace, workload.serviceAccount || "default");
  return expects.includes(own)
    ? undefined
    : `the client expects a certificate for ${expects.join(" or ")}, and the server's is for ${own}`;
}
