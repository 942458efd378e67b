import type { Pattern, Piece } from "../../model/rule.ts";
import type { Plain } from "./text-ranks.ts";

/** What of an ordinary identity a pattern looks at, and how. `any`: matches every one; `never`: none. */
export type PeerPattern =
  | { readonly of: "whole" | "rest" | "namespace"; readonly plain: Plain }
  | { readonly of: "any" | "never" };

/** An identity as Istio makes them, of which the patterns below are read: `spiffe://TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT`. */
const ordinaryPeer = /^spiffe:\/\/((?!ns\/)[\w.:-]+\/ns\/((?!ns\/)[\w.-]+)\/sa\/[\w.-]+)$/;

const scheme = "spiffe://";

/** The parts of an ordinary identity. Undefined: it is another one, of which patterns may see something else. */
export function peerParts(
  identity: string,
): { readonly rest: string; readonly namespace: string } | undefined {
  const [, rest, namespace] = ordinaryPeer.exec(identity) ?? [];
  return rest === undefined || namespace === undefined ? undefined : { rest, namespace };
}

/** How a pattern looks on ordinary identities: the sequences that istiod makes of namespaces, accounts and `*x`. */
export function peerPattern(pattern: Pattern): PeerPattern | undefined {
  if (pattern.kind === "exact" || pattern.kind === "prefix")
    return pattern.fold ? undefined : { of: "whole", plain: pattern };
  if (pattern.kind !== "sequence") return undefined;
  const { pieces } = pattern;
  const [first, second, third] = pieces;
  if (pieces.length === 1 && isAnything(first)) return { of: "any" };
  if (isAnything(first)) return namespacePattern(pieces);
  if (first !== scheme || !isAnything(second)) return undefined;
  if (pieces.length === 3 && typeof third === "string") return restPattern(third, second);
  return accountPattern(pieces);
}

function isAnything(piece: Piece | undefined): piece is Exclude<Piece, string> {
  return typeof piece === "object" && piece.run === "any";
}

/** The end of what follows the scheme. */
function restPattern(text: string, before: Exclude<Piece, string>): PeerPattern | undefined {
  if (before.min > 0 && !text.startsWith("/")) return undefined;
  return { of: "rest", plain: { kind: "suffix", text } };
}

/** The longer forms of an account, with something before or after `sa/NAME`: no ordinary identity has them. */
function accountPattern(pieces: readonly Piece[]): PeerPattern | undefined {
  const [, , where, more, last] = pieces;
  if (typeof where !== "string" || !/^\/ns\/[^/]+\//.test(where) || !isAnything(more))
    return undefined;
  if (more.min === 0) return undefined;
  const ended = pieces.length === 4 && /^\/ns\/[^/]+\/sa\/[^/]+\/$/.test(where);
  const within =
    /^\/ns\/[^/]+\/$/.test(where) && typeof last === "string" && last.startsWith("/sa/");
  return ended || within ? { of: "never" } : undefined;
}

/** `*` at one end of a namespace, or nowhere. */
function namespacePattern(pieces: readonly Piece[]): PeerPattern | undefined {
  const plain = plainNamespace(pieces);
  if (plain !== undefined) return { of: "namespace", plain: { kind: "exact", text: plain } };
  const texts = pieces.filter((piece) => typeof piece === "string");
  const alternate = pieces.every((piece, index) =>
    index % 2 === 0 ? isAnything(piece) && piece.min === 0 : typeof piece === "string",
  );
  const [start = "", finish = ""] = texts;
  if (!alternate || pieces.length !== texts.length * 2 + 1) return undefined;
  if (texts.length !== 2) return undefined;
  const begins = /^\/ns\/([^/]+)$/.exec(start)?.[1];
  if (begins !== undefined && finish === "/")
    return { of: "namespace", plain: { kind: "prefix", text: begins } };
  const ends = start === "/ns/" ? /^([^/]+)\/$/.exec(finish)?.[1] : undefined;
  if (ends === undefined || "sa".endsWith(ends)) return undefined; // "/sa/" follows every namespace
  return { of: "namespace", plain: { kind: "suffix", text: ends } };
}

/** The name of a namespace as a whole, which most patterns of namespaces are. */
function plainNamespace([before, text, after, ...more]: readonly Piece[]): string | undefined {
  if (more.length > 0 || typeof text !== "string" || !isAnyOrNone(before) || !isAnyOrNone(after))
    return undefined;
  const isName =
    text.startsWith(inNamespace) && text.indexOf("/", inNamespace.length) === text.length - 1;
  return isName && text.length > inNamespace.length + 1
    ? text.slice(inNamespace.length, -1)
    : undefined;
}

const inNamespace = "/ns/";

function isAnyOrNone(piece: Piece | undefined): boolean {
  return isAnything(piece) && piece.min === 0;
}
