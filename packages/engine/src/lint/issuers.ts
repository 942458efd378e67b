import type { Pattern } from "../model/rule.ts";
import type { Point } from "./points.ts";
import { providersOf } from "./request-of.ts";
import type { Value } from "./values.ts";

/** Every issuer that is known at some points. */
export function issuersAt(points: readonly Point[]): readonly string[] {
  return [...new Set(points.flatMap(providersOf).map(({ issuer }) => issuer))];
}

/** The issuers that a value spells out. */
export function issuersIn({ attribute, patterns, text }: Value): readonly string[] {
  if (attribute.kind === "claim")
    return attribute.path.join() === "iss" && !text.includes("*") ? [text] : [];
  return patterns.flatMap(issuerOf);
}

function issuerOf(pattern: Pattern): readonly string[] {
  return pattern.kind === "principal" && pattern.issuer.kind === "exact"
    ? [pattern.issuer.text]
    : [];
}

/** Whether a value is about what a token says. */
export function isOfToken({ attribute }: Pick<Value, "attribute">): boolean {
  return attribute.kind === "request.principal" || attribute.kind === "claim";
}
