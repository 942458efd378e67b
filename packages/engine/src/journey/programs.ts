import { programFor } from "../istiod/program.ts";
import { tellZtunnel, type ZtunnelTold } from "../istiod/ztunnel.ts";
import type { WaypointIdentity } from "../istiod/ztunnel-waypoint.ts";
import { servicesOf } from "../kubernetes/service.ts";
import { waypointOf, waypointWorkload } from "../kubernetes/waypoint.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Program, Proxy } from "../model/program.ts";

/** So many proxies of one mesh keep what was made for them; then all of it is made again when it is needed. */
const remembered = 4096;

/** What istiod tells a proxy, made once for each mesh and proxy. Neither may be changed afterwards. */
export const programOf: (mesh: Mesh, proxy: Proxy) => Program = remember(programFor);

/** What istiod tells the ztunnel in front of a workload, made once as well. */
export const ztunnelOf: (mesh: Mesh, proxy: Proxy) => ZtunnelTold = remember((mesh, proxy) =>
  tellZtunnel(mesh, proxy, waypointsOf(mesh, proxy)),
);

/** The waypoints that lead to a workload: its own, and those of its Services. */
function waypointsOf(mesh: Mesh, proxy: Proxy): readonly WaypointIdentity[] {
  const { inventory } = mesh;
  const workload = inventory.workloads.find(
    ({ key }) => key.namespace === proxy.namespace && key.name === proxy.name,
  );
  if (workload === undefined) return [];
  const found = [
    waypointOf(inventory, workload, "workload"),
    ...servicesOf(inventory, workload).map((service) => waypointOf(inventory, service, "service")),
  ].filter((each) => each !== undefined);
  const distinct = new Map(found.map((each) => [`${each.namespace}/${each.name}`, each]));
  return [...distinct.values()].map((each) => ({
    ...each,
    serviceAccounts: [waypointWorkload(mesh, each).serviceAccount || "default"],
  }));
}

/** Keeps results by everything that enters them: the mesh, and all that istiod knows of the proxy. */
function remember<Made>(make: (mesh: Mesh, proxy: Proxy) => Made): typeof make {
  const byMesh = new WeakMap<Mesh, Map<string, Made>>();
  const byProxy = new WeakMap<Proxy, { readonly mesh: Mesh; readonly made: Made }>();
  return (mesh, proxy) => {
    const recent = byProxy.get(proxy);
    if (recent?.mesh === mesh) return recent.made;
    const known = byMesh.get(mesh) ?? new Map<string, Made>();
    byMesh.set(mesh, known);
    const key = JSON.stringify(proxy);
    const made = known.get(key) ?? make(mesh, proxy);
    if (known.size >= remembered) known.clear();
    known.set(key, made);
    byProxy.set(proxy, { mesh, made });
    return made;
  };
}

/** Whether a sidecar takes mesh TLS on a port: its PeerAuthentication mode there is not DISABLE. */
export function takesTls(mesh: Mesh, proxy: Proxy, port: number): boolean {
  const chains = programOf(mesh, proxy).listeners.flatMap((listener) => listener.chains);
  const own = chains.filter(({ match }) => match.port === port);
  const served = own.length > 0 ? own : chains.filter(({ match }) => match.port === undefined);
  return served.some(
    ({ match, tls }) => match.transport === "tls" && tls?.authority !== "credential",
  );
}

/** Whether a namespace's own mode is not DISABLE: what clients infer of a Service in it (an:PA-20, an:PA-88). */
export function namespaceTakesTls(mesh: Mesh, namespace: string): boolean {
  return takesTls(mesh, anyWorkload(namespace), 0);
}

const proxies = new Map<string, Proxy>();

/** A workload that no selector matches. */
function anyWorkload(namespace: string): Proxy {
  const known = proxies.get(namespace);
  if (known !== undefined) return known;
  const proxy: Proxy = {
    kind: "sidecar",
    namespace,
    name: "",
    labels: {},
    serviceAccount: "default",
    addresses: [],
    ports: [],
  };
  if (proxies.size >= remembered) proxies.clear();
  proxies.set(namespace, proxy);
  return proxy;
}
