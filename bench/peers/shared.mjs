/* What every peer gets for nothing: its rules sorted by workload, and the request brought to the right one. */
import { addressOf, blockOf, keyOf, sorted, workloadsOf } from "../work/conjunctions.mjs";

export { keyOf, sorted, workloadsOf };

/** For peers without CIDR blocks: the plain scan that a user would add. */
export function blockScan(values) {
  const blocks = values.map(blockOf);
  return (ip) => {
    const address = addressOf(ip);
    return blocks.some(({ low, high }) => low <= address && address <= high);
  };
}

/** For peers without lists of patterns: the same for texts. */
export function textTest(values) {
  const { exact, prefix, suffix, present } = sorted(values);
  const known = new Set(exact);
  return (value) =>
    known.has(value) ||
    prefix.some((text) => value.startsWith(text)) ||
    suffix.some((text) => value.endsWith(text)) ||
    (present.length > 0 && value !== "");
}
