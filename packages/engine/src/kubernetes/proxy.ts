import type { Inventory, Service, Workload } from "../model/kubernetes.ts";
import { compareBytes } from "../model/place.ts";
import type { Proxy, ProxyPort } from "../model/program.ts";
import { parseProxyConfig } from "../parse/proxy-config.ts";
import { selectsNothing } from "./endpoint-slices.ts";
import { entryPorts } from "./entry-ports.ts";
import { listenerProtocol, portProtocol } from "./port-protocol.ts";
import { portBehind, serviceHost, servicesOf } from "./service.ts";

/** What istiod knows of the proxy of a workload. A port that neither a Service nor a suite declares is not listed. */
export function proxyOf(inventory: Inventory, workload: Workload, kind: Proxy["kind"]): Proxy {
  const annotation = workload.annotations["proxy.istio.io/config"];
  const config = annotation === undefined ? undefined : parseProxyConfig(annotation);
  return {
    kind,
    namespace: workload.key.namespace,
    name: workload.key.name,
    labels: workload.labels,
    serviceAccount: workload.serviceAccount,
    addresses: workload.addresses,
    ports: declaredPorts(inventory, workload),
    ...(config ? { config } : {}),
  };
}

/** The ports that Services and ServiceEntries lead to; of two that lead to the same one the older Service's, then what a suite states (an:PA-21, an:PA-22). */
export function declaredPorts(inventory: Inventory, workload: Workload): readonly ProxyPort[] {
  const seen = new Map<number, ProxyPort>();
  for (const port of [...servicePorts(inventory, workload), ...statedPorts(workload)])
    if (!seen.has(port.port)) seen.set(port.port, port);
  return [...seen.values()];
}

/**
 * The older one's first, be it a Service or a ServiceEntry; of equally old ones by host. Where a Service selects the workload, those
 * without a selector do not count: `istio:pilot/pkg/serviceregistry/kube/controller/controller.go`, GetProxyServiceTargets.
 */
function servicePorts(inventory: Inventory, workload: Workload): readonly ProxyPort[] {
  const known = servicesOf(inventory, workload);
  const selecting = known.filter((service) => !selectsNothing(service));
  const near = known.filter(({ key }) => key.namespace === workload.key.namespace);
  const services = (selecting.length > 0 ? selecting : near).map((service) => ({
    host: serviceHost(service),
    createdAt: service.createdAt ?? 0,
    ports: portsOf(inventory, service, workload),
  }));
  return [...services, ...entryPorts(inventory, workload)]
    .toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || compareBytes(a.host, b.host))
    .flatMap(({ ports }) => ports);
}

function portsOf(inventory: Inventory, service: Service, workload: Workload): readonly ProxyPort[] {
  return service.ports.flatMap((port) => {
    const target = portBehind(inventory, service, port, workload);
    const protocol = portProtocol(port);
    const isMachine = workload.key.kind === "WorkloadEntry";
    if (target === undefined || (isMachine && protocol === "udp")) return [];
    const through = { host: serviceHost(service), port: port.port };
    return [{ port: target, protocol: listenerProtocol(protocol), service: through }];
  });
}

function statedPorts({ ports }: Workload): readonly ProxyPort[] {
  return ports.flatMap(({ port, protocol }) =>
    protocol === undefined ? [] : [{ port, protocol }],
  );
}
