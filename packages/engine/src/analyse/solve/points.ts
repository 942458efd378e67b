import type { Diagrams } from "./diagram-nodes.ts";

/** Values of the variables under which the function is true: 1, 0 or -1 where it does not matter. Zeros where there is a choice. */
export function satisfying(
  { variable: of, low, high, variables }: Diagrams,
  root: number,
): Int8Array {
  const bits = new Int8Array(variables).fill(-1);
  for (let at = root; at > 1; ) {
    const zero = low[at] ?? 0;
    bits[of[at] ?? 0] = zero === 0 ? 1 : 0;
    at = zero === 0 ? (high[at] ?? 0) : zero;
  }
  return bits;
}

/** The value of the function. */
export function holds(
  { variable: of, low, high }: Diagrams,
  root: number,
  bits: Int8Array,
): boolean {
  let at = root;
  while (at > 1) at = (bits[of[at] ?? 0] === 1 ? high[at] : low[at]) ?? 0;
  return at === 1;
}
