import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { type Part, part, when } from "./read.ts";

const dryRun = "istio.io/dry-run";
const reserved: readonly string[] = [
  "internal.istio.io/webhook-always-reject",
  "internal.istio.io/parent-namespace",
  "internal.istio.io/parents",
];
const booleans = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/; // Go's strconv.ParseBool

/**
 * What istiod's webhook says of the annotations of any Istio object; it looks no further then
 * (istio/istio:pkg/config/validation/validation.go validateMetadata, az:VAL-M1 to VAL-M3).
 */
export function annotationFaults(kind: string, object: Part): readonly Remark[] {
  const annotations = part(part(object, "metadata"), "annotations");
  const { path, fields } = annotations;
  const found = reserved.filter((name) => Object.hasOwn(fields, name));
  const faults = Object.hasOwn(fields, dryRun) ? dryRunFaults(kind, object, annotations) : [];
  return [
    ...faults,
    ...found.map(
      (name): Remark => ({
        code: "webhook/reserved-annotation",
        path: [...path, name],
        at: "key",
        message: `the annotation \`${name}\` is reserved for Istio`,
        hint: "remove it",
      }),
    ),
  ];
}

function dryRunFaults(kind: string, object: Part, { path, fields }: Part): readonly Remark[] {
  const at = [...path, dryRun];
  const hint = "remove it";
  if (kind !== "AuthorizationPolicy") {
    const message = `\`${dryRun}\` is for AuthorizationPolicy, not for ${kind}`;
    return [{ code: "webhook/dry-run-kind", path: at, at: "key", message, hint }];
  }
  const action = textOf(part(object, "spec").fields["action"]) ?? "ALLOW";
  if (action !== "ALLOW" && action !== "DENY") {
    const message = `\`${dryRun}\` is for ALLOW and DENY, not for ${action}`;
    return [{ code: "webhook/dry-run-action", path: at, at: "key", message, hint }];
  }
  const value = textOf(fields[dryRun]) ?? "";
  return when(!booleans.test(value), {
    code: "webhook/dry-run-value",
    path: at,
    message: `\`${value}\` is neither true nor false`,
    hint: 'write "true" or "false"',
  });
}
