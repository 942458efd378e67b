import type { Place } from "../model/place.ts";
import type { Attachment, Resource, TargetRef } from "../model/policy.ts";

/** One target reference, and where it stands. */
export interface Target {
  readonly ref: TargetRef;
  readonly at: Place;
}

/** The target references that count: the list, or the single one where there is no list. */
export function targetsOf({ key, spec }: Resource<Attachment>): readonly Target[] {
  const { targetRef, targetRefs = [] } = spec;
  const at = (path: Place["path"]): Place => ({ resource: key, path: ["spec", ...path] });
  if (targetRefs.length > 0)
    return targetRefs.map((ref, index) => ({ ref, at: at(["targetRefs", index]) }));
  return targetRef === undefined ? [] : [{ ref: targetRef, at: at(["targetRef"]) }];
}
