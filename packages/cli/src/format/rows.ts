import type { Mesh, RuleRef, Verdict } from "@meshproof/engine";
import {
  type CaseResult,
  decidingHop,
  layersOf,
  reasonOf,
  ruleName,
  statusSeen,
} from "@meshproof/testkit";
import { placeText, type Texts } from "./position.ts";
import { callerText, requestText, targetText } from "./words.ts";

/** The headings of the table of verdicts; `wide` has more of them. */
export function headings(wide: boolean): readonly string[] {
  const more = wide ? ["LAYER", "HOP", "CHAIN", "SEEN AS"] : [];
  return ["DECISION", "STATUS", "FROM", "TO", "REQUEST", ...more, "DECIDED BY"];
}

/** One request as a row. */
export function verdictRow(
  { request, verdict, skipped }: CaseResult,
  {
    mesh,
    texts,
    wide,
  }: { readonly mesh: Mesh | undefined; readonly texts: Texts; readonly wide: boolean },
): readonly string[] {
  const asked = [callerText(request), targetText(request), requestText(request)];
  if (verdict === undefined) {
    const why = skipped === undefined ? "not asked: see above" : `skipped: ${skipped}`;
    return ["-", "-", ...asked, ...(wide ? ["-", "-", "-", "-"] : []), why];
  }
  const status = statusSeen(verdict)?.toString() ?? "-";
  const more = wide ? wideCells(verdict) : [];
  return [verdict.decision, status, ...asked, ...more, decidedBy(verdict, mesh, texts)];
}

function wideCells({ branches, ...verdict }: Verdict): readonly string[] {
  const layers = layersOf({ branches, ...verdict }).map((layer) => layer ?? "-");
  const [hop] = branches.map(decidingHop);
  const identities = hop?.saw?.identities ?? [];
  return [
    layers.join(" or "),
    hop === undefined ? "-" : `${hop.point} ${hop.proxy}`,
    hop?.chain ?? "-",
    identities.join(", ") || "-",
  ];
}

/** The rules that decided, each with its place; without one, the reason. */
function decidedBy(verdict: Verdict, mesh: Mesh | undefined, texts: Texts): string {
  return `${deciding(verdict, mesh, texts)}${brokenText(verdict.outcome)}`;
}

/** What is let through may still come to nothing: a proxy speaks TLS to somebody who does not. */
function brokenText(outcome: Verdict["outcome"]): string {
  const { kind, opaque, status, grpcStatus } = outcome ?? {};
  if (kind !== "forwarded" || !opaque || status === undefined) return "";
  const answer = grpcStatus === undefined ? `${status}` : `gRPC status ${grpcStatus}`;
  return ` (${answer}: TLS arrives where none is spoken, so the handshake fails)`;
}

function deciding(verdict: Verdict, mesh: Mesh | undefined, texts: Texts): string {
  if (verdict.by.length > 0) {
    const rules = verdict.by.map((rule) => ruleText(rule, mesh, texts)).join(", ");
    return verdict.layer === "custom" ? `${rules}  ${reasonOf(verdict)}` : rules;
  }
  if (isUnenforced(verdict)) return `NOT ENFORCED: ${reasonOf(verdict)}`;
  if (verdict.decision !== "undetermined") return reasonOf(verdict);
  const open = verdict.facts.filter(({ state }) => state === "unknown").map(({ id }) => id);
  return open.length > 0 ? `depends on ${open.join(", ")}` : reasonOf(verdict);
}

/** Whether a request is let in, and on some way by nothing but that no proxy is asked. */
export function isUnenforced({ decision, branches }: Verdict): boolean {
  return (
    decision === "allow" && branches.some((branch) => !(decidingHop(branch)?.enforced ?? true))
  );
}

/** `shop/orders[0]  policies.yaml:14:5` */
export function ruleText(rule: RuleRef, mesh: Mesh | undefined, texts: Texts): string {
  const place = mesh === undefined ? undefined : placeText(rule.at, mesh, texts);
  return place === undefined ? ruleName(rule) : `${ruleName(rule)}  ${place}`;
}
