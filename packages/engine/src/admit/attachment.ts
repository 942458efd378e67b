import { textMapOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { isPresent, isSet, type Layer, type Part, part, parts, when } from "./read.ts";

const attachments: readonly string[] = ["selector", "targetRef", "targetRefs"];

/** What the CRD's rules say of where a policy applies (istio/istio:manifests/charts/base/files/crd-all.gen.yaml). */
export function crdAttachment(spec: Part): readonly Remark[] {
  return [
    ...several("schema", spec, (name) => isPresent(spec, name)),
    ...crdSelector(spec),
    ...targets(spec).flatMap((target) => otherNamespace("schema", target)),
  ];
}

/** What istiod's webhook says of it (istio/istio:pkg/config/validation/validation.go, az:VAL-1 to VAL-3). */
export function webhookAttachment(spec: Part): readonly Remark[] {
  return [
    ...several("webhook", spec, (name) =>
      name === "targetRefs" ? isSet(spec, name) : isPresent(spec, name),
    ),
    ...webhookSelector(spec),
    ...targets(spec).flatMap(webhookTarget),
  ];
}

/** The selector alone: all that a PeerAuthentication has (az:VAL-2, VAL-W1). */
export function webhookSelector(spec: Part): readonly Remark[] {
  return [...webhookLabels(spec, "selector"), ...withoutLabels(spec)];
}

/** The labels of a selector, whatever it is called. */
export function webhookLabels(spec: Part, name: string): readonly Remark[] {
  return labels("webhook", part(spec, name));
}

/** Labels as the CRD judges them. */
export function crdSelector(spec: Part): readonly Remark[] {
  return labels("schema", part(spec, "selector"));
}

function several(
  layer: Layer,
  { path }: Part,
  isThere: (name: string) => boolean,
): readonly Remark[] {
  const [, second] = attachments.filter(isThere);
  if (second === undefined) return [];
  return [
    {
      code: `${layer}/two-attachments`,
      path: [...path, second],
      at: "key",
      message: "only one of `selector`, `targetRef` and `targetRefs` can be set",
      hint: "write one policy for each",
    },
  ];
}

function labels(layer: Layer, selector: Part): readonly Remark[] {
  const { path, fields } = part(selector, "matchLabels");
  const code = `${layer}/label-wildcard` as const;
  const hint = "a selector compares whole labels: write one policy for each value";
  return Object.entries(textMapOf(fields)).flatMap(([key, value]) => {
    const at = [...path, key];
    return [
      ...when(key === "", {
        code: `${layer}/empty-label`,
        path: at,
        at: "key",
        message: "a label without a key",
      }),
      ...when(key.includes("*"), { code, path: at, at: "key", message: wild(key), hint }),
      ...when(value.includes("*"), { code, path: at, message: wild(value), hint }),
    ];
  });
}

function wild(text: string): string {
  return `\`*\` is not supported in a selector: \`${text}\``;
}

function withoutLabels(spec: Part): readonly Remark[] {
  const { fields } = part(part(spec, "selector"), "matchLabels");
  return when(isPresent(spec, "selector") && Object.keys(fields).length === 0, {
    code: "webhook/selector-without-labels",
    path: [...spec.path, "selector"],
    at: "key",
    message: "a selector without labels selects every workload of the namespace",
    hint: "remove it, or state `matchLabels`",
  });
}

function targets(spec: Part): readonly Part[] {
  const single = isPresent(spec, "targetRef") ? [part(spec, "targetRef")] : [];
  return [...single, ...parts(spec, "targetRefs")];
}

function otherNamespace(layer: Layer, { path, fields }: Part): readonly Remark[] {
  const namespace = textOf(fields["namespace"]) ?? "";
  return when(namespace !== "", {
    code: `${layer}/target-namespace`,
    path: [...path, "namespace"],
    message: `a policy cannot be attached in another namespace: \`${namespace}\``,
    hint: "remove `namespace`, and put the policy into the namespace of what it protects",
  });
}

const targetKinds: readonly string[] = [
  "/Service",
  "networking.istio.io/ServiceEntry",
  "gateway.networking.k8s.io/Gateway",
  "gateway.networking.k8s.io/GatewayClass",
];

function webhookTarget(target: Part): readonly Remark[] {
  const { path, fields } = target;
  const kind = textOf(fields["kind"]) ?? "";
  const group = textOf(fields["group"]) ?? "";
  const meant = targetKinds.filter((known) => known.endsWith(`/${kind}`))[0];
  const wrongGroup = meant !== undefined && "group" in fields;
  return [
    ...when((textOf(fields["name"]) ?? "") === "", {
      code: "webhook/target-name",
      path,
      message: "a target without a name",
    }),
    ...otherNamespace("webhook", target),
    ...when(!targetKinds.includes(`${group === "core" ? "" : group}/${kind}`), {
      code: "webhook/target-kind",
      path: [...path, wrongGroup ? "group" : "kind"],
      message: `a policy cannot be attached to \`${group === "" ? kind : `${group}/${kind}`}\``,
      hint: targetHint(meant),
    }),
  ];
}

function targetHint(meant: string | undefined): string {
  const [group, kind] = meant?.split("/") ?? [];
  if (group !== undefined) return `write \`group: ${group || '""'}\` for a ${kind}`;
  return "one of Service, ServiceEntry, Gateway, GatewayClass, each with its group";
}
