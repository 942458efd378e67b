import { isManaged } from "../../kubernetes/deployed-gateway.ts";
import { isSelected, namespaceLabels } from "../../kubernetes/discovery.ts";
import {
  controllerOf,
  gatewayApi,
  gatewayClassOf,
  gatewayNameLabel,
  isApiGateway,
} from "../../kubernetes/gateway-class.ts";
import { serviceHost } from "../../kubernetes/service.ts";
import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Proxy } from "../../model/program.ts";
import { fieldsOf, listOf, numberOf, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { behaves } from "../../release.ts";
import { readKinds } from "../route/api-kinds.ts";
import { fullHost } from "../route/short-names.ts";
import { oldestFirst, type Server, type TlsMode, type TlsSettings } from "./gateway-server.ts";
import { withoutConflicts } from "./listener-conflicts.ts";

/** A listener of a Gateway of the Gateway API, as the server that istiod makes of it. */
export interface ApiListener {
  readonly server: Server;
  readonly parent: { readonly namespace: string; readonly name: string };
  readonly managed: boolean; // istiod deploys the gateway
  readonly section: string;
  readonly hostname: string; // "" for any
  readonly protocol: string;
  readonly kinds: readonly string[]; // of routes that may attach
}

/**
 * The listeners of the Gateway API's Gateways that a proxy is the gateway of: istiod deployed it for one, or an address of the
 * Gateway is a Service that leads to it. Follows istio/istio:pilot/pkg/config/kube/gateway/gateway_collection.go.
 */
export function apiListeners(mesh: Mesh, proxy: Proxy): readonly ApiListener[] {
  return mesh.inventory.others
    .filter(isApiGateway)
    .filter((gateway) => isOfIstio(gateway, mesh))
    .toSorted(oldestFirst)
    .flatMap((gateway) => listenersOf(gateway, mesh, proxy));
}

/** A class that was not loaded is taken for one of Istio's ordinary ones. */
function isOfIstio(gateway: Other, { inventory }: Mesh): boolean {
  const controller = controllerOf(inventory, gateway);
  return controller === undefined || controller === "gateway";
}

/** The hosts of the Services that a Gateway is reached by. `managed`: istiod deploys one, which need not be among the loaded objects. */
interface Reached {
  readonly hosts: readonly string[];
  readonly managed: boolean;
}

/** How a Gateway is reached. Follows istio/istio:pilot/pkg/config/kube/gateway/conversion.go extractGatewayServices. */
export function reachedBy(gateway: Other, mesh: Mesh): Reached {
  const { key, annotations, body } = gateway;
  const spec = fieldsOf(body["spec"]);
  const addresses = listOf(spec["addresses"]).map(fieldsOf);
  const isHostname = ({ type }: Fields): boolean => type === "Hostname";
  const own = annotations["gateway.istio.io/name-override"];
  const name = own || `${key.name}-${gatewayClassOf(gateway)}`;
  if (isManaged(mesh, gateway))
    return { hosts: [`${name}.${key.namespace}.svc.cluster.local`], managed: true };
  const hosts = addresses
    .filter((address) => isHostname(address) || address["type"] === undefined)
    .map((address) => textOf(address["value"]) ?? "")
    .map((host) => fullHost(host, key.namespace));
  return { hosts, managed: false };
}

function listenersOf(gateway: Other, mesh: Mesh, proxy: Proxy): readonly ApiListener[] {
  const { key } = gateway;
  const reached = reachedBy(gateway, mesh);
  const deployed =
    reached.managed &&
    key.namespace === proxy.namespace &&
    proxy.labels[gatewayNameLabel] === key.name;
  const isReached = proxy.ports.some(
    ({ service }) => service && reached.hosts.includes(service.host),
  );
  if (!isReached && (!deployed || isElsewhere(mesh, reached.hosts))) return [];
  const all = listOf(fieldsOf(gateway.body["spec"])["listeners"]).map(fieldsOf);
  const distinct = behaves(mesh.release, "listener-conflicts") ? withoutConflicts(all) : all;
  return all.flatMap((listener, index) => {
    if (!distinct.includes(listener)) return [];
    const port = numberOf(listener["port"]);
    const protocol = textOf(listener["protocol"]) ?? "";
    if (port === undefined || !takesProtocol(mesh, protocol)) return [];
    const targets = proxy.ports
      .filter(({ service }) => service?.port === port && reached.hosts.includes(service.host))
      .map((each) => each.port);
    const found = targets.length === 0 && !isReached ? [port] : targets;
    const part = { listener, index, port, protocol, targets: found, managed: reached.managed };
    return listenerOf(gateway, part, mesh);
  });
}

/** Whether a Service that a Gateway is reached by was loaded: it says then which proxy that leads to. */
function isElsewhere({ inventory }: Mesh, hosts: readonly string[]): boolean {
  return inventory.services.some((service) => hosts.includes(serviceHost(service)));
}

/** Before a release those for bytes are taken by feature only, like their routes. `conversion.go`, listenerProtocolToIstio */
function takesProtocol(mesh: Mesh, protocol: string): boolean {
  const kind = { TLS: "TLSRoute", TCP: "TCPRoute" }[protocol];
  return kind === undefined ? /^HTTPS?$/.test(protocol) : readKinds(mesh).includes(kind);
}

interface Part {
  readonly listener: Fields;
  readonly index: number;
  readonly port: number;
  readonly protocol: string;
  readonly targets: readonly number[];
  readonly managed: boolean;
}

function listenerOf(
  { key, body, labels }: Other,
  { listener, index, port, protocol, targets, managed }: Part,
  mesh: Mesh,
): readonly ApiListener[] {
  const section = textOf(listener["name"]) ?? "";
  const tls = listener["tls"] === undefined ? undefined : fieldsOf(listener["tls"]);
  if (tls === undefined && (protocol === "HTTPS" || protocol === "TLS")) return [];
  const hostname = textOf(listener["hostname"]) ?? "";
  const auto = labels["topology.istio.io/network"] !== undefined && protocol === "TLS";
  const server: Server = {
    at: { resource: key, path: ["spec", "listeners", index] },
    gateway: `${key.namespace}/${key.name}~istio-autogenerated-k8s-gateway~${section}`,
    port,
    portName: "default",
    protocol:
      protocol === "HTTP"
        ? "http"
        : protocol === "TCP"
          ? "tcp"
          : protocol === "TLS"
            ? "tls"
            : "https",
    spelled: protocol,
    bind: "",
    hosts: hostsOf(hostname || "*", key.namespace, fieldsOf(listener["allowedRoutes"]), mesh),
    targets,
    ...(tls ? { tls: tlsOf(tls, validationFor(body, port, mesh), auto, mesh) } : {}),
  };
  const parent = { namespace: key.namespace, name: key.name };
  const kinds = kindsOf(listener, protocol, tls);
  return [{ server, parent, managed, section, hostname, protocol, kinds }];
}

/** The host for routes of the namespaces that may attach; "~" is nobody's. */
function hostsOf(
  hostname: string,
  namespace: string,
  allowed: Fields,
  { inventory }: Mesh,
): readonly string[] {
  const { from = "Same", selector } = fieldsOf(allowed["namespaces"]);
  if (from === "All") return [hostname];
  if (from !== "Selector") return [`${namespace}/${hostname}`];
  const wanted = fieldsOf(selector);
  const spaces = inventory.namespaces
    .filter((each) => isSelected(wanted, namespaceLabels(each)))
    .map(({ key }) => key.name)
    .toSorted();
  return spaces.length === 0 ? [`~/${hostname}`] : spaces.map((space) => `${space}/${hostname}`);
}

const kindsByProtocol: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["HTTPRoute", "GRPCRoute"],
  HTTPS: ["HTTPRoute", "GRPCRoute"],
  TCP: ["TCPRoute"],
  TLS: ["TLSRoute"],
};

