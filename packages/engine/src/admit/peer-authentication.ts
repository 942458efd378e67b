import { fieldsOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { crdSelector, webhookSelector } from "./attachment.ts";
import { isPresent, type Layer, type Part, part, when } from "./read.ts";

/** The CRD's rules for a PeerAuthentication (istio/istio:manifests/charts/base/files/crd-all.gen.yaml, an:V-17, V-19, V-20). */
export function crdPeerAuthentication(spec: Part): readonly Remark[] {
  return [
    ...(isPresent(spec, "portLevelMtls") ? selectorless("schema", spec) : []),
    ...badPorts("schema", spec, (port) => /^[+-]?\d+$/.test(port) && isPort(Number(port))),
    ...crdSelector(spec),
  ];
}

/** What istiod's webhook says of one (istio/istio:pkg/config/validation/validation.go ValidatePeerAuthentication, an:V-10 to V-15). */
export function webhookPeerAuthentication(spec: Part): readonly Remark[] {
  const ports = Object.keys(fieldsOf(spec.fields["portLevelMtls"]));
  return [
    ...(ports.length > 0 ? selectorless("webhook", spec) : []),
    ...when(isPresent(spec, "portLevelMtls") && ports.length === 0, {
      code: "webhook/empty-port-modes",
      path: [...spec.path, "portLevelMtls"],
      at: "key",
      message: "`portLevelMtls` without a port",
      hint: "remove it",
    }),
    ...badPorts("webhook", spec, (port) => /^(?:0|[1-9]\d*)$/.test(port) && isPort(Number(port))),
    ...webhookSelector(spec),
  ];
}

function isPort(port: number): boolean {
  return port > 0 && port <= 65535;
}

function selectorless(layer: Layer, spec: Part): readonly Remark[] {
  const labels = part(part(spec, "selector"), "matchLabels");
  return when(Object.keys(labels.fields).length === 0, {
    code: `${layer}/port-modes-without-selector`,
    path: [...spec.path, "portLevelMtls"],
    at: "key",
    message: "`portLevelMtls` needs a `selector` with labels",
    hint: "a mode for a port holds for chosen workloads only, not for a namespace or the mesh",
  });
}

/** istiod reads a port as JSON does: no sign, no leading zeros. */
function badPorts(layer: Layer, spec: Part, isGood: (port: string) => boolean): readonly Remark[] {
  const { path, fields } = part(spec, "portLevelMtls");
  return Object.keys(fields)
    .filter((port) => !isGood(port))
    .map((port) => ({
      code: `${layer}/bad-port`,
      path: [...path, port],
      at: "key",
      message: `\`${port}\` is no port`,
      hint: "a number from 1 to 65535: the port of the workload, not its name",
    }));
}
