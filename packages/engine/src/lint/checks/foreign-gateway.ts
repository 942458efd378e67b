import type { Mesh } from "../../model/mesh.ts";
import { fieldsOf, textOf } from "../../parse/decode.ts";
import type { Check } from "../check.ts";
import { gatewayClassOf, isApiGateway } from "../gateway-points.ts";
import { policiesOf } from "../policies.ts";
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
        const name = gateway && gatewayClassOf(gateway);
        if (ref.kind !== "Gateway" || name === undefined || !isForeign(mesh, name)) continue;
        yield {
          at,
          message: `Gateway \`${ref.name}\` is of class \`${name}\`, which enforces none of these policies`,
          evidence: {
            kind: "proof",
            because: "the controller of the class is not Istio's gateway controller",
          },
        };
      }
  },
};

function isForeign({ inventory }: Mesh, name: string): boolean {
  const found = inventory.others.find(
    ({ key }) => key.kind === "GatewayClass" && key.name === name,
  );
  const controller = found && textOf(fieldsOf(found.body["spec"])["controllerName"]);
  if (controller !== undefined) return !/^istio\.io\/(?!.*agentgateway)/.test(controller);
  return name.includes("agentgateway");
}
