import type { CorsPolicy } from "../../model/route.ts";
import { fieldsOf, listOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { textMatch } from "./match.ts";

/**
 * Which preflights a CORS policy answers: those of its origins; with `IGNORE` any.
 * Follows istio/istio:pilot/pkg/networking/core/route/route.go TranslateCORSPolicy.
 */
export function corsOf(policy: Fields): CorsPolicy {
  const stated = policy["allowOrigins"];
  const origins =
    stated === undefined
      ? listOf(policy["allowOrigin"]).map((exact) => ({ exact }))
      : listOf(stated).map(fieldsOf);
  return {
    origins: origins.flatMap((each) => textMatch(each) ?? []),
    ...(policy["unmatchedPreflights"] === "IGNORE" ? { ignoresUnmatched: true as const } : {}),
  };
}
