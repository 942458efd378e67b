import { deployedFor, deployedGateway, podsOf } from "../kubernetes/deployed-gateway.ts";
import { isApiGateway } from "../kubernetes/gateway-class.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";

/** Labels as gateways have them by custom: `istio: ingressgateway`, `app: istio-egress`. */
export function isGatewayLike(labels: Readonly<Record<string, string>>): boolean {
  const { app = "", istio = "" } = labels;
  return /gateway|ingress|egress/.test(istio) || /^istio-|gateway$/.test(app);
}

/** What istiod deploys for the Gateways of the Gateway API that no loaded workload belongs to. */
export function gatewayWorkloads(mesh: Mesh): readonly Workload[] {
  return mesh.inventory.others.filter(isApiGateway).flatMap((gateway): readonly Workload[] => {
    const plane = deployedFor(mesh, gateway);
    if (plane === undefined || plane === "none") return [];
    return podsOf(mesh, gateway.key) ? [] : [deployedGateway(mesh, gateway, plane)];
  });
}
