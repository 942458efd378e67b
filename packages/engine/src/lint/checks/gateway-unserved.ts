import { selectedGateways, whyUnserved } from "../../journey/gateway-target.ts";
import { dataPlaneOf } from "../../kubernetes/data-plane.ts";
import { gatewayNameLabel, isApiGateway } from "../../kubernetes/gateway-class.ts";
import { selects } from "../../kubernetes/service.ts";
import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import { fieldsOf, textMapOf } from "../../parse/decode.ts";
import type { Check } from "../check.ts";

/** A classic Gateway that no proxy takes. `istio/istio:pilot/pkg/model/context.go`, SetGatewaysForProxy */
export const gatewayUnserved: Check = {
  code: "route/unserved-gateway",
  title: "no gateway that was loaded serves a Gateway",
  why: "istiod gives a Gateway to gateway proxies with the labels of its selector, and to nothing else: a sidecar with these labels does not listen for it. Its hosts are not there, and what routes and policies say about them never happens. Told where the labels are those of a workload that is no gateway, or of none while other gateways were loaded.",
  like: ["IST0101", "KIA0302"],
  *find({ mesh }) {
    for (const gateway of mesh.inventory.others) {
      if (gateway.key.kind !== "Gateway" || isApiGateway(gateway)) continue;
      const selector = textMapOf(fieldsOf(gateway.body["spec"])["selector"]);
      if (Object.keys(selector).length === 0 || selector[gatewayNameLabel] !== undefined) continue;
      if (selectedGateways(mesh, gateway).length > 0 || !isKnown(mesh, selector)) continue;
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

/** Gateways are often installed by somebody else: one of these labels may be, unless another workload has them or other gateways are here. */
function isKnown({ inventory }: Mesh, selector: Readonly<Record<string, string>>): boolean {
  return inventory.workloads.some(
    (workload) =>
      selects(selector, workload.labels) || dataPlaneOf(inventory, workload)?.plane === "gateway",
  );
}

function nameOf({ key }: Other): string {
  return `${key.namespace}/${key.name}`;
}
