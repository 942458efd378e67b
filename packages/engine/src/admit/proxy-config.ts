import { numberOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { webhookSelector } from "./attachment.ts";
import { type Part, part } from "./read.ts";
import { routeFault } from "./route-words.ts";

/** What istiod's webhook says of a ProxyConfig. istio/istio:pkg/config/validation/validation.go, ValidateProxyConfig */
export function webhookProxyConfig(object: Part): readonly Remark[] {
  const spec = part(object, "spec");
  const threads = numberOf(spec.fields["concurrency"]) ?? 0;
  const path = [...spec.path, "concurrency"];
  return [
    ...webhookSelector(spec),
    ...(threads < 0 ? [routeFault(path, `\`${threads}\` is no number of threads`)] : []),
  ];
}
