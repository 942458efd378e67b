import type { Suite } from "./suite.ts";

/** Names with those of groups replaced by their members. */
export function expandGroups(
  names: readonly string[],
  groups: Suite["spec"]["groups"] = {},
): readonly string[] {
  const members = names.flatMap((name) =>
    Object.hasOwn(groups, name) ? (groups[name] ?? []) : [name],
  );
  return [...new Set(members)];
}
