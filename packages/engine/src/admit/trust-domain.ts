import type { Remark } from "../parse/remark.ts";
import { emptyValues, type Value } from "./read.ts";

/**
 * Trust domains: one `*` at most, at the start or end. `whole`: no slash either, as in `trustDomains`; the key
 * `source.trustDomain` lets one pass (istio/istio:pkg/config/security/security.go CheckTrustDomainValues, az:VAL-15, VAL-20).
 */
export function trustDomainFaults(
  list: readonly Value[],
  mode: "whole" | "any",
): readonly Remark[] {
  const hint = "like `td.example`, `td.*`, `*.example` or `*`";
  return [
    ...emptyValues(list),
    ...list.flatMap(({ path, text }): readonly Remark[] => {
      const message = faultOf(text, mode);
      return message === undefined
        ? []
        : [{ code: "webhook/bad-trust-domain", path, message, hint }];
    }),
  ];
}

function faultOf(text: string, mode: "whole" | "any"): string | undefined {
  const stars = text.split("*").length - 1;
  if (stars > 1) return `more than one \`*\` in \`${text}\``;
  if (stars === 1 && !text.startsWith("*") && !text.endsWith("*"))
    return `\`*\` in the middle of \`${text}\``;
  return mode === "whole" && text.includes("/")
    ? `a slash in the trust domain \`${text}\``
    : undefined;
}
