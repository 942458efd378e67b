import type { CorsPolicy } from "../../model/route.ts";
import { fieldsOf, listOf, present, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { millisecondsOf } from "./duration.ts";
import { textMatch } from "./match.ts";

/**
 * Which preflights a CORS policy answers, and how: those of its origins; with `IGNORE` any.
 * Follows istio/istio:pilot/pkg/networking/core/route/route.go TranslateCORSPolicy.
 */
export function corsOf(policy: Fields): CorsPolicy {
  const stated = policy["allowOrigins"];
  const origins =
    stated === undefined
      ? listOf(policy["allowOrigin"]).map((exact) => ({ exact }))
      : listOf(stated).map(fieldsOf);
  return present({
    origins: origins.flatMap((each) => textMatch(each) ?? []),
    ignoresUnmatched: policy["unmatchedPreflights"] === "IGNORE" ? (true as const) : undefined,
    methods: textsOf(policy["allowMethods"])?.join(","),
    headers: textsOf(policy["allowHeaders"])?.join(","),
    credentials: policy["allowCredentials"] === true ? (true as const) : undefined,
    maxAge: secondsOf(policy["maxAge"]),
  });
}

function secondsOf(age: unknown): number | undefined {
  const milliseconds = millisecondsOf(age);
  return milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000);
}
