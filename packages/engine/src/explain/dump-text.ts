import { decodeUtf8 } from "../match/sequence.ts";
import type { Piece, Text } from "../model/rule.ts";

type Dumped = Readonly<Record<string, unknown>>;
type Sequence = Extract<Text, { kind: "sequence" }>;

/** Whether a path is a template: Envoy has a matcher of its own for those. */
export function isTemplate(matcher: Text): matcher is Sequence {
  return (
    matcher.kind === "sequence" &&
    matcher.pieces.some((piece) => typeof piece !== "string" && piece.run.startsWith("template"))
  );
}

/** A path template as Envoy writes it, `*` for a segment and `**` for any number. */
export function template({ pieces }: Sequence): Dumped {
  const type = "envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig";
  const pathTemplate = pieces
    .map((piece) => (typeof piece === "string" ? piece : piece.run === "template" ? "*" : "**"))
    .join("");
  const typedConfig = { "@type": `type.googleapis.com/${type}`, pathTemplate };
  return { uriTemplate: { name: "uri-template", typedConfig } };
}

/** A text as Envoy's string matcher. */
export function text(matcher: Text): Dumped {
  switch (matcher.kind) {
    case "exact":
    case "prefix":
    case "suffix": {
      const value = decodeUtf8(matcher.text) ?? matcher.text;
      return { [matcher.kind]: value, ...(matcher.fold ? { ignoreCase: true } : {}) };
    }
    default:
      return { safeRegex: { regex: pattern(matcher) } };
  }
}

/** A text as a regular expression. */
export function pattern(matcher: Text): string {
  if (matcher.kind === "re2") return matcher.source;
  return matcher.kind === "sequence" ? matcher.pieces.map(regex).join("") : ".*";
}

const runs = { any: ".", segment: "[^/]", template: "[^/]", "template-or-slash": "." } as const;

/** As Go's regexp.QuoteMeta writes literals. */
function regex(piece: Piece): string {
  if (typeof piece === "string") return piece.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
  return `${runs[piece.run]}${piece.min === 0 ? "*" : "+"}`;
}
