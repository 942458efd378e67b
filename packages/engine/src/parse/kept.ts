import type { Fact } from "../model/fact.ts";
import { keyText, type Place, type ResourceKey, type Span } from "../model/place.ts";
import type { AuthorizationPolicy } from "../model/policy.ts";
import { type ParsedDocument, plainDocument, type SourceFile } from "./document.ts";
import type { Described } from "./metadata.ts";
import { type ParsedObject, within } from "./objects.ts";

/** An object that would be sent to a cluster. */
export type Candidate = Doubtful | Ordinary;

/** An object of which admission may have something to say. */
export interface Doubtful {
  readonly object: ParsedObject;
  readonly described: Described;
  readonly assumed?: Fact | undefined; // its namespace
  readonly policy?: undefined;
}

/** A policy of which nobody has anything to say. Where it is written is only looked for when somebody asks. */
export interface Ordinary {
  readonly policy: AuthorizationPolicy;
  readonly from: ParsedDocument | SourceFile;
  readonly at: number | undefined; // where it begins in the file; which item of the document it is, or absent: all of it
  readonly assumed?: Fact | undefined;
}

/** Candidates in the order of the files, each name once. */
export interface Kept {
  readonly list: (Candidate | undefined)[]; // undefined: a later one took its place
  readonly indexes: Map<string, Map<string, Map<string, number>>>; // by sort, namespace and name
}

/** Which of two candidates of one name is kept. */
export type OnDuplicate = "error" | "first" | "last";

/** Keeps a candidate. If there is one of its name already, that one is given back. `sort`: group and kind; two groups have a Gateway. */
export function keep(
  { list, indexes }: Kept,
  sort: string,
  candidate: Candidate,
  onDuplicate: OnDuplicate,
): Candidate | undefined {
  const { namespace, name } = keyOf(candidate);
  const names = inside(inside(indexes, sort), namespace);
  const index = names.get(name);
  if (index !== undefined && onDuplicate !== "last") return list[index];
  names.set(name, list.length);
  list.push(candidate);
  if (index === undefined) return undefined;
  const first = list[index];
  list[index] = undefined;
  return first;
}

function inside<Value>(maps: Map<string, Map<string, Value>>, name: string): Map<string, Value> {
  const known = maps.get(name);
  if (known) return known;
  const made = new Map<string, Value>();
  maps.set(name, made);
  return made;
}

export function keyOf(candidate: Candidate): ResourceKey {
  return candidate.policy ? candidate.policy.key : candidate.described.key;
}

/** The document that a candidate is, also as an item of a List. */
export function documentOf(candidate: Candidate): ParsedDocument {
  if (!candidate.policy) return candidate.object.document;
  const { from, at } = candidate;
  if ("text" in from) return plainDocument(from, at ?? 0);
  return at === undefined ? from : within(from, ["items", at]);
}

/** Where the parts of candidates are. Their names are sorted when someone asks for the first time. */
export function locator(candidates: readonly Candidate[]): (place: Place) => Span | undefined {
  let named: ReadonlyMap<string, Candidate> | undefined;
  const opened = new Map<string, ParsedDocument>();
  return ({ resource, path }) => {
    const name = keyText(resource);
    named ??= new Map(candidates.map((each) => [keyText(keyOf(each)), each]));
    const found = named.get(name);
    if (found === undefined) return undefined;
    const document = opened.get(name) ?? documentOf(found);
    opened.set(name, document);
    return document.locate(path);
  };
}
