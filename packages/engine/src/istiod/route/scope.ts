import { selects } from "../../kubernetes/service.ts";
import type { Inventory, Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import { compareBytes, type ResourceKey } from "../../model/place.ts";
import type { Proxy } from "../../model/program.ts";
import { fieldsOf, listOf, numberOf, textMapOf, textOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { flagOf } from "../../release/flags.ts";
import { behaves } from "../../release.ts";
import { rootNamespace } from "../attach-rules.ts";
import { oldestFirst } from "../listener/gateway-server.ts";
import { destinationHosts } from "./destination-hosts.ts";
import { type Imported, importedHosts, selectObjects, selectServices } from "./egress-hosts.ts";
import { meshObjects } from "./mesh-objects.ts";
import type { RouteObject } from "./object.ts";
import {
  parseProtocol,
  type RegistryProtocol,
  type RegistryService,
  registry,
} from "./registry.ts";
import { isVisible, visibleServices, withoutDuplicates } from "./visible.ts";

/** What a sidecar knows of what it may call: of one port, or of every port that no other entry is for. */
export interface EgressListener {
  readonly port?: number;
  readonly protocol?: RegistryProtocol; // of that port, whatever the services say of theirs
  readonly isProxy?: true; // of protocol HTTP_PROXY: requests name where they want to go
  readonly services: readonly RegistryService[];
  readonly objects: readonly RouteObject[]; // VirtualServices and routes bound to Services, in the order in which they count
}

/** Everything that a sidecar's outbound side is made of. */
export interface SidecarScope {
  readonly sidecar?: ResourceKey; // the Sidecar that says so
  readonly listeners: readonly EgressListener[];
  readonly services: readonly RegistryService[]; // with clusters: those of all listeners, and those that routes lead to
  readonly registryOnly: boolean;
  readonly resolvesHosts: boolean; // HTTP to what is not known goes where DNS says, by its Host
  readonly egressProxy?: Fields; // a destination for everything that is not known
}

const made = new WeakMap<Mesh, Map<string, SidecarScope>>();

/**
 * What a sidecar may call and how: as its Sidecar says, or everything that its namespace sees.
 * Follows istio/istio:pilot/pkg/model/sidecar.go convertToSidecarScope.
 */
export function sidecarScope(mesh: Mesh, proxy: Pick<Proxy, "namespace" | "labels">): SidecarScope {
  const object = sidecarFor(mesh, proxy);
  const key = `${proxy.namespace} ${object?.key.namespace} ${object?.key.name}`;
  const scopes = made.get(mesh) ?? new Map<string, SidecarScope>();
  made.set(mesh, scopes);
  const known = scopes.get(key) ?? scopeOf(mesh, proxy.namespace, object);
  scopes.set(key, known);
  return known;
}

/** The Sidecar of a workload: one of its namespace that selects it, one of its namespace for all, the root namespace's. `push_context.go`, initSidecarScopes */
export function sidecarFor(
  mesh: Mesh,
  { namespace, labels }: Pick<Proxy, "namespace" | "labels">,
): Other | undefined {
  const objects = sidecarsOf(mesh.inventory);
  const selectorOf = ({ body }: Other): unknown => fieldsOf(body["spec"])["workloadSelector"];
  const own = objects.filter(({ key }) => key.namespace === namespace);
  const root = rootNamespace(mesh);
  return (
    own.find((object) => {
      const selector = selectorOf(object);
      return selector !== undefined && selects(textMapOf(fieldsOf(selector)["labels"]), labels);
    }) ??
    own.find((object) => selectorOf(object) === undefined) ??
    objects.find((object) => object.key.namespace === root && selectorOf(object) === undefined)
  );
}

const sidecars = new WeakMap<Inventory, readonly Other[]>();

/** By age. */
function sidecarsOf(inventory: Inventory): readonly Other[] {
  const known = sidecars.get(inventory);
  if (known !== undefined) return known;
  const found = inventory.others.filter(isSidecar).toSorted(oldestFirst);
  sidecars.set(inventory, found);
  return found;
}

function isSidecar({ key, apiVersion }: Other): boolean {
  return key.kind === "Sidecar" && apiVersion.startsWith("networking.istio.io/");
}

function scopeOf(mesh: Mesh, namespace: string, object: Other | undefined): SidecarScope {
  const spec = fieldsOf(object?.body["spec"]);
  const stated = listOf(spec["egress"]).map(fieldsOf);
  const egress = stated.length === 0 ? [{ hosts: ["*/*"] }] : stated;
  const listeners = egress.map((entry) => listenerOf(mesh, namespace, entry));
  const proxy = fieldsOf(spec["outboundTrafficPolicy"])["egressProxy"];
  const mode = outboundMode(mesh, object);
  return {
    ...(object ? { sidecar: object.key } : {}),
    listeners,
    services: withDestinations(mesh, namespace, listeners),
    registryOnly: mode === "REGISTRY_ONLY",
    resolvesHosts: mode === "ALLOW_ANY_DYNAMIC_DNS",
    ...(proxy === undefined ? {} : { egressProxy: fieldsOf(proxy) }),
  };
}

/** What becomes of what is not known: as a Sidecar says, whose policy without a mode lets nothing out, else as the mesh config does. */
function outboundMode(mesh: Mesh, sidecar: Other | undefined): string | undefined {
  const policy = fieldsOf(sidecar?.body["spec"])["outboundTrafficPolicy"];
  return policy === undefined
    ? mesh.config.outboundTrafficPolicy?.mode
    : (textOf(fieldsOf(policy)["mode"]) ?? "REGISTRY_ONLY");
}

function listenerOf(mesh: Mesh, namespace: string, entry: Fields): EgressListener {
  const { number, protocol } = fieldsOf(entry["port"]);
  const port = numberOf(number) ?? 0;
  const isProxy = (textOf(protocol) ?? "").toUpperCase() === "HTTP_PROXY";
  const imported: Imported = importedHosts(textsOf(entry["hosts"]) ?? [], namespace);
  const only = port === 0 || isProxy ? undefined : port;
  return {
    ...(port === 0 ? {} : { port, protocol: parseProtocol(textOf(protocol)) }),
    ...(isProxy ? { isProxy: true as const } : {}),
    services: selectServices(visibleServices(mesh, namespace), imported, namespace, only),
    objects: selectObjects(meshObjects(mesh, namespace), imported),
  };
}

const pickBest = "PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE";

/** The services of all listeners, and those that their routes lead to. `sidecar.go`, collectImportedServices */
function withDestinations(
  mesh: Mesh,
  namespace: string,
  listeners: readonly EgressListener[],
): readonly RegistryService[] {
  const led = listeners.flatMap(({ objects }) =>
    objects.flatMap((object) => destinationHosts(object, namespace)),
  );
  const found = [...new Set(led)].flatMap((host) => bestOf(mesh, namespace, host) ?? []);
  return withoutDuplicates([...listeners.flatMap(({ services }) => services), ...found]);
}

/**
 * Of several namespaces that have a host: the own one, one with a Service of Kubernetes, the oldest; before 1.30, and where istiod is told so,
 * the first by its name. `sidecar.go`, pickBestVisibleNamespace and pickFirstVisibleNamespace
 */
function bestOf(mesh: Mesh, namespace: string, host: string): RegistryService | undefined {
  const all = registry(mesh).filter((service) => service.host === host);
  const own = all.find((service) => service.namespace === namespace);
  if (own) return own;
  const byName = all
    .filter((service) => isVisible(service, namespace, mesh))
    .toSorted((a, b) => compareBytes(a.namespace, b.namespace));
  const picksBest = flagOf(mesh, pickBest) !== false;
  if (!picksBest || !behaves(mesh.release, "best-service-namespace")) return byName[0];
  const visible = byName.toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
  return visible.find(({ kubernetes }) => kubernetes) ?? visible[0];
}
