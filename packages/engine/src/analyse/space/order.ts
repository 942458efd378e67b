import type { Kind } from "../partition/domain.ts";

const first: readonly string[] = [
  ...["peer", "path", "host", "claim iss", "claim sub", "source.ip", "remote.ip", "destination.ip"],
  ...["sni", "method", "destination.port"],
];

/** Attributes in the order that keeps diagrams small: few-valued and widely shared ones late, lists at the very end. */
export function byOrder(kindOf: (attribute: string) => Kind): (a: string, b: string) => number {
  const rank = (name: string): number => {
    if (kindOf(name).list) return name.startsWith("header ") ? 600 : 1000;
    const at = first.indexOf(name);
    return at >= 0 ? at : name.startsWith("header ") ? 500 : 400;
  };
  return (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1);
}
