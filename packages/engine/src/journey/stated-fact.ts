import type { EvaluateOptions } from "../model/access-request.ts";

/** What the caller of `evaluate` states of a fact, by its id. */
export function statedFact(
  { facts = {}, keys = {} }: EvaluateOptions,
  id: string,
): string | undefined {
  return (
    facts[id] ??
    (id.startsWith("keys:") ? keys[id.slice("keys:".length)] : undefined) ??
    (id.startsWith("filters:") ? facts["filters"] : undefined)
  );
}
