import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from "yaml";
import { diagnose, type Finding } from "../diagnostic.ts";
import type { Path, Span } from "../model/place.ts";
import { aliasesOf } from "./aliases.ts";
import type { Parsed, ParsedDocument, SourceFile } from "./document.ts";
import { type Found, lookUp } from "./look-up.ts";
import { syntaxFinding, templateFinding } from "./syntax.ts";
import { type Fault, toValue } from "./value.ts";

/** As the full parser reads it, whatever it is. */
export function parseFully({ path, text }: SourceFile): Parsed {
  const control = controlCharacter(path, text);
  if (control) return { documents: [], findings: [control] };
  const parsed = parseTree(text);
  if (parsed === undefined)
    return {
      documents: [],
      findings: [diagnose("yaml/too-deep", "nested too deeply to be read", wholeFile(path, text))],
    };
  const documents: ParsedDocument[] = [];
  const findings: Finding[] = [];
  for (const tree of parsed) {
    const read = readDocument(tree, path, text);
    for (const finding of read.findings) findings.push(finding); // as arguments they may be too many
    if (read.document) documents.push(read.document);
  }
  return { documents, findings };
}

/** What YAML may not hold, and the parser takes (yaml/go-yaml:readerc.go): `kubectl` refuses a file with such a character. */
function controlCharacter(file: string, text: string): Finding | undefined {
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  const at = text.slice(mark).search(unprintable);
  if (at < 0) return undefined;
  const start = mark + at;
  const code = text.charCodeAt(start).toString(16).padStart(4, "0");
  const hint = `in double quotes it is written \`\\u${code}\``;
  const message = "control characters are not allowed";
  return diagnose("yaml/syntax", message, { file, start, end: start + 1 }, hint);
}

const unprintable =
  /[^\t\n\r -~\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

type Tree = Document.Parsed;

function parseTree(text: string): readonly Tree[] | undefined {
  try {
    const trees = parseAllDocuments(text, {
      schema: "failsafe",
      prettyErrors: false,
      uniqueKeys: false,
      merge: false,
      keepSourceTokens: false,
      logLevel: "silent",
      lineCounter: new LineCounter(),
    });
    return "empty" in trees ? [] : trees;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the parser's own recursion
    throw error;
  }
}

function readDocument(
  tree: Tree,
  file: string,
  text: string,
): { readonly document?: ParsedDocument; readonly findings: readonly Finding[] } {
  const [error] = tree.errors;
  if (error) {
    const [start, end] = error.pos;
    const shown = { code: error.code, message: error.message };
    return { findings: [syntaxFinding(shown, { file, start, end }, text, rangeOf(tree, text))] };
  }
  const root = tree.contents;
  if (root === null) return { findings: [] };
  const aliases = aliasesOf(root);
  const { value, faults } = toValue(root, aliases);
  if (faults.length > 0)
    return { findings: faults.map((fault) => faultFinding(fault, file, text)) };
  const find = (path: Path): Found => lookUp(root, aliases, path);
  const span = (node: Node): Span => ({ file, ...spanOf(node, text) });
  return {
    document: {
      file,
      value,
      locate: (path) => span(find(path).value),
      locateKey: (path) => {
        const { key, value: node } = find(path);
        return span(key ?? node);
      },
    },
    findings: [],
  };
}

function faultFinding({ code, message, at, related }: Fault, file: string, text: string): Finding {
  const span = { file, ...at };
  if (code === "yaml/unsupported" && text.startsWith("{{", at.start - 1))
    return templateFinding(span);
  const first = related && { message: "it is here already", at: { file, ...related } };
  return { ...diagnose(code, message, span), ...(first ? { related: [first] } : {}) };
}

function rangeOf(tree: Tree, text: string): string {
  const [start, , end] = tree.range;
  return text.slice(start, end);
}

function wholeFile(file: string, text: string): Span {
  return { file, start: 0, end: Math.min(text.length, 1) };
}

/** A block collection is marked at its first line: nobody wants forty lines underlined. */
function spanOf(node: Node, text: string): Pick<Span, "start" | "end"> {
  const [start, end] = node.range ?? [0, 0];
  if (isScalar(node) || ((isMap(node) || isSeq(node)) && node.flow)) return { start, end };
  const line = text.indexOf("\n", start);
  const last = line < 0 ? end : Math.min(end, line);
  return { start, end: text.slice(start, last).trimEnd().length + start };
}
