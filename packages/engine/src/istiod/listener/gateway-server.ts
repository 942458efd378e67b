import { selects } from "../../kubernetes/service.ts";
import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Place } from "../../model/place.ts";
import type { Proxy } from "../../model/program.ts";
import { booleanOf, fieldsOf, listOf, numberOf, textMapOf, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { flagOf } from "../../release/flags.ts";
import { byAge } from "../attach-index.ts";

/** How a server treats what comes: as istiod reads its protocol, whatever the case. */
export type ServerProtocol = "http" | "https" | "tls" | "tcp";

export type TlsMode =
  | "PASSTHROUGH"
  | "SIMPLE"
  | "MUTUAL"
  | "AUTO_PASSTHROUGH"
  | "ISTIO_MUTUAL"
  | "OPTIONAL_MUTUAL";

/** One server of a Gateway. */
export interface Server {
  readonly at: Place;
  readonly gateway: string; // namespace/name
  readonly port: number; // of a Service
  readonly portName: string;
  readonly protocol: ServerProtocol;
  readonly spelled: string; // the protocol as it stands: servers of one port are told apart by it
  readonly bind: string;
  readonly hosts: readonly string[]; // namespace/host, or a host for routes of any namespace
  readonly tls?: TlsSettings;
  readonly targets?: readonly number[]; // of a Gateway API gateway: the ports that its Service leads to
}

export interface TlsSettings {
  readonly mode: TlsMode;
  readonly httpsRedirect: boolean;
  readonly subjectAltNames: readonly string[];
  readonly insecureSkipVerify: boolean;
  readonly isCredential: boolean; // a Secret holds certificate and authority; else files do
}

/**
 * The servers of the classic Gateways that select a proxy, the oldest Gateway first. One without a selector selects every gateway.
 * Follows istio/istio:pilot/pkg/model/push_context.go mergeGateways.
 */
export function classicServers(mesh: Mesh, proxy: Proxy): readonly Server[] {
  const scoped = flagOf(mesh, "PILOT_SCOPE_GATEWAY_TO_NAMESPACE") === true;
  return mesh.inventory.others
    .filter(isGateway)
    .filter(({ key }) => !scoped || key.namespace === proxy.namespace)
    .filter(({ body }) => selects(textMapOf(fieldsOf(body["spec"])["selector"]), proxy.labels))
    .toSorted(oldestFirst)
    .flatMap(serversOf);
}

function isGateway({ key, apiVersion }: Other): boolean {
  return key.kind === "Gateway" && apiVersion.startsWith("networking.istio.io/");
}

/** By age, as all objects that are merged. */
export function oldestFirst(a: Other, b: Other): number {
  return byAge({ ...a, spec: undefined }, { ...b, spec: undefined });
}

function serversOf({ key, body }: Other): readonly Server[] {
  const gateway = `${key.namespace}/${key.name}`;
  return listOf(fieldsOf(body["spec"])["servers"]).flatMap((item, index) => {
    const server = fieldsOf(item);
    const port = fieldsOf(server["port"]);
    const number = numberOf(port["number"]);
    if (number === undefined) return [];
    const tls = server["tls"] === undefined ? undefined : tlsOf(fieldsOf(server["tls"]));
    const spelled = textOf(port["protocol"]) ?? "";
    return [
      {
        at: { resource: key, path: ["spec", "servers", index] },
        gateway,
        port: number,
        portName: textOf(port["name"]) ?? "",
        protocol: protocolOf(spelled),
        spelled,
        bind: textOf(server["bind"]) ?? "",
        hosts: listOf(server["hosts"]).flatMap((host) => hostOf(textOf(host), key.namespace)),
        ...(tls ? { tls } : {}),
      },
    ];
  });
}

/** A dot stands for the Gateway's own namespace, a star for any. */
function hostOf(host: string | undefined, namespace: string): readonly string[] {
  if (host === undefined) return [];
  if (host.startsWith("./")) return [`${namespace}/${host.slice(2)}`];
  return [host.startsWith("*/") ? host.slice(2) : host];
}

const http: ReadonlySet<string> = new Set(["http", "http2", "http_proxy", "grpc", "grpc-web"]);

/** What is neither HTTP nor TLS is a stream of bytes. `istio/istio:pkg/config/protocol/instance.go` */
function protocolOf(text: string): ServerProtocol {
  const name = text.toLowerCase();
  if (http.has(name)) return "http";
  return name === "https" || name === "tls" ? name : "tcp";
}

const modes: readonly TlsMode[] = [
  ...(["PASSTHROUGH", "SIMPLE", "MUTUAL", "AUTO_PASSTHROUGH"] as const),
  ...(["ISTIO_MUTUAL", "OPTIONAL_MUTUAL"] as const),
];

/** TLS settings of a server, as they are written. */
export function tlsOf(tls: Fields): TlsSettings {
  const names = listOf(tls["subjectAltNames"]).filter((name) => typeof name === "string");
  return {
    mode: modes.find((mode) => mode === tls["mode"]) ?? "PASSTHROUGH",
    httpsRedirect: booleanOf(tls["httpsRedirect"]) ?? false,
    subjectAltNames: names,
    insecureSkipVerify: booleanOf(tls["insecureSkipVerify"]) ?? false,
    isCredential: Boolean(tls["credentialName"]) || listOf(tls["credentialNames"]).length > 0,
  };
}

/** TLS that the gateway does not end: it looks at the server name and hands the bytes on. */
export function passesThrough({ tls }: Server): boolean {
  return tls?.mode === "PASSTHROUGH" || tls?.mode === "AUTO_PASSTHROUGH";
}

/** HTTP in the clear, or HTTPS that ends here. `istio/istio:pkg/config/gateway/gateway.go` */
export function servesHttp(server: Server): boolean {
  return server.protocol === "http" || endsHttps(server);
}

export function endsHttps(server: Server): boolean {
  return server.protocol === "https" && server.tls !== undefined && !passesThrough(server);
}
