import type { Observed } from "./observe.ts";

/** Whether what came out is what a person expects: `allow`, `deny` (by RBAC), a status, an outcome, or words of body or details. */
export function meets(expect: string, got: Observed): boolean {
  const { outcome, status, body = "", details = "", opaque, upstream } = got;
  if (expect === "allow") return outcome === "tcp-ok" || (outcome === "http" && Boolean(upstream));
  if (expect === "deny") return details.includes("rbac_access_denied");
  if (/^\d+$/.test(expect)) return String(status) === expect;
  const short = inShort(outcome, status, opaque);
  return short === expect || `${short} ${body} ${details}`.includes(expect);
}

function inShort(outcome: string, status: number | undefined, opaque: boolean | undefined): string {
  if (outcome === "http" || outcome === "protocol-error") return `${outcome} ${status}`;
  return opaque ? "opaque" : outcome;
}
