/**
 * Whether headers mean nothing to a proxy but what rules make of them, and together are no more than it takes: names that nobody but the
 * workload reads, or that Envoy hands on as they are.
 */
export function arePlainHeaders(headers: unknown): boolean {
  if (typeof headers !== "object" || headers === null || Array.isArray(headers)) return false;
  let length = 0;
  let count = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== "string" || !isPlainName(name) || !/^[ -~]*$/.test(value)) return false;
    length += name.length + value.length;
    count += 1;
  }
  return length <= longest && count <= most;
}

const longest = 16_384;
const most = 40;

function isPlainName(name: string): boolean {
  const lower = name.toLowerCase();
  if (ordinary.has(lower)) return true;
  return /^x-[a-z0-9-]+$/.test(lower) && !read.some((each) => lower.startsWith(each));
}

const ordinary: ReadonlySet<string> = new Set([
  ...["accept", "accept-encoding", "accept-language", "cache-control", "user-agent"],
  ...["traceparent", "tracestate"],
]);

/** How names begin that Envoy or Istio read or write. */
const read: readonly string[] = [
  ...["x-envoy-", "x-forwarded-", "x-istio-", "x-request-id", "x-client-trace-id", "x-b3-"],
  ...["x-ext-authz", "x-original-", "x-real-", "x-http-method"],
];
