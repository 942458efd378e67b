import { trustDomainsOf } from "../istiod/authorization/trust-domain.ts";
import type { Mesh } from "../model/mesh.ts";
import { gatewayWorkloads } from "./gateway-points.ts";

/** Every identity that something loaded may have, in each trust domain of the mesh. */
export function accountsOf(mesh: Mesh): readonly string[] {
  const { workloads, ended = [], others } = mesh.inventory;
  const pairs = [
    ...[...workloads, ...ended, ...gatewayWorkloads(mesh)].map(({ key, serviceAccount }) => ({
      namespace: key.namespace,
      name: serviceAccount || "default",
    })),
    ...others.filter(({ key }) => key.kind === "ServiceAccount").map(({ key }) => key),
  ];
  const domains = [...new Set(["cluster.local", ...trustDomainsOf(mesh.config)])];
  return [
    ...new Set(
      pairs.flatMap(({ namespace, name }) =>
        domains.map((domain) => `spiffe://${domain}/ns/${namespace}/sa/${name}`),
      ),
    ),
  ];
}
