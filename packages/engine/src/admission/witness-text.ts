import type { Region } from "../analyse/api.ts";
import type { AccessRequest } from "../model/access-request.ts";
import { policyText } from "./policy-text.ts";

/** A request that shows something, and what becomes of it: "sa/jobs/x -> deploy/shop/orders:8080 GET /api (403, then allowed by shop/orders[0])". */
export function witnessText({ witness, terms, text }: Region): string {
  const { request, statuses, by } = witness;
  const [rule] = by;
  const decider = rule === undefined ? "" : ` by ${policyText(rule)}`;
  const ways = `${statuses.join(", then ")}${decider}`;
  const general = terms.length === 0 ? "whatever the request" : text;
  return `${requestText(request)} (${ways}); in general: ${general}`;
}

/** A request on one line. The text of a token is none of anybody's business. */
function requestText({ from = "anyone", to, http, grpc, token }: AccessRequest): string {
  const target = typeof to === "string" ? to : `ns/${to.namespace}:${to.port}`;
  const what = grpc ?? (typeof http === "string" ? textOf(http) : partsText(http));
  return [from, "->", target, what, token === undefined ? "" : "with a token"]
    .filter((part) => part !== "")
    .join(" ");
}

/** Connections that carry no HTTP. */
function textOf(http: string): string {
  return http === "none" ? "(bytes)" : http;
}

function partsText(http: Exclude<AccessRequest["http"], string>): string {
  if (http === undefined) return "";
  const { method = "", host = "", path = "", headers = {} } = http;
  const names = Object.keys(headers).join(", ");
  return `${method} ${host}${path}${names === "" ? "" : ` with ${names}`}`.trim();
}
