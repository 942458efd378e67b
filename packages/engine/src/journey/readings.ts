import { dryRunAnnotation } from "../istiod/authorization/dry-run.ts";
import { gatewayNameLabel } from "../kubernetes/gateway-class.ts";
import type { Fact } from "../model/fact.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import { type BehaviourName, behaviours } from "../release/behaviours.ts";
import { flagOf } from "../release/flags.ts";
import { behaves } from "../release.ts";

/**
 * What differs between releases, may matter to this proxy, and was only read in the source: no recording shows it. A verdict lists
 * these among its facts.
 */
export function readingsOf(mesh: Mesh, proxy: Proxy): readonly Omit<Fact, "state">[] {
  return [
    ...(proxy.kind === "ztunnel" && hasRehearsals(mesh) ? [reading(mesh, "ambient-dry-run")] : []),
    ...(proxy.kind === "gateway" && hasForeignGateways(mesh, proxy)
      ? [reading(mesh, "strict-gateway-merging")]
      : []),
  ];
}

function reading(mesh: Mesh, name: BehaviourName): Omit<Fact, "state"> {
  const shown = behaves(mesh.release, name) ? "so" : "not so";
  const value = `${behaviours[name].what}: ${shown} in ${mesh.release.istio}, by its source, no recording shows it`;
  return { id: `release:${name}`, value };
}

/** Only with istiod's feature could ztunnel be told of a dry run. */
function hasRehearsals(mesh: Mesh): boolean {
  return (
    flagOf(mesh, "AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY") === true &&
    mesh.authorizationPolicies.some(
      ({ annotations }) => annotations[dryRunAnnotation] !== undefined,
    )
  );
}

function hasForeignGateways({ inventory }: Mesh, { labels, namespace }: Proxy): boolean {
  if (labels[gatewayNameLabel] === undefined) return false;
  return inventory.others.some(
    ({ key, apiVersion }) =>
      key.kind === "Gateway" &&
      key.namespace !== namespace &&
      apiVersion.startsWith("networking.istio.io/"),
  );
}
