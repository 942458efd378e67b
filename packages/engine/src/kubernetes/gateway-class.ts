import type { Inventory, Other } from "../model/kubernetes.ts";
import { fieldsOf, textOf } from "../parse/decode.ts";

/** The API group of Gateways, GatewayClasses and HTTPRoutes. */
export const gatewayApi = "gateway.networking.k8s.io";

/** The label on the pods of a Gateway of the Gateway API: its name. */
export const gatewayNameLabel = "gateway.networking.k8s.io/gateway-name";

/** Whether an object is a Gateway of the Gateway API, not one of Istio's own. */
export function isApiGateway({ key, apiVersion }: Pick<Other, "key" | "apiVersion">): boolean {
  return key.kind === "Gateway" && apiVersion.startsWith(`${gatewayApi}/`);
}

/** Who takes care of a Gateway; `unmanaged`: another cluster's istiod, `other`: nobody of Istio's. */
export type GatewayController = "gateway" | "waypoint" | "east-west" | "unmanaged" | "other";

const controllers: Readonly<Record<string, GatewayController>> = {
  "istio.io/gateway-controller": "gateway",
  "istio.io/mesh-controller": "waypoint",
  "istio.io/eastwest-controller": "east-west",
  "istio.io/unmanaged-gateway": "unmanaged",
};
const builtIn: Readonly<Record<string, GatewayController>> = {
  istio: "gateway",
  "istio-waypoint": "waypoint",
  "istio-east-west": "east-west",
  "istio-remote": "unmanaged",
  "istio-agentgateway": "other",
  "istio-agentgateway-waypoint": "other",
};

/** The class that a Gateway names. */
export function gatewayClassOf({ body }: Other): string | undefined {
  return textOf(fieldsOf(body["spec"])["gatewayClassName"]);
}

/**
 * The controller of a Gateway's class: as its GatewayClass says, else one of those that istiod makes itself. Undefined: the class is
 * none of these and was not loaded. Follows istio/istio:pilot/pkg/config/kube/gatewaycommon/classinfo.go.
 */
export function controllerOf({ others }: Inventory, gateway: Other): GatewayController | undefined {
  const name = gatewayClassOf(gateway) ?? "";
  const loaded = others.find(({ key }) => key.kind === "GatewayClass" && key.name === name);
  const stated = textOf(fieldsOf(loaded?.body["spec"])["controllerName"]);
  return stated === undefined ? builtIn[name] : (controllers[stated] ?? "other");
}
