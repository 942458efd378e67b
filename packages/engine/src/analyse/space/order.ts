import type { Kind } from "../partition/domain.ts";

const first: readonly string[] = [
  ...["peer", "path", "host", "claim iss", "claim sub", "source.ip", "remote.ip", "destination.ip"],
  ...["sni", "method", "destination.port"],
];

/** Attributes in the order that keeps diagrams small: few-valued and widely shared ones late, lists at the very end. */
export function inOrder(
  names: Iterable<string>,
  kindOf: (attribute: string) => Kind,
): readonly string[] {
  const ranked = [...names].map((name) => ({ name, rank: rankOf(name, kindOf(name)) }));
  ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  return ranked.map(({ name }) => name);
}

function rankOf(name: string, { list }: Kind): number {
  if (list) return name.startsWith("header ") ? 600 : 1000;
  const at = first.indexOf(name);
  return at >= 0 ? at : name.startsWith("header ") ? 500 : 400;
}
