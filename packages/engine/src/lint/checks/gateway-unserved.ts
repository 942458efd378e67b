import { selectedGateways, selectionOf, whyUnserved } from "../../journey/gateway-target.ts";
import { dataPlaneOf } from "../../kubernetes/data-plane.ts";
import { gatewayNameLabel, isApiGateway } from "../../kubernetes/gateway-class.ts";
import type { Other, Workload } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import { fieldsOf, textMapOf } from "../../parse/decode.ts";
import type { Check } from "../check.ts";
import { gatewayWorkloads } from "../gateway-points.ts";

/** A classic Gateway that no proxy takes. `istio/istio:pilot/pkg/model/context.go`, SetGatewaysForProxy */
export const gatewayUnserved: Check = {
  code: "route/unserved-gateway",
  title: "no gateway that was loaded serves a Gateway",
  why: "istiod gives a Gateway to gateway proxies with the labels of its selector, and to nothing else: a sidecar with these labels does not listen for it. Its hosts are not there, and what routes and policies say about them never happens. Told where the labels are those of a workload that is no gateway, or of none while other gateways were loaded.",
  like: ["IST0101", "KIA0302"],
  *find({ mesh }) {
    const { others, workloads } = mesh.inventory;
    const selecting = others.filter(selectsByLabels);
    if (selecting.length === 0) return;
    const deployed = gatewayWorkloads(mesh).filter(({ dataPlane }) => dataPlane === "gateway");
    const hasGateways = workloads.some((each) => isGateway(mesh, each));
    for (const gateway of selecting) {
      const isSelected = selectionOf(mesh, gateway);
      if (deployed.some(isSelected) || selectedGateways(mesh, gateway).length > 0) continue;
      if (!hasGateways && !workloads.some(isSelected)) continue;
      yield {
        at: { resource: gateway.key, path: ["spec", "selector"] },
        message: `Gateway \`${nameOf(gateway)}\` ${whyUnserved(mesh, gateway)}`,
        evidence: {
          kind: "proof",
          because: "the labels of every loaded pod and pod template were compared",
        },
      };
    }
  },
};

/** Not one whose selector names a Gateway of the Gateway API: istiod deploys what that selects. */
function selectsByLabels(other: Other): boolean {
  if (other.key.kind !== "Gateway" || isApiGateway(other)) return false;
  const selector = selectorOf(other);
  return Object.keys(selector).length > 0 && selector[gatewayNameLabel] === undefined;
}

function selectorOf({ body }: Other): Readonly<Record<string, string>> {
  return textMapOf(fieldsOf(body["spec"])["selector"]);
}

function nameOf({ key }: Other): string {
  return `${key.namespace}/${key.name}`;
}

function isGateway({ inventory }: Mesh, workload: Workload): boolean {
  return dataPlaneOf(inventory, workload)?.plane === "gateway";
}
