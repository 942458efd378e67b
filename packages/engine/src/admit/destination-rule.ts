import type { Release } from "../model/mesh.ts";
import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { webhookLabels } from "./attachment.ts";
import { exportFaults } from "./export-to.ts";
import { isPresent, type Part, part, parts, type Value, values } from "./read.ts";
import { isDnsLabel, isWildcardDomain, labelFaults, routeFault } from "./route-words.ts";
import { type Ruled, trafficPolicyFaults } from "./traffic-policy.ts";

/**
 * What istiod's webhook says of a DestinationRule. Its warnings are left out.
 * Follows istio/istio:pkg/config/validation/validation.go, ValidateDestinationRule.
 */
export function webhookDestinationRule(object: Part, release: Release): readonly Remark[] {
  const spec = part(object, "spec");
  const host = textOf(spec.fields["host"]) ?? "";
  const namespace = textOf(part(object, "metadata").fields["namespace"]) ?? "default";
  const exports = values(spec, "exportTo");
  const ruled = { namespace, release };
  return [
    ...(isWildcardDomain(host)
      ? []
      : [routeFault([...spec.path, "host"], `\`${host}\` cannot be a host`)]),
    ...trafficPolicyFaults(spec, ruled),
    ...parts(spec, "subsets").flatMap((subset, index, all) => [
      ...twinFaults(subset, all.slice(0, index)),
      ...subsetFaults(subset, ruled),
    ]),
    ...exportFaults(exports, namespace),
    ...(isPresent(spec, "workloadSelector") ? selectedExports(exports, namespace) : []),
    ...webhookLabels(spec, "workloadSelector"),
  ];
}

function twinFaults({ path, fields }: Part, earlier: readonly Part[]): readonly Remark[] {
  const name = textOf(fields["name"]) ?? "";
  const isTwin = earlier.some((other) => (textOf(other.fields["name"]) ?? "") === name);
  return isTwin ? [routeFault([...path, "name"], `\`${name}\` names another subset already`)] : [];
}

/** `validation.go`, validateSubset. */
function subsetFaults(subset: Part, ruled: Ruled): readonly Remark[] {
  const name = textOf(subset.fields["name"]) ?? "";
  const path = [...subset.path, "name"];
  const hint = "letters, digits and `-`";
  return [
    ...(isDnsLabel(name) ? [] : [routeFault(path, `\`${name}\` cannot be a subset`, hint)]),
    ...labelFaults(subset, "labels"),
    ...trafficPolicyFaults(subset, ruled),
  ];
}

/** A rule for chosen callers holds in its own namespace only. `validation.go`, validateExportTo */
function selectedExports(exports: readonly Value[], namespace: string): readonly Remark[] {
  return exports
    .filter(({ text }) => text !== "." && text !== namespace)
    .map(({ path, text }) =>
      routeFault(path, `\`${text}\` in \`exportTo\`, with a \`workloadSelector\``, "write `.`"),
    );
}
