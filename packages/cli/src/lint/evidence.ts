import type { AccessRequest } from "@meshproof/engine";
import type { Evidence, Shown } from "@meshproof/engine/lint";
import { policyName } from "@meshproof/testkit";
import { callerText, requestText, targetText } from "../format/words.ts";

/** The evidence of a finding, a line each. */
export function evidenceLines(evidence: Evidence): readonly string[] {
  if (evidence.kind === "proof") return [`because ${evidence.because}`];
  return evidence.shows.map((shown) => `witness: ${shownText(shown)}`);
}

/** "sa/shop/web -> svc/shop/orders:80 GET /api: allow, forwarded". */
function shownText({ request, decision, answer, by, without }: Shown): string {
  const rules = [...new Set(by.map(({ policy, rule }) => `${policyName(policy)}[${rule}]`))];
  const decided = rules.length === 0 ? "" : ` by ${rules.join(", ")}`;
  const circumstance = without === undefined ? "" : ` (${without})`;
  return `${askedText(request)}: ${decision}, ${answer}${decided}${circumstance}`;
}

function askedText({ providers: _providers, ...request }: AccessRequest): string {
  const isBytes = request.http === undefined && request.grpc === undefined;
  const asked = isBytes ? requestText(request).replace(/^-/, "bytes") : requestText(request);
  const ip = request.source?.ip;
  const address = ip === undefined || ip === "10.9.8.7" ? "" : ` from address ${ip}`;
  return `${callerText(request)} -> ${targetText(request)} ${asked}${address}`;
}
