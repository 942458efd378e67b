import { codes, type Finding, type Severity } from "../diagnostic.ts";
import type { Release } from "../model/mesh.ts";
import type { ParsedDocument } from "../parse/document.ts";
import { groupOf, isPolicy } from "../parse/kinds.ts";
import type { Fields, ParsedObject } from "../parse/objects.ts";
import { findingOf, type Remark } from "../parse/remark.ts";
import { annotationFaults } from "./annotations.ts";
import { judge } from "./judge.ts";
import { withLeftover } from "./leftover.ts";
import { isNetworking } from "./networking.ts";

/** What happens to an object that a cluster would refuse. */
export type Admission = "enforce" | "skip" | "prune" | "bypass";

export interface Admitted {
  readonly fields?: Fields; // the object as the cluster would hold it; absent: it would not
  readonly findings: readonly Finding[];
}

/**
 * An object as the cluster would hold it, or not, and what is said of it. `enforce` and `skip` leave out what is refused (`skip`
 * says so as a warning), `prune` drops unknown fields as a lenient client gets it and judges the rest, `bypass` keeps it as it stands.
 */
export function admit(
  object: ParsedObject,
  { admission, release }: { readonly admission: Admission; readonly release: Release },
): Admitted {
  const { kind, fields, document } = object;
  if (admission === "bypass") return { fields, findings: [] };
  if (!isPolicy(object) && !isNetworking(object)) return admitOther(object, admission);
  const judgement = judge(kind, fields, release);
  const { unknown, empty, crd, stored } = judgement;
  const isStrict = admission !== "prune" && unknown.length > 0; // then the webhook is not asked
  const webhook = isStrict ? [] : judgement.webhook;
  const errors = [...crd, ...webhook.filter(isError)];
  const warnings = [...empty, ...webhook.filter((remark) => !isError(remark))];
  const findings = [
    ...place(withLeftover(judgement), document, admission === "enforce" ? "error" : "warning"),
    ...place(errors, document, admission === "skip" ? "warning" : "error"),
    ...place(warnings, document, "warning"),
  ];
  return isStrict || errors.length > 0 ? { findings } : { fields: stored, findings };
}

/** Of Istio's other kinds the webhook's word on annotations is known here. */
function admitOther(object: ParsedObject, admission: Admission): Admitted {
  const { kind, fields, document } = object;
  const { group } = groupOf(object);
  const isIstio = /(?:^|\.)istio\.io$/.test(group);
  const whole = { path: [], fields };
  const faults = isIstio ? annotationFaults(kind, whole) : [];
  const findings = place(faults, document, admission === "skip" ? "warning" : "error");
  return faults.length > 0 ? { findings } : { fields, findings };
}

function isError({ code }: Remark): boolean {
  return codes[code] === "error";
}

function place(
  remarks: readonly Remark[],
  document: ParsedDocument,
  severity: Severity,
): readonly Finding[] {
  return remarks.map((remark) => ({ ...findingOf(remark, document), severity }));
}
