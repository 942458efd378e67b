import { diagnose, type Finding } from "../diagnostic.ts";
import type { Span } from "../model/place.ts";

const template = /\{\{/;
const placeholder = /\$\{[A-Za-z_][\w.-]*\}|<[A-Z][A-Z0-9_-]*>|@@[A-Z_]+@@/;

/** What the parser could not read, named as what it most likely is. */
export function syntaxFinding(
  error: { readonly code: string; readonly message: string },
  at: Span,
  text: string,
  document: string,
): Finding {
  const span = narrow(at, text);
  if (/call stack/.test(error.message))
    return diagnose("yaml/too-deep", "nested too deeply to be read", span);
  if (template.test(document)) return templateFinding(span);
  if (placeholder.test(lineAt(text, span.start)))
    return diagnose(
      "yaml/placeholder",
      "a placeholder that was not filled in",
      span,
      "render the file first",
    );
  if (/^Unexpected flow-map-start/.test(error.message))
    return diagnose("yaml/syntax", "a second object in one document", span, apart);
  return diagnose("yaml/syntax", sentence(error.message), span, hints[error.code]);
}

/** JSON one object after the other, as `jq -c '.items[]'` writes it. */
const apart =
  'put `---` between them, or all into one List: `jq -s \'{apiVersion: "v1", kind: "List", items: .}\'`';

/** Helm's braces, also where YAML takes them for a mapping as the key of another: `name: {{ .Values.name }}`. */
export function templateFinding(at: Span): Finding {
  const hint = "render it first: `helm template . | authz ... -f -`";
  return diagnose("yaml/template", "a Helm template, not yet YAML", at, hint);
}

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "indent with spaces",
  BAD_INDENT: "align it with its neighbours",
  MISSING_CHAR: "look for a quote, bracket or comma that is missing before it",
  BLOCK_AS_IMPLICIT_KEY: "a value with `: ` in it needs quotes",
  MULTILINE_IMPLICIT_KEY: "look for a missing colon, or a line that is indented too far",
};

function sentence(message: string): string {
  const [first = message] = message.split("\n");
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, "");
}

/** The parser may blame everything up to the end of the file: one line is enough. */
function narrow({ file, start, end }: Span, text: string): Span {
  const from = Math.min(start, Math.max(0, text.length - 1));
  const line = text.indexOf("\n", from);
  const last = Math.min(Math.max(end, from + 1), line < 0 ? text.length : Math.max(line, from + 1));
  return { file, start: from, end: last };
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(start, end < 0 ? text.length : end);
}
