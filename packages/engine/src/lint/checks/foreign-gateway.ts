import { policiesOf } from "../../istiod/policies.ts";
import { controllerOf, gatewayClassOf, isApiGateway } from "../../kubernetes/gateway-class.ts";
import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Check } from "../check.ts";
import { targetsOf } from "../targets.ts";

/** A gateway that is not Istio's Envoy (istio.io: ambient/usage/agentgateway). */
export const foreignGateway: Check = {
  code: "binding/foreign-gateway",
  title: "a policy names a gateway that does not know these policies",
  why: "Only gateways and waypoints that Istio serves with Envoy enforce AuthorizationPolicy and RequestAuthentication. One of another class, agentgateway's too, takes no notice of them.",
  *find({ mesh }) {
    for (const policy of policiesOf(mesh))
      for (const { ref, at } of targetsOf(policy)) {
        const gateway = mesh.inventory.others.find(
          (other) =>
            isApiGateway(other) &&
            other.key.namespace === policy.key.namespace &&
            other.key.name === ref.name,
        );
        if (ref.kind !== "Gateway" || gateway === undefined || !isForeign(mesh, gateway)) continue;
        yield {
          at,
          message: `Gateway \`${ref.name}\` is of class \`${gatewayClassOf(gateway)}\`, which enforces none of these policies`,
          evidence: {
            kind: "proof",
            because: "the controller of the class is not Istio's gateway controller",
          },
        };
      }
  },
};

function isForeign({ inventory }: Mesh, gateway: Other): boolean {
  const controller = controllerOf(inventory, gateway);
  if (controller !== undefined) return controller === "other";
  return gatewayClassOf(gateway)?.includes("agentgateway") ?? false;
}
