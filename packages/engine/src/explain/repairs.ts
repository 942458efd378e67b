import type { JwtProvider } from "../model/program.ts";
import type { ExplainedCondition, ExplainedRule, PolicyChange, PolicyEdit } from "./explanation.ts";
import { verified } from "./policy-edits.ts";
import type { Claims } from "./token-edit.ts";
import { globMatches, hasInnerStar, isBlock } from "./traps/texts.ts";
import type { Turning } from "./verify.ts";
import { positive, valueAt } from "./written.ts";

/** What is known besides a rule: the port of the Service that leads here, the token's claims, who reads them. */
export interface Besides {
  readonly servicePort: number | undefined;
  readonly claims: Claims | undefined;
  readonly provider: JwtProvider | undefined;
}

/** How a condition that was written wrongly was probably meant, if that turns the decision: only where a single one fails. */
export function repairs(
  failing: readonly ExplainedCondition[],
  besides: Besides,
  turning: Turning,
): readonly PolicyEdit[] {
  const [condition, second] = failing;
  if (condition === undefined || second !== undefined || condition.negated) return [];
  const changes = [
    ...rewritten(condition, besides.servicePort),
    ...renamed(condition),
    ...claimed(condition, besides),
    ...addressed(condition),
  ];
  return changes.flatMap((change) => verified([change], turning) ?? []).slice(0, 1);
}

/** The claim where the token has it; a claim of words, split into them. */
function claimed(
  { at, clause, actual }: ExplainedCondition,
  { claims, provider }: Besides,
): readonly PolicyChange[] {
  const { attribute } = clause;
  if (attribute.kind !== "claim" || claims === undefined || provider === undefined) return [];
  const parts = attribute.path.flatMap((name) => name.split("."));
  const [only, second] = attribute.path;
  if (parts.length > attribute.path.length && valueAt(claims, parts) !== undefined) {
    const key = `request.auth.claims${parts.map((name) => `[${name}]`).join("")}`;
    const place = { ...at, path: [...at.path.slice(0, -1), "key"] };
    return [{ at: place, do: "set", values: [key], left: key }];
  }
  if (only === undefined || second !== undefined || !actual.some((text) => text.includes(" ")))
    return [];
  const place = { ...provider.at, path: [...provider.at.path, "spaceDelimitedClaims"] };
  return [{ at: place, do: "add", values: [only], left: [only] }];
}

/** One value in another spelling: a template, the case that was seen, the port of the workload, a bare principal. */
function rewritten(
  condition: ExplainedCondition,
  servicePort: number | undefined,
): readonly PolicyChange[] {
  const { at, expected } = condition;
  return expected.flatMap((text, index): readonly PolicyChange[] => {
    const left = spelled(text, condition, servicePort);
    if (left === undefined) return [];
    return [{ at: { ...at, path: [...at.path, index] }, do: "set", values: [left], left }];
  });
}

function spelled(
  text: string,
  { actual, clause }: ExplainedCondition,
  servicePort: number | undefined,
): string | undefined {
  const [seen] = actual;
  const { kind } = clause.attribute;
  if (kind === "peer" && text.startsWith("spiffe://")) return text.slice("spiffe://".length);
  if (seen === undefined) return undefined;
  if (kind === "destination.port") return text === String(servicePort) ? seen : undefined;
  if (kind === "path" && hasInnerStar(text) && globMatches(text, seen))
    return text.replace(/\*/g, "{*}");
  return isOtherCase(text, seen) ? inCaseOf(text, seen) : undefined;
}

function isOtherCase(text: string, seen: string): boolean {
  return (
    text.toLowerCase() !== text.toUpperCase() &&
    globMatches(text.toLowerCase(), seen.toLowerCase()) &&
    !globMatches(text, seen)
  );
}

/** The letters that were seen, with the wildcard of the pattern. */
function inCaseOf(text: string, seen: string): string {
  if (text.startsWith("*")) return `*${seen.slice(seen.length - text.length + 1)}`;
  return text.endsWith("*") ? `${seen.slice(0, text.length - 1)}*` : seen;
}

/** The same values under another field: addresses of clients, calls of gRPC. */
function renamed({ at, field, expected }: ExplainedCondition): readonly PolicyChange[] {
  const to = { ipBlocks: "remoteIpBlocks", methods: "paths" }[positive(field)];
  if (to === undefined || (field === "methods" && !expected.every((text) => text.startsWith("/"))))
    return [];
  return [{ at, do: "rename", values: [to] }];
}

/** Blocks of addresses in a condition on a header, held against the client's address instead. */
function addressed({ at, clause, expected }: ExplainedCondition): readonly PolicyChange[] {
  if (clause.attribute.kind !== "header" || !expected.every(isBlock)) return [];
  const place = { ...at, path: [...at.path.slice(0, -1), "key"] };
  return [{ at: place, do: "set", values: ["remote.ip"], left: "remote.ip" }];
}

/** Two rules made one, if that turns the decision: the second dash was one too many. */
export function joinedRules(
  rule: ExplainedRule,
  other: number,
  turning: Turning,
): PolicyEdit | undefined {
  const second = Math.max(rule.ref.rule, other);
  const at = { resource: rule.ref.policy, path: ["spec", "rules", second] };
  return verified([{ at, do: "join", values: [] }], turning);
}
