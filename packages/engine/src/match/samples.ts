import type { Matcher, Piece, Text } from "../model/rule.ts";

/** Texts that match some patterns and texts that just do not: of each pattern, and of prefixes and suffixes put together. */
export function textSamples(patterns: readonly Text[]): readonly string[] {
  const ends = patterns.filter(isEnd);
  const prefixes = ends.filter(({ kind }) => kind === "prefix").map(({ text }) => text);
  const suffixes = ends.filter(({ kind }) => kind === "suffix").map(({ text }) => text);
  const pairs =
    prefixes.length * suffixes.length > 1024
      ? []
      : prefixes.flatMap((prefix) => suffixes.map((suffix) => `${prefix}x${suffix}`));
  return [...new Set([...patterns.flatMap(samplesOf), ...pairs])];
}

function isEnd(pattern: Text): pattern is Extract<Text, { kind: "exact" | "prefix" | "suffix" }> {
  return pattern.kind === "prefix" || pattern.kind === "suffix";
}

function samplesOf(pattern: Text): readonly string[] {
  switch (pattern.kind) {
    case "exact":
      return [pattern.text, `${pattern.text}x`];
    case "prefix":
      return [pattern.text, `${pattern.text}x`];
    case "suffix":
      return [pattern.text, `x${pattern.text}`];
    case "present":
      return ["x", ""];
    case "sequence":
      return ["", "x", "x/x"].map((filler) => fill(pattern.pieces, filler));
    case "re2":
      return [pattern.source.replace(/\.[*+]/g, "x").replace(/\\(.)/g, "$1")];
  }
}

function fill(pieces: readonly Piece[], filler: string): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      return piece.run === "segment" || piece.run === "template"
        ? filler.slice(0, 1) || "x".repeat(piece.min)
        : filler || "x".repeat(piece.min);
    })
    .join("");
}

/** Whether a value is compared as a text, not as an address, a port, a principal or a list. */
export function isText(matcher: Matcher): matcher is Text & Matcher {
  const { kind } = matcher;
  return kind !== "cidr" && kind !== "port" && kind !== "principal" && kind !== "list";
}
