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
import { parseJson } from "./json.ts";
import { jsonPlaces } from "./json-places.ts";
import { type Found, lookUp } from "./look-up.ts";
import type { Member } from "./plain-places.ts";
import { plainPlaces, readPlainYaml } from "./plain-yaml.ts";
import { splitDocuments } from "./split.ts";
import { syntaxFinding } from "./syntax.ts";
import { toValue } from "./value.ts";

/** A file as it was read. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One document of a file, as plain data, with a place for every key and value. */
export interface ParsedDocument {
  readonly file: string;
  readonly value: unknown;
  /** The span of what a path leads to; of its nearest parent when it leads nowhere. */
  readonly locate: (path: Path) => Span;
  /** The span of the key itself. */
  readonly locateKey: (path: Path) => Span;
}

/** The documents of a file, and what is wrong with it. */
export interface Parsed {
  readonly documents: readonly ParsedDocument[];
  readonly findings: readonly Finding[];
}

/**
 * The documents of a YAML or JSON file. A document with a fault gives findings and is left out, the others stay. Scalars are typed
 * as Kubernetes types them (`scalar.ts`). What is written plainly is read at once, and where its parts are only when somebody asks.
 */
export function parseDocuments(file: SourceFile): Parsed {
  const { path, text } = file;
  const json = parseJson(text);
  if (json) return { documents: [placed(path, json.value, () => jsonPlaces(text))], findings: [] };
  const documents: ParsedDocument[] = [];
  const findings: Finding[] = [];
  let parts: ReadonlyMap<number, string> | undefined;
  for (let start = 0; start < text.length; ) {
    const begin = start;
    const plain = readPlainYaml(text, begin);
    if (plain) {
      documents.push(placed(path, plain.value, () => plainPlaces(text, begin)));
      start = plain.end;
      continue;
    }
    parts ??= splitDocuments(text);
    const part = parts.get(begin);
    if (part === undefined || parts.size === 1) return parseFully(file);
    const full = shifted(parseFully({ path, text: part }), begin);
    documents.push(...full.documents);
    for (const finding of full.findings) findings.push(finding);
    start += part.length;
  }
  return { documents, findings };
}

/** A document whose places are only looked for when somebody asks. */
function placed(file: string, value: unknown, find: () => (path: Path) => Member): ParsedDocument {
  let places: ((path: Path) => Member) | undefined;
  const memberAt = (path: Path): Member => {
    places ??= find();
    return places(path);
  };
  return {
    file,
    value,
    locate: (path) => ({ file, ...memberAt(path).value }),
    locateKey: (path) => {
      const { key, value: found } = memberAt(path);
      return { file, ...(key ?? found) };
    },
  };
}

/** With places counted from where the part begins. */
function shifted(parsed: Parsed, by: number): Parsed {
  if (by === 0) return parsed;
  const moved = ({ file, start, end }: Span): Span => ({ file, start: start + by, end: end + by });
  return {
    documents: parsed.documents.map((document) => ({
      ...document,
      locate: (path) => moved(document.locate(path)),
      locateKey: (path) => moved(document.locateKey(path)),
    })),
    findings: parsed.findings.map((finding) => ({
      ...finding,
      at: moved(finding.at),
      ...(finding.related
        ? { related: finding.related.map((one) => ({ ...one, at: moved(one.at) })) }
        : {}),
    })),
  };
}

/** As the full parser reads it, whatever it is. */
export function parseFully({ path, text }: SourceFile): Parsed {
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
    return {
      findings: faults.map(({ code, message, at, related }) => ({
        ...diagnose(code, message, { file, ...at }),
        ...(related
          ? { related: [{ message: "it is here already", at: { file, ...related } }] }
          : {}),
      })),
    };
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
