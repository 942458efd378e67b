import type { Release } from "../model/mesh.ts";
import type { Remark } from "../parse/remark.ts";
import { crdAttachment, webhookAttachment } from "./attachment.ts";
import { crdJwtRule, webhookJwtRule } from "./jwt-rule.ts";
import { type Part, parts } from "./read.ts";

/** The CRD's rules for a RequestAuthentication (istio/istio:manifests/charts/base/files/crd-all.gen.yaml, an:V-31, V-47). */
export function crdRequestAuthentication(spec: Part): readonly Remark[] {
  return [...crdAttachment(spec), ...parts(spec, "jwtRules").flatMap(crdJwtRule)];
}

/** What istiod's webhook says of one (istio/istio:pkg/config/validation/validation.go ValidateRequestAuthentication, an:V-30 to V-46). */
export function webhookRequestAuthentication(spec: Part, release: Release): readonly Remark[] {
  return [
    ...webhookAttachment(spec),
    ...parts(spec, "jwtRules").flatMap((rule) => webhookJwtRule(rule, release)),
  ];
}
