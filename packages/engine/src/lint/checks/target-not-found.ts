import { rootNamespace } from "../../istiod/attach-rules.ts";
import { policiesOf } from "../../istiod/policies.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Place } from "../../model/place.ts";
import type { Attachment, Resource, TargetRef } from "../../model/policy.ts";
import { didYouMean } from "../../parse/suggest.ts";
import type { Check, Found } from "../check.ts";
import { targetsOf } from "../targets.ts";

/** Target references that lead nowhere (az:AN-1). */
export const targetNotFound: Check = {
  code: "binding/target-not-found",
  title: "a target reference leads nowhere",
  why: "A policy with target references applies to what they name and to nothing else. The target lives in the namespace of the policy; a GatewayClass can be named in the root namespace only, and only `istio-waypoint` takes policies.",
  like: ["IST0171"],
  *find({ mesh }) {
    for (const policy of policiesOf(mesh))
      for (const { ref, at } of targetsOf(policy)) yield* faults(mesh, policy, ref, at);
  },
};

function* faults(
  mesh: Mesh,
  { key }: Resource<Attachment>,
  ref: TargetRef,
  at: Place,
): Iterable<Found> {
  const say = (message: string, because: string): Found => ({
    at,
    message,
    evidence: { kind: "proof", because },
  });
  if (ref.namespace && ref.namespace !== key.namespace)
    yield say(
      `the target is in namespace \`${ref.namespace}\`, and the policy in \`${key.namespace}\``,
      "istiod attaches a policy to targets of its own namespace only",
    );
  else if (ref.kind === "GatewayClass" && key.namespace !== rootNamespace(mesh))
    yield say(
      `a GatewayClass can be the target in the root namespace \`${rootNamespace(mesh)}\` only`,
      "istiod looks for class references in the root namespace only",
    );
  else if (ref.kind === "GatewayClass" && ref.name !== "istio-waypoint")
    yield say(
      `the GatewayClass \`${ref.name}\` takes no policies: only istio-waypoint does`,
      "istiod compares the name with istio-waypoint",
    );
  else {
    const others = namesOf(mesh, key.namespace, ref);
    if (others.length === 0 || others.includes(ref.name)) return;
    const hint = didYouMean(ref.name, others);
    const found = say(
      `no ${ref.kind} \`${ref.name}\` was loaded in namespace \`${key.namespace}\`, where others were`,
      `of the loaded objects of this kind none has this name`,
    );
    yield hint === undefined ? found : { ...found, hint };
  }
}

/** What was loaded of that kind. Nothing: what was not loaded is unknown. */
function namesOf(
  { inventory }: Mesh,
  namespace: string,
  { kind, group }: TargetRef,
): readonly string[] {
  const keys =
    kind === "Service"
      ? inventory.services.map(({ key }) => key)
      : inventory.others
          .filter(
            ({ key, apiVersion }) => key.kind === kind && apiVersion.startsWith(`${group ?? ""}/`),
          )
          .map(({ key }) => key);
  return keys.filter((key) => key.namespace === namespace).map(({ name }) => name);
}
