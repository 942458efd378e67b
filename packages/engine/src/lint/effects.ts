import type { Value } from "./values.ts";

/** What it means for access that a value matches nothing. */
export function whenDead({ action, negated }: Pick<Value, "action" | "negated">): string {
  if (action === "AUDIT") return "nothing is logged because of it";
  if (action === "CUSTOM")
    return negated ? "it makes no exception" : "the provider is not asked because of it";
  if (action === "DENY")
    return negated ? "it makes no exception from the denial" : "it denies nothing";
  return negated ? "it keeps nobody out" : "it lets nothing in";
}
