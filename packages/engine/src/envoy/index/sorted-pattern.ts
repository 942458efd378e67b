import type { Attribute, Pattern } from "../../model/rule.ts";
import { type PeerPattern, peerPattern } from "./peer-patterns.ts";
import { type AddressKind, isAddress, isText, type TextKind } from "./slots.ts";
import type { Plain } from "./text-ranks.ts";

/** How a pattern of an attribute is told from others: by the number of a value, or (`flag`) by testing it. */
export type SortedPattern =
  | { readonly of: "peer"; readonly pattern: PeerPattern }
  | { readonly of: "text"; readonly kind: TextKind; readonly plain: Plain }
  | { readonly of: "present"; readonly kind: TextKind }
  | {
      readonly of: "address";
      readonly kind: AddressKind;
      readonly block: Extract<Pattern, { kind: "cidr" }>;
    }
  | { readonly of: "port"; readonly port: number }
  | { readonly of: "flag"; readonly key: string };

/** Sorts a pattern. */
export function sortPattern(attribute: Attribute, pattern: Pattern): SortedPattern {
  const { kind } = attribute;
  if (kind === "peer") {
    const read = peerPattern(pattern);
    if (read) return { of: "peer", pattern: read };
  }
  if (isAddress(kind) && pattern.kind === "cidr") return { of: "address", kind, block: pattern };
  if (kind === "destination.port" && pattern.kind === "port")
    return { of: "port", port: pattern.port };
  if (isText(kind)) {
    if (pattern.kind === "present") return { of: "present", kind };
    const plain = plainText(kind, pattern);
    if (plain) return { of: "text", kind, plain };
  }
  const key = `${JSON.stringify(attribute)} ${JSON.stringify({ ...pattern, of: undefined })}`;
  return { of: "flag", key };
}

/** Hosts are in any case, everything else is as it is written; a pattern of the other sort is tested by itself. */
function plainText(kind: TextKind, pattern: Pattern): Plain | undefined {
  if (pattern.kind !== "exact" && pattern.kind !== "prefix" && pattern.kind !== "suffix")
    return undefined;
  if ((pattern.fold === true) !== (kind === "host")) return undefined;
  return { kind: pattern.kind, text: kind === "host" ? lowerCase(pattern.text) : pattern.text };
}

/** ASCII only. */
export function lowerCase(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}
