import type { Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { fieldsOf, textOf } from "../parse/decode.ts";

const group = "gateway.networking.k8s.io";

/** The label on the pods of a Gateway of the Gateway API. */
export const gatewayNameLabel: string = `${group}/gateway-name`;

/** The classes that istiod serves with Envoy, and what it deploys for them: others are no business of its policies. */
const classes: Readonly<Record<string, "gateway" | "waypoint">> = {
  istio: "gateway",
  "istio-remote": "gateway",
  "istio-waypoint": "waypoint",
};

/** Whether an object is a Gateway of the Gateway API. */
export function isApiGateway({ key, apiVersion }: Other): boolean {
  return key.kind === "Gateway" && apiVersion.startsWith(`${group}/`);
}

/** Labels as gateways have them by custom: `istio: ingressgateway`, `app: istio-egress`. */
export function isGatewayLike(labels: Readonly<Record<string, string>>): boolean {
  const { app = "", istio = "" } = labels;
  return /gateway|ingress|egress/.test(istio) || /^istio-|gateway$/.test(app);
}

/** The class that a Gateway names. */
export function gatewayClassOf({ body }: Other): string | undefined {
  return textOf(fieldsOf(body["spec"])["gatewayClassName"]);
}

/** What istiod deploys for the Gateways of the Gateway API that no loaded workload belongs to. */
export function gatewayWorkloads({ inventory }: Mesh): readonly Workload[] {
  return inventory.others.filter(isApiGateway).flatMap((gateway): readonly Workload[] => {
    const plane = classes[gatewayClassOf(gateway) ?? ""];
    const { namespace, name } = gateway.key;
    const isLoaded = inventory.workloads.some(
      ({ key, labels }) => key.namespace === namespace && labels[gatewayNameLabel] === name,
    );
    if (plane === undefined || isLoaded) return [];
    const account = plane === "waypoint" ? name : `${name}-${gatewayClassOf(gateway)}`;
    const managed =
      plane === "waypoint" ? { "gateway.istio.io/managed": "istio.io-mesh-controller" } : {};
    return [
      {
        key: { kind: "Workload", namespace, name },
        labels: { [gatewayNameLabel]: name, ...managed },
        annotations: {},
        serviceAccount: account,
        addresses: [],
        ports: [],
        dataPlane: plane,
      },
    ];
  });
}
