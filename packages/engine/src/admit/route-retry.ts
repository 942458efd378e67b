import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { isPresent, type Part, part } from "./read.ts";
import { durationFaults } from "./route-extras.ts";
import { routeFault } from "./route-words.ts";

/** istio/istio:pkg/config/validation/validation.go, validateHTTPRetry. */
export function retryFaults(route: Part): readonly Remark[] {
  if (!isPresent(route, "retries")) return [];
  const retries = part(route, "retries");
  const { path, fields } = retries;
  const attempts = numberOf(fields["attempts"]) ?? 0;
  const retryOn = textOf(fields["retryOn"]) ?? "";
  const asks = isPresent(retries, "perTryTimeout") || isPresent(retries, "retryRemoteLocalities");
  const isIdle = attempts === 0 && (asks || retryOn !== "");
  const unknown = retryOn === "" ? undefined : retryOn.split(",").find((each) => !isCause(each));
  return [
    ...(attempts < 0 ? [routeFault([...path, "attempts"], "less than 0")] : []),
    ...(isIdle ? [routeFault(path, "settings for retries of which there are 0 `attempts`")] : []),
    ...durationFaults(retries, "perTryTimeout"),
    ...(unknown === undefined
      ? []
      : [routeFault([...path, "retryOn"], `\`${unknown}\` is nothing to retry on`)]),
    ...durationFaults(retries, "backoff"),
  ];
}

const causes: ReadonlySet<string> = new Set([
  ...["5xx", "gateway-error", "reset", "reset-before-request", "connect-failure"],
  ...["retriable-4xx", "refused-stream", "retriable-status-codes", "retriable-headers"],
  ...["envoy-ratelimited", "http3-post-connect-failure", "cancelled", "deadline-exceeded"],
  ...["internal", "resource-exhausted", "unavailable"],
]);

/** Ranges of the codes that Go's `http.StatusText` knows. */
const statuses: readonly (readonly [number, number])[] = [
  ...([
    [100, 103],
    [200, 208],
    [226, 226],
    [300, 305],
    [307, 308],
  ] as const),
  ...([
    [400, 418],
    [421, 426],
    [428, 429],
    [431, 431],
    [451, 451],
    [500, 508],
    [510, 511],
  ] as const),
];

function isCause(word: string): boolean {
  const code = /^[+-]?\d+$/.test(word) ? Number(word) : 0;
  return causes.has(word) || statuses.some(([low, high]) => code >= low && code <= high);
}
