import type { Attribute, Pattern } from "../../model/rule.ts";

/** Where the ranks of a request stand. `B`: counted from the end of the text. */
export const slots = {
  peer: 0,
  peerB: 1, // of the identity after its scheme
  namespace: 2, // in the identity
  namespaceB: 3,
  host: 4,
  hostB: 5,
  method: 6,
  methodB: 7,
  path: 8,
  pathB: 9,
  sni: 10,
  sniB: 11,
  "source.ip": 12,
  "remote.ip": 13,
  "destination.ip": 14,
  "destination.port": 15,
} as const;

/** The first slot of the patterns that are tested one by one. */
export const firstFlag = 16;

/** The ranks of such a pattern. */
export const unmatched = 1;
export const matched = 2;

/** Attributes of one text, with their slots. */
export const textSlots: Readonly<Record<TextKind, readonly [forward: number, backward: number]>> = {
  host: [slots.host, slots.hostB],
  method: [slots.method, slots.methodB],
  path: [slots.path, slots.pathB],
  sni: [slots.sni, slots.sniB],
};
export type TextKind = "host" | "method" | "path" | "sni";
export type AddressKind = "source.ip" | "remote.ip" | "destination.ip";

/** A pattern that no number stands for: templates, regular expressions, headers, claims. */
export interface Flag {
  readonly attribute: Attribute;
  readonly pattern: Pattern;
}

export function isText(kind: Attribute["kind"]): kind is TextKind {
  return Object.hasOwn(textSlots, kind);
}

export function isAddress(kind: Attribute["kind"]): kind is AddressKind {
  return kind === "source.ip" || kind === "remote.ip" || kind === "destination.ip";
}
