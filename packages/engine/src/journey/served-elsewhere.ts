import { reachedBy } from "../istiod/listener/gateway-api.ts";
import { gatewayNameLabel, isApiGateway } from "../kubernetes/gateway-class.ts";
import { backendsOf, serviceHost } from "../kubernetes/service.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";

/** Why nobody knows what a Gateway does where it is asked by its name: istiod deploys nothing for it, the Services of its addresses serve it. */
export function servedElsewhere(mesh: Mesh, { key, labels }: Workload): string | undefined {
  const name = labels[gatewayNameLabel];
  if (key.kind !== "Workload" || name === undefined) return undefined;
  const gateway = mesh.inventory.others.find(
    (object) =>
      isApiGateway(object) && object.key.namespace === key.namespace && object.key.name === name,
  );
  const reached = gateway && reachedBy(gateway, mesh);
  if (reached === undefined || reached.managed || reached.hosts.length === 0) return undefined;
  const hosts = reached.hosts.join(", ");
  return `istiod deploys nothing for Gateway \`${key.namespace}/${name}\`, its addresses say who serves it (${hosts}): ${wayTo(mesh, reached.hosts)}`;
}

const most = 3;

/** How to ask there instead. */
function wayTo(mesh: Mesh, hosts: readonly string[]): string {
  const { inventory } = mesh;
  const services = inventory.services.filter((service) => hosts.includes(serviceHost(service)));
  const pods = services.flatMap((service) => backendsOf(inventory, service));
  const names = pods.slice(0, most).map(({ key }) => `\`gateway/${key.namespace}/${key.name}\``);
  return names.length === 0
    ? "load that Service and its pods, and ask at one of them, gateway/NAMESPACE/NAME"
    : `ask at ${names.join(" or ")}`;
}
