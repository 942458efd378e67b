import { wrongLabel } from "../../explain/binding-edits.ts";
import { policiesOf } from "../../istiod/policies.ts";
import { dataPlaneOf } from "../../kubernetes/data-plane.ts";
import { gatewayNameLabel, isApiGateway } from "../../kubernetes/gateway-class.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { ResourceKey } from "../../model/place.ts";
import type { Attachment, Resource } from "../../model/policy.ts";
import type { Check, Found } from "../check.ts";
import { isGatewayLike } from "../gateway-points.ts";
import {
  allWorkloads,
  byController,
  hasSelector,
  labelsText,
  selectedBy,
  workloadsIn,
} from "../inventory.ts";
import { hasTarget } from "../policies.ts";

/** A selector that selects none of the workloads that were loaded. */
export const selectsNothing: Check = {
  code: "binding/selects-nothing",
  title: "a selector selects nothing",
  why: "The selector is compared with the labels of pods: of what was loaded in the namespace nothing has them, so the policy does nothing. For a policy of the root namespace the pods of every namespace count.",
  like: ["IST0127", "KIA0004"],
  *find({ mesh }) {
    for (const policy of policiesOf(mesh)) {
      const workloads = workloadsIn(mesh, policy.key.namespace);
      const isBound = selectedBy(policy, workloads).length > 0;
      if (!hasSelector(policy) || hasTarget(policy) || workloads.length === 0 || isBound) continue;
      if (isToldElsewhere(mesh, policy) || meansUnloaded(mesh, policy)) continue;
      const near = workloads
        .map((workload) => wrongLabel(policy, workload))
        .find((each) => each !== undefined);
      const labels = labelsText(policy.spec.selector?.matchLabels);
      const path = ["spec", "selector", "matchLabels", ...(near ? [near.key] : [])];
      const at = { resource: policy.key, path };
      yield {
        at,
        message: `${missed(workloads.length, policy.key.namespace)} the labels \`${labels}\``,
        ...(near ? { hint: `${near.key}: ${near.value}` } : severityIn(policy.key.namespace)),
        evidence: {
          kind: "proof",
          because: "the labels of every loaded pod and pod template were compared",
        },
      };
    }
  },
};

function missed(count: number, namespace: string): string {
  return count === 1
    ? `the only workload loaded for namespace \`${namespace}\` does not have`
    : `none of the ${count} workloads loaded for namespace \`${namespace}\` has`;
}

/** What states no namespace is taken to be in `default`, and may be rendered into another. */
function severityIn(namespace: string): Pick<Found, "severity"> {
  return namespace === "default" ? { severity: "info" } : {};
}

/** By binding/other-namespace, or by binding/controller-labels. */
function isToldElsewhere(mesh: Mesh, policy: Resource<Attachment>): boolean {
  const own = workloadsIn(mesh, policy.key.namespace);
  return (
    selectedBy(policy, allWorkloads(mesh)).length > 0 || byController(policy, own) !== undefined
  );
}

/** Gateways are often installed by somebody else: those that Gateway objects deploy, and those called so. */
function meansUnloaded({ inventory }: Mesh, { key, spec }: Resource<Attachment>): boolean {
  const labels = spec.selector?.matchLabels ?? {};
  const isIn = (other: { readonly key: ResourceKey }): boolean =>
    other.key.namespace === key.namespace;
  if (labels[gatewayNameLabel] !== undefined)
    return !inventory.others.some((other) => isApiGateway(other) && isIn(other));
  const gateways = inventory.workloads.filter(
    (workload) => isIn(workload) && dataPlaneOf(inventory, workload)?.plane === "gateway",
  );
  return isGatewayLike(labels) && gateways.length === 0;
}
