import type { Hop, Mesh, Step } from "@meshproof/engine";
import { type CaseResult, countOf, ruleName } from "@meshproof/testkit";
import type { Texts } from "./position.ts";
import { ruleText } from "./rows.ts";
import { callerText, requestText, targetText } from "./words.ts";

/** A request layer by layer, at each proxy on its way. */
export function stepLines(
  { request, verdict }: CaseResult,
  mesh: Mesh | undefined,
  texts: Texts,
): readonly string[] {
  if (verdict === undefined) return [];
  const asked = `${callerText(request)} -> ${targetText(request)}  ${requestText(request)}`;
  const several = verdict.branches.length > 1;
  const branches = verdict.branches.flatMap(({ when, decision, hops }) => {
    const under = when.map(({ id, value }) => `${id} = ${value}`).join(", ");
    const head = several ? [`  if ${under}: ${decision}`] : [];
    return [...head, ...hops.flatMap((hop) => hopLines(hop, mesh, texts))];
  });
  return [`${verdict.decision}  ${asked}`, ...branches];
}

function hopLines(hop: Hop, mesh: Mesh | undefined, texts: Texts): readonly string[] {
  const chain = hop.chain === undefined ? "" : `, chain ${hop.chain}`;
  const why = hop.why === undefined ? "" : ` (${hop.why})`;
  return [
    `  ${hop.point} ${hop.proxy}${chain}${hop.enforced ? "" : ", nothing enforced"}${why}`,
    ...seenLines(hop),
    ...hop.steps.map((step) => `    ${stepText(step, mesh, texts)}`),
    `    ${outcomeText(hop)}`,
  ];
}

function seenLines({ saw }: Hop): readonly string[] {
  if (saw === undefined) return [];
  const { identities, sourceIp, remoteIp, sni, method, host, path } = saw;
  const parts = [
    identities.length > 0 ? identities.join(", ") : "no identity",
    ...(sourceIp === undefined ? [] : [`source ${sourceIp}`]),
    ...(remoteIp === undefined || remoteIp === sourceIp ? [] : [`remote ${remoteIp}`]),
    `port ${saw.destinationPort}`,
    ...(sni === undefined ? [] : [`SNI ${sni}`]),
    ...(method === undefined ? [] : [`${method} ${host ?? ""}${path ?? ""}`]),
  ];
  return [`    sees ${parts.join("; ")}`];
}

function stepText(step: Step, mesh: Mesh | undefined, texts: Texts): string {
  const { layer, result, by, policies, rules, text, dryRun } = step;
  const counts =
    rules === undefined
      ? []
      : [`${countOf(policies ?? 0, "policy", "policies")}, ${countOf(rules, "rule", "rules")}`];
  const dry = dryRun === undefined ? [] : [dryRunText(dryRun)];
  const parts = [
    ...by.map((rule) => ruleText(rule, mesh, texts)),
    ...(text === undefined ? [] : [text]),
    ...counts,
    ...dry,
  ];
  return `${layer.padEnd(7)} ${result.padEnd(6)} ${parts.join("; ")}`.trimEnd();
}

function dryRunText({ action, by, wouldDeny }: NonNullable<Step["dryRun"]>): string {
  const rules = by.length === 0 ? "no rule" : by.map(ruleName).join(", ");
  return `dry run ${action}: ${rules} matched, would ${wouldDeny ? "deny" : "let pass"}`;
}

function outcomeText({ outcome }: Hop): string {
  const { kind, status, details, body } = outcome;
  const parts = [
    status,
    details,
    body === undefined || body === "" ? undefined : JSON.stringify(body),
  ];
  return `${kind} ${parts.filter((part) => part !== undefined).join(" ")}`.trimEnd();
}
