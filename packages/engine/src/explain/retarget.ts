import { keyText, type ResourceKey } from "../model/place.ts";
import type { Verdict } from "../model/verdict.ts";
import type { ExplainedHop, PolicyChange, PolicyEdit } from "./explanation.ts";
import { verified } from "./policy-edits.ts";
import type { Turning } from "./verify.ts";

/** So many Services are tried. */
const most = 3;

/**
 * A policy of whose rules ztunnel loses what only HTTP has, given to a Service instead: a waypoint in front of it sees requests. Only if
 * one is on the way and takes the policy, and if that turns the decision.
 */
export function retargeted({ hop }: ExplainedHop, turning: Turning): readonly PolicyEdit[] {
  const proxy = hop.told?.program.proxy;
  if (hop.point !== "ztunnel" || proxy === undefined) return [];
  const lost = hop.notes.filter(({ because }) => because === "ztunnel-http-attribute");
  const policies = new Map(lost.map(({ at: { resource } }) => [keyText(resource), resource]));
  const services = new Set(proxy.ports.flatMap(({ service }) => service?.host ?? []));
  return [...policies.values()].flatMap((policy) =>
    [...services]
      .map((host) => host.split("."))
      .filter(([, namespace]) => namespace === policy.namespace)
      .slice(0, most)
      .flatMap(([name = ""]) => {
        const edit = verified(changesTo(policy, name, turning), turning);
        return edit !== undefined && isTaken(edit.verdict, policy) ? [edit] : [];
      })
      .slice(0, 1),
  );
}

function changesTo(
  resource: ResourceKey,
  name: string,
  { mesh }: Turning,
): readonly PolicyChange[] {
  const policy = mesh.authorizationPolicies.find(({ key }) => keyText(key) === keyText(resource));
  const at = { resource, path: ["spec", "targetRefs"] };
  const left = [{ kind: "Service", group: "", name }];
  const bind: PolicyChange = { at, do: "set", values: [`Service ${name}`], left };
  const selector: PolicyChange = {
    at: { resource, path: ["spec", "selector"] },
    do: "remove",
    values: [],
  };
  return policy?.spec.selector === undefined ? [bind] : [selector, bind];
}

/** Whether a waypoint holds the policy on every way. */
function isTaken({ branches }: Verdict, policy: ResourceKey): boolean {
  const wanted = keyText(policy);
  return branches.every(({ hops }) =>
    hops.some(
      ({ point, notes }) =>
        point === "waypoint" &&
        !notes.some(
          ({ kind, at }) => kind === "policy-not-bound" && keyText(at.resource) === wanted,
        ),
    ),
  );
}
