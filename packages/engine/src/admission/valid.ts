import { admit } from "../admit/admit.ts";
import type { Finding } from "../diagnostic.ts";
import type { Mesh } from "../model/mesh.ts";
import { isPolicy } from "../parse/kinds.ts";
import { isOrdinaryPolicy } from "../parse/ordinary-policy.ts";
import type { Change, Guard } from "./change.ts";
import { objectOf } from "./field.ts";
import { prunedFields } from "./pruned.ts";

/** What istiod's webhook would say of the object, and which fields of it were lost on the way. */
export function valid(): Guard {
  const guard = (_before: Mesh, after: Mesh, change: Change): readonly Finding[] => {
    const object = objectOf(change.object, change.key);
    if (object === undefined) return [];
    const pruned = isPolicy(object) ? prunedFields(object, change, after) : [];
    if (isOrdinaryPolicy(object.fields)) return pruned;
    const { findings } = admit(object, { admission: "enforce", release: after.release });
    return [...pruned, ...findings.filter((finding) => !isFollowUp(finding, pruned))];
  };
  return Object.assign(guard, { objectOnly: true } as const);
}

/** What is empty because its only field was removed is told of once. */
function isFollowUp({ at }: Finding, pruned: readonly Finding[]): boolean {
  return pruned.some((finding) => finding.at.file.startsWith(`${at.file}.`));
}
