import type { Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { fieldsOf, listOf, textMapOf, textOf } from "../parse/decode.ts";
import { flagOf } from "../release/flags.ts";
import { controllerOf, gatewayApi, gatewayClassOf, gatewayNameLabel } from "./gateway-class.ts";

type Texts = Readonly<Record<string, string>>;

/** What istiod makes of a Gateway of the Gateway API. */
export type Deployed = "gateway" | "waypoint";

/**
 * What istiod deploys for a Gateway. `none`: its class is another controller's, or its addresses say who serves it. Undefined: the
 * class is unknown.
 */
export function deployedFor(
  mesh: Pick<Mesh, "inventory" | "features">,
  gateway: Other,
): Deployed | "none" | undefined {
  const controller = controllerOf(mesh.inventory, gateway);
  if (!isManaged(mesh, gateway)) return "none";
  if (controller === undefined || controller === "gateway" || controller === "waypoint")
    return controller;
  return "none";
}

/**
 * Whether istiod may deploy a Gateway: no address of it names who serves it. Follows
 * istio/istio:pilot/pkg/config/kube/gatewaycommon/gateway_utils.go IsManaged.
 */
export function isManaged(mesh: Pick<Mesh, "features">, { body }: Other): boolean {
  if (flagOf(mesh, "ENABLE_GATEWAY_API_MANUAL_DEPLOYMENT") === false) return true;
  const [first, ...more] = listOf(fieldsOf(body["spec"])["addresses"]).map(fieldsOf);
  return more.length === 0 && [undefined, "IPAddress"].includes(textOf(first?.["type"]));
}

/**
 * The pods of a Gateway: those that were loaded, or what istiod deploys for it. Their labels and annotations are those of the
 * Gateway's infrastructure, or of the Gateway itself. Follows
 * istio/istio:pilot/pkg/config/kube/gatewaycommon/deploymentcontroller.go and the templates
 * manifests/charts/istio-control/istio-discovery/files/kube-gateway.yaml and waypoint.yaml.
 */
export function deployedGateway(
  mesh: Pick<Mesh, "inventory" | "features">,
  gateway: Other,
  dataPlane: Deployed,
): Workload {
  const { key, annotations } = gateway;
  const loaded = podsOf(mesh, key);
  if (loaded !== undefined) return loaded;
  const ordinary =
    dataPlane === "waypoint" ? key.name : `${key.name}-${gatewayClassOf(gateway) ?? "istio"}`;
  const name = annotations["gateway.istio.io/name-override"] || ordinary;
  return {
    key: { kind: "Workload", namespace: key.namespace, name },
    labels: labelsOf(mesh, gateway, { name, dataPlane }),
    annotations: given(mesh, gateway, "annotations"),
    serviceAccount: annotations["gateway.istio.io/service-account"] || ordinary,
    addresses: [],
    ports: [],
    dataPlane,
  };
}

/** A workload of a Gateway that was loaded. */
export function podsOf(
  { inventory }: Pick<Mesh, "inventory">,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Workload | undefined {
  return inventory.workloads.find(
    ({ key, labels }) => key.namespace === namespace && labels[gatewayNameLabel] === name,
  );
}

function labelsOf(
  mesh: Pick<Mesh, "features">,
  gateway: Other,
  { name, dataPlane }: { readonly name: string; readonly dataPlane: Deployed },
): Texts {
  const own = given(mesh, gateway, "labels");
  const captured = "istio.io/dataplane-mode";
  const isOpen = dataPlane === "waypoint" || !(captured in gateway.labels);
  const className = gatewayClassOf(gateway);
  return {
    "sidecar.istio.io/inject": "false",
    "service.istio.io/canonical-name": name,
    "service.istio.io/canonical-revision": "latest",
    ...(isOpen ? { [captured]: "none" } : {}),
    ...own,
    [gatewayNameLabel]: gateway.key.name,
    ...(className === undefined ? {} : { [`${gatewayApi}/gateway-class-name`]: className }),
    "gateway.istio.io/managed":
      dataPlane === "waypoint" ? "istio.io-mesh-controller" : "istio.io-gateway-controller",
  };
}

/** What the pods of a Gateway are given: of its infrastructure, if that says anything, else of itself. */
function given(
  mesh: Pick<Mesh, "features">,
  gateway: Other,
  which: "labels" | "annotations",
): Texts {
  const stated = fieldsOf(fieldsOf(gateway.body["spec"])["infrastructure"])[which];
  const isCopied = flagOf(mesh, "PILOT_ENABLE_GATEWAY_API_COPY_LABELS_ANNOTATIONS") !== false;
  if (stated === undefined || stated === null) return isCopied ? gateway[which] : {};
  const pairs = Object.entries(textMapOf(stated));
  return Object.fromEntries(pairs.filter(([key]) => !key.startsWith(`${gatewayApi}/`)));
}
