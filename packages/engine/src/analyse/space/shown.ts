import { decodeUtf8 } from "../../match/sequence.ts";
import type { Piece, Text } from "../../model/rule.ts";

/** A pattern as a policy writes it, as far as one can tell; `field` says what stands around it. */
export function shownText(field: string, pattern: Text): string {
  switch (pattern.kind) {
    case "exact":
      return readable(field, pattern.text);
    case "prefix":
      return shownPrefix(field, pattern.text);
    case "suffix":
      return `*${readable("", pattern.text)}`;
    case "present":
      return "*";
    case "re2":
      return pattern.source;
    case "sequence":
      return shownSequence(field, pattern.pieces);
  }
}

const scheme = "spiffe://";

function readable(field: string, text: string): string {
  const decoded = decodeUtf8(text) ?? text;
  return isPeer(field) && decoded.startsWith(scheme) ? decoded.slice(scheme.length) : decoded;
}

function isPeer(field: string): boolean {
  return /principal|namespace|serviceAccount|trustDomain/i.test(field) && !/request/i.test(field);
}

function shownPrefix(field: string, text: string): string {
  if (!/trustDomain/.test(field)) return `${readable(field, text)}*`;
  return `trust domain ${readable(field, text).replace(/\/$/, "") || "*"}`;
}

function shownSequence(field: string, pieces: readonly Piece[]): string {
  const whole = pieces.map(pieceText).join("");
  const text = decodeUtf8(whole) ?? whole;
  if (/namespace/.test(field)) return `namespace ${/^\*?\/ns\/(.*)\/\*?$/.exec(text)?.[1] ?? text}`;
  if (/serviceAccount/.test(field)) {
    const [, namespace, account] = /\/ns\/([^/]*)\/.*sa\/([^/]*)/.exec(text) ?? [];
    return `service account ${namespace}/${account}`;
  }
  if (/trustDomain/.test(field))
    return `trust domain ${/^spiffe:\/\/(.*)\/\*$/.exec(text)?.[1] ?? text}`;
  return isPeer(field) && text.startsWith(scheme) ? text.slice(scheme.length) : text;
}

function pieceText(piece: Piece): string {
  if (typeof piece === "string") return piece;
  if (piece.run === "template") return "{*}";
  return piece.run === "template-or-slash" ? "{**}" : "*";
}