function kindsOf(listener: Fields, protocol: string, tls: Fields | undefined): readonly string[] {
  const supported = [
    ...(kindsByProtocol[protocol] ?? []),
    ...(protocol === "TLS" && (tls?.["mode"] ?? "Terminate") === "Terminate" ? ["TCPRoute"] : []),
  ];
  const stated = listOf(fieldsOf(listener["allowedRoutes"])["kinds"]).map(fieldsOf);
  if (stated.length === 0) return supported;
  return supported.filter((kind) =>
    stated.some((each) => each["kind"] === kind && (each["group"] ?? gatewayApi) === gatewayApi),
  );
}

const terminateMode = "gateway.istio.io/tls-terminate-mode";
const terminateModes: Readonly<Record<string, TlsMode>> = {
  MUTUAL: "MUTUAL",
  OPTIONAL_MUTUAL: "OPTIONAL_MUTUAL",
  ISTIO_SIMPLE: "SIMPLE",
  ISTIO_MUTUAL: "ISTIO_MUTUAL",
};

/** `istio/istio:pilot/pkg/config/kube/gateway/conversion.go`, buildTLS */
function tlsOf(
  tls: Fields,
  validation: Fields | undefined,
  auto: boolean,
  { release }: Mesh,
): TlsSettings {
  const settings = {
    httpsRedirect: false,
    subjectAltNames: [],
    insecureSkipVerify: false,
    isCredential: true,
  };
  if (tls["mode"] === "Passthrough")
    return { ...settings, mode: auto ? "AUTO_PASSTHROUGH" : "PASSTHROUGH" };
  const stated = terminateModes[textOf(fieldsOf(tls["options"])[terminateMode]) ?? ""];
  if (validation === undefined || stated === "ISTIO_MUTUAL" || stated === "SIMPLE")
    return { ...settings, mode: stated ?? "SIMPLE" };
  const counting = behaves(release, "terminate-mode-over-validation") ? stated : undefined;
  const falls =
    validation["mode"] === "AllowInsecureFallback" && behaves(release, "insecure-fallback");
  if (counting !== undefined || !falls) return { ...settings, mode: counting ?? "MUTUAL" };
  return { ...settings, mode: "OPTIONAL_MUTUAL", insecureSkipVerify: true };
}

/** How a Gateway validates clients on a port: as that port says, else by default. */
function validationFor(body: Fields, port: number, { release }: Mesh): Fields | undefined {
  if (!behaves(release, "frontend-validation")) return undefined;
  const frontend = fieldsOf(fieldsOf(fieldsOf(body["spec"])["tls"])["frontend"]);
  const own = listOf(frontend["perPort"])
    .map(fieldsOf)
    .find((each) => each["port"] === port);
  const chosen = fieldsOf(own === undefined ? frontend["default"] : own["tls"]);
  const validation = fieldsOf(chosen["validation"]);
  return listOf(validation["caCertificateRefs"]).length === 0 ? undefined : validation;
}
