import type { Finding } from "../diagnostic.ts";
import type { Path, Span } from "../model/place.ts";
import { parseFully } from "./full-yaml.ts";
import { parseJson } from "./json.ts";
import { jsonPlaces } from "./json-places.ts";
import type { Member } from "./plain-places.ts";
import { plainPlaces, plainReader, readPlain } from "./plain-yaml.ts";
import { splitDocuments } from "./split.ts";

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
export interface Parsed<Document = ParsedDocument> {
  readonly documents: readonly Document[];
  readonly findings: readonly Finding[];
}

/** Makes of a plain document what is needed of it, or leaves it; it begins at an offset. */
export type Make<Made> = (value: unknown, source: SourceFile, start: number) => Made | undefined;

/**
 * The documents of a YAML or JSON file. A document with a fault gives findings and is left out, the others stay. Scalars are typed
 * as Kubernetes types them (`scalar.ts`). What is written plainly is read at once, and where its parts are only when somebody asks.
 */
export function parseDocuments(file: SourceFile): Parsed {
  return readDocuments<ParsedDocument>(file, () => undefined);
}

/** The same. Of most documents something is made as soon as they are read, and nothing else is kept. */
export function readDocuments<Made>(
  source: SourceFile,
  make: Make<Made>,
): Parsed<ParsedDocument | Made> {
  const { path, text } = source;
  const json = parseJson(text);
  if (json) return { documents: [placed(path, json.value, () => jsonPlaces(text))], findings: [] };
  const documents: (ParsedDocument | Made)[] = [];
  const findings: Finding[] = [];
  const reader = plainReader(text);
  let parts: ReadonlyMap<number, string> | undefined;
  for (let start = 0; start < text.length; ) {
    const value = readPlain(reader, start);
    if (value !== undefined) {
      documents.push(make(value, source, start) ?? plainDocument(source, start, value));
      start = reader.at;
      continue;
    }
    parts ??= splitDocuments(text);
    const part = parts.get(start);
    if (part === undefined || parts.size === 1) return parseFully(source);
    const full = shifted(parseFully({ path, text: part }), start);
    documents.push(...full.documents);
    for (const finding of full.findings) findings.push(finding);
    start += part.length;
  }
  return { documents, findings };
}

/** A document that the plain reader reads, from where it begins. */
export function plainDocument(
  source: SourceFile,
  start: number,
  value: unknown = readPlain(plainReader(source.text), start),
): ParsedDocument {
  return placed(source.path, value, () => plainPlaces(source.text, start));
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
