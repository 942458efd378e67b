import { namespaceLabels } from "../kubernetes/discovery.ts";
import { gatewayNameLabel } from "../kubernetes/gateway-class.ts";
import { selects } from "../kubernetes/service.ts";
import type { Other } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import { type Body, labels, mapping, text } from "./body.ts";

/** Objects that give a gateway listeners and routes and are not read here: an Ingress of Istio's class, a ListenerSet. */
export function addsToGateway(mesh: Mesh, object: Other, proxy: Proxy): boolean {
  if (proxy.kind !== "gateway") return false;
  if (object.key.kind === "Ingress") return isIngressOf(mesh, object, proxy);
  return object.key.kind === "ListenerSet" && isSetOf(mesh, object, proxy);
}

const controller = "istio.io/ingress-controller";

/** istio/istio:pilot/pkg/config/kube/ingress/conversion.go, gateways.go getIngressGatewaySelector. */
function isIngressOf(
  { inventory, config }: Mesh,
  { annotations, body }: Other,
  proxy: Proxy,
): boolean {
  const mode = text(config, "ingressControllerMode") ?? "STRICT";
  const selected = text(config, "ingressSelector") || text(config, "ingressService");
  const label =
    selected === undefined || selected === "istio-ingressgateway" ? "ingressgateway" : selected;
  if (mode === "OFF" || proxy.labels["istio"] !== label) return false;
  const annotated = annotations["kubernetes.io/ingress.class"];
  if (annotated !== undefined) return annotated === (text(config, "ingressClass") ?? "istio");
  const name = text(mapping(body, "spec"), "ingressClassName");
  if (name === undefined) return mode === "DEFAULT";
  const loaded = inventory.others.find(
    ({ key }) => key.kind === "IngressClass" && key.name === name,
  );
  return loaded === undefined
    ? name === "istio"
    : text(mapping(loaded.body, "spec"), "controller") === controller;
}

/** A set of listeners of the Gateway that a proxy was deployed for, or is reached by another way, if that allows sets. */
function isSetOf(mesh: Mesh, { key, body }: Other, proxy: Proxy): boolean {
  const parent = mapping(mapping(body, "spec"), "parentRef");
  const namespace = text(parent, "namespace") ?? key.namespace;
  const gateway = mesh.inventory.others.find(
    (other) =>
      other.key.kind === "Gateway" &&
      other.apiVersion.startsWith("gateway.networking.k8s.io/") &&
      other.key.namespace === namespace &&
      other.key.name === text(parent, "name"),
  );
  if (gateway === undefined) return false;
  const spec = mapping(gateway.body, "spec");
  const own = proxy.labels[gatewayNameLabel];
  const isOwn = proxy.namespace === namespace && own === gateway.key.name;
  return (isOwn || "addresses" in spec) && allows(mesh, spec, namespace, key.namespace);
}

/** Without a word a Gateway allows none. */
function allows(mesh: Mesh, spec: Body, own: string, namespace: string): boolean {
  const spaces = mapping(mapping(spec, "allowedListeners"), "namespaces");
  const from = text(spaces, "from") ?? "None";
  if (from === "Same") return own === namespace;
  if (from !== "Selector") return from === "All";
  const selector = mapping(spaces, "selector");
  const loaded = mesh.inventory.namespaces.find(({ key }) => key.name === namespace);
  if (loaded === undefined || "matchExpressions" in selector) return true;
  return selects(labels(selector, "matchLabels"), namespaceLabels(loaded));
}
