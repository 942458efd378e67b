import type { Pattern, Piece, Text } from "../model/rule.ts";
import { utf8Bytes } from "./bytes.ts";

/** Which values a release of istiod takes literally; it put the others into regular expressions as they stood. */
export interface Literal {
  readonly namespaces: boolean; // and principals that end in something
  readonly serviceAccounts: boolean;
}

const anything: Piece = { run: "any", min: 0 };
const something: Piece = { run: "any", min: 1 };

/** Pieces as a text, literals that touch made one: then the first place where one fits is as good as any. */
export function sequence(pieces: readonly Piece[]): Text {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === "string" && typeof last === "string")
      merged[merged.length - 1] = last + piece;
    else if (piece !== "") merged.push(piece);
  }
  return { kind: "sequence", pieces: merged };
}

/** At least one character, and no line feed: `.+`. */
const nonEmpty: Text = { kind: "sequence", pieces: [something] };

/**
 * A policy's text pattern: one `*` alone or at either end, anywhere else an ordinary character. Alone it wants a non-empty value.
 * Follows istio/istio:pilot/pkg/security/authz/matcher/string.go (az:STR-1, az:STR-3).
 */
export function parseText(value: string): Text {
  return value === "*" ? nonEmpty : ends(value);
}

/** The same for a header, where `*` alone only wants it to be there. Follows istio/istio:pilot/pkg/security/authz/matcher/header.go. */
export function parseHeaderText(value: string): Text {
  return value === "*" ? { kind: "present" } : ends(value);
}

/** The same for a host, in any ASCII case. */
export function parseHost(value: string): Text {
  const text = parseHeaderText(value);
  return text.kind === "present" || text.kind === "sequence" || text.kind === "re2"
    ? text
    : { ...text, fold: true };
}

/** A header name or one like it, in an extension provider: `*` alone is refused before. */
export function parseHeaderName(value: string): Text {
  return { ...ends(value), fold: true };
}

function ends(value: string): Extract<Text, { kind: "exact" | "prefix" | "suffix" }> {
  if (value.startsWith("*")) return { kind: "suffix", text: value.slice(1) };
  if (value.endsWith("*")) return { kind: "prefix", text: value.slice(0, -1) };
  return { kind: "exact", text: value };
}

const scheme = "spiffe://";

/** A principal, which is written without its scheme. `*` alone wants any identity, also one that is no SPIFFE id. */
export function parsePrincipal(value: string, literal: Literal): Text {
  if (value === "*") return nonEmpty;
  const text = ends(value);
  if (text.kind !== "suffix") return { kind: text.kind, text: scheme + text.text };
  return literal.namespaces
    ? sequence([scheme, anything, text.text])
    : { kind: "re2", source: `${scheme}.*${text.text}` };
}

/** A namespace anywhere in the identity, in any trust domain; every `*` of it stands for anything. */
export function parseNamespace(value: string, literal: Literal): Text {
  const parts = value.split("*");
  if (!literal.namespaces) return { kind: "re2", source: `.*/ns/${parts.join(".*")}/.*` };
  const pieces = parts.flatMap((part, index) => (index === 0 ? [part] : [anything, part]));
  return sequence([anything, "/ns/", ...pieces, "/", anything]);
}

/**
 * A service account, `name` or `namespace/name`, in any trust domain: `spiffe://.+/ns/NS/(.+/|)sa/NAME(/.+)?`.
 * Several patterns, of which one must match.
 */
export function parseServiceAccount(
  value: string,
  namespace: string,
  literal: Literal,
): readonly Text[] {
  const slash = value.indexOf("/");
  const of = slash < 0 ? namespace : value.slice(0, slash);
  const name = value.slice(slash + 1);
  if (!literal.serviceAccounts)
    return [{ kind: "re2", source: `${scheme}.+/ns/${of}/(.+/|)sa/${name}(/.+)?` }];
  const start: readonly Piece[] = [scheme, something, `/ns/${of}/`];
  const middles: readonly (readonly Piece[])[] = [[], [something, "/"]];
  const tails: readonly (readonly Piece[])[] = [[], ["/", something]];
  return middles.flatMap((middle) =>
    tails.map((tail) => sequence([...start, ...middle, `sa/${name}`, ...tail])),
  );
}

/** A trust domain. Its first `*` stands for anything within it. */
export function parseTrustDomain(value: string): Text {
  if (value === "*") return { kind: "prefix", text: scheme };
  const star = value.indexOf("*");
  if (star < 0) return { kind: "prefix", text: `${scheme}${value}/` };
  const inside: Piece = { run: "segment", min: 0 };
  return sequence([
    ...[scheme, value.slice(0, star), inside, value.slice(star + 1)],
    ...["/", anything],
  ]);
}

/**
 * A request principal, split at its last slash into issuer and subject (az:RP). Texts are characters, as claims are.
 * Follows istio/istio:pilot/pkg/security/authz/model/generator.go requestPrincipalGenerator.
 */
export function parseRequestPrincipal(value: string): Pattern {
  const slash = value.lastIndexOf("/");
  const [issuer, subject] = principalTexts(value, slash);
  return { kind: "principal", issuer, subject };
}

function principalTexts(value: string, slash: number): readonly [Text, Text] {
  if (value === "*") return [nonEmpty, nonEmpty];
  if (slash < 0) {
    const text = ends(value);
    if (text.kind === "suffix") return [nonEmpty, text];
    return [text, text.kind === "prefix" ? nonEmpty : { kind: "exact", text: "" }];
  }
  const issuer = value.slice(0, slash);
  const subject = value.slice(slash + 1);
  if (value.startsWith("*"))
    return [
      issuer === "*" ? nonEmpty : { kind: "suffix", text: issuer.slice(1) },
      { kind: "exact", text: subject },
    ];
  const exactIssuer: Text = { kind: "exact", text: issuer };
  if (!value.endsWith("*")) return [exactIssuer, { kind: "exact", text: subject }];
  if (subject === "*") return [exactIssuer, nonEmpty];
  return [exactIssuer, { kind: "prefix", text: subject.slice(0, -1) }];
}

/** A value of `experimental.envoy.filters.*`: in brackets, some element of a list must match. */
export function parseMetadata(value: string): Pattern {
  if (!value.startsWith("[") || !value.endsWith("]")) return parseText(value);
  return { kind: "list", element: parseText(value.replace(/^[[\]]+/, "").replace(/[[\]]+$/, "")) };
}

/** A parser for text that Envoy compares as bytes. */
export function ofBytes<T>(parse: (value: string) => T): (value: string) => T {
  return (value) => parse(utf8Bytes(value));
}
