import type { Finding } from "../diagnostic.ts";
import { keyText } from "../model/place.ts";
import { conflicts, duplicateFinding } from "./conflict.ts";
import type { Parsed, ParsedDocument } from "./document.ts";
import { type InstalledRelease, installedRelease } from "./installed-release.ts";
import {
  type Candidate,
  documentOf,
  type Kept,
  keep,
  keyOf,
  type OnDuplicate,
  type Ordinary,
} from "./kept.ts";
import { groupOf, isIgnored, kindFaults } from "./kinds.ts";
import { unappliedChanges } from "./kustomization.ts";
import { type FoundConfig, meshConfigOf } from "./mesh-config.ts";
import { assumedNamespace, describe, describeOrdinary } from "./metadata.ts";
import { itemsOf, listFault, notAnObject, objectOf, type ParsedObject, within } from "./objects.ts";
import { isOrdinaryPolicy } from "./ordinary-policy.ts";
import { unrenderedParts } from "./unrendered.ts";

/** What was found in all files, each object once. */
export interface Collected {
  readonly candidates: readonly Candidate[]; // what admission has to judge, in the order of the files
  readonly suites: readonly ParsedDocument[];
  readonly invariants: readonly ParsedDocument[];
  readonly config?: FoundConfig;
  readonly installed?: InstalledRelease; // by a control plane in the files
  readonly otherKinds: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

export interface CollectOptions {
  readonly namespace?: string;
  readonly istio?: string;
  readonly onDuplicate?: OnDuplicate;
}

interface State {
  readonly options: CollectOptions;
  readonly kept: Kept;
  readonly suites: ParsedDocument[];
  readonly invariants: ParsedDocument[];
  readonly configs: FoundConfig[];
  readonly releases: InstalledRelease[];
  readonly otherKinds: Record<string, number>;
  readonly findings: Finding[];
}

/** Sorts documents into policies, inventory, mesh config, suites and the rest. */
export function collect(
  files: readonly Parsed<ParsedDocument | Ordinary>[],
  options: CollectOptions,
): Collected {
  const state: State = {
    options,
    kept: { list: [], indexes: new Map() },
    suites: [],
    invariants: [],
    configs: [],
    releases: [],
    otherKinds: {},
    findings: [],
  };
  for (const { documents } of files) takeDocuments(state, documents);
  return finish(state);
}

function takeDocuments(state: State, documents: readonly (ParsedDocument | Ordinary)[]): void {
  documents.forEach((document) => {
    if ("policy" in document) store(state, ordinarySort, document);
    else takeDocument(state, document);
  });
}

/** An object, or the items of a `List`. */
function takeDocument(state: State, document: ParsedDocument): void {
  const { value } = document;
  const ordinary = ordinaryOf(value, document, undefined, state.options);
  if (ordinary) {
    store(state, ordinarySort, ordinary);
    return;
  }
  const items = itemsOf(value);
  if (items) takeItems(state, document, items);
  else {
    const { object, findings } = objectOf(document);
    for (const finding of findings) state.findings.push(finding);
    if (object) take(state, object);
  }
}

function takeItems(state: State, document: ParsedDocument, items: readonly unknown[]): void {
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    const ordinary = ordinaryOf(item, document, index, state.options);
    if (ordinary) store(state, ordinarySort, ordinary);
    else takeItem(state, within(document, ["items", index]), item);
  }
}

function takeItem(state: State, part: ParsedDocument, item: unknown): void {
  if (item === null) state.findings.push(notAnObject(part));
  else takeDocument(state, item === part.value ? part : { ...part, value: item });
}

function finish(state: State): Collected {
  const { configs, releases, options } = state;
  return {
    candidates: state.kept.list.filter((candidate) => candidate !== undefined),
    suites: state.suites,
    invariants: state.invariants,
    ...(configs[0] ? { config: configs[0] } : {}),
    ...(releases[0] ? { installed: releases[0] } : {}),
    otherKinds: state.otherKinds,
    findings: [
      ...state.findings,
      ...conflicts(configs, options.istio === undefined ? releases : []),
    ],
  };
}

/** Documents of our own, and where they are kept. */
const own: ReadonlyMap<string, "suites" | "invariants"> = new Map([
  ["Suite", "suites"],
  ["Invariants", "invariants"],
]);

function take(state: State, object: ParsedObject): void {
  const { kind, apiVersion, document } = object;
  const ours = apiVersion.startsWith("meshproof.dev/") ? own.get(kind) : undefined;
  if (ours !== undefined) {
    state[ours].push(document);
    return;
  }
  const { found, findings } = meshConfigOf(object);
  const installed = installedRelease(object);
  for (const finding of findings) state.findings.push(finding);
  if (found) state.configs.push(found);
  if (installed) state.releases.push(installed);
  const unapplied = unappliedChanges(object);
  if (unapplied) state.findings.push(unapplied);
  const strayed = listFault(object);
  const faults = strayed ? [strayed] : kindFaults(object);
  state.findings.push(...faults);
  if (faults.length > 0) return;
  if (!isIgnored(object)) keepDoubtful(state, object);
  else if (found === undefined) count(state, kind || "(no kind)");
}

function count({ otherKinds }: State, kind: string): void {
  const before = Object.hasOwn(otherKinds, kind) ? (otherKinds[kind] ?? 0) : 0;
  Object.defineProperty(otherKinds, kind, {
    value: before + 1,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function keepDoubtful(state: State, object: ParsedObject): void {
  const unrendered = unrenderedParts(object);
  for (const finding of unrendered) state.findings.push(finding);
  if (unrendered.length > 0) return;
  const { fault, value, assumed } = describe(object, state.options.namespace);
  if (fault) {
    state.findings.push(fault);
    return;
  }
  const { group } = groupOf(object);
  store(state, `${group}/${object.kind}`, { object, described: value, assumed });
}

/** A policy of which nobody has anything to say, if it is one. */
export function ordinaryOf(
  value: unknown,
  from: Ordinary["from"],
  at: Ordinary["at"],
  { namespace }: CollectOptions,
): Ordinary | undefined {
  if (!isOrdinaryPolicy(value)) return undefined;
  const { metadata } = value;
  const policy = describeOrdinary(value, namespace);
  if (metadata.namespace !== undefined || namespace !== undefined) return { policy, from, at };
  return { policy, from, at, assumed: assumedNamespace(policy.key) };
}
const ordinarySort = "security.istio.io/AuthorizationPolicy";

/** Overlays loaded together would unite what replaces one another. */
function store(state: State, sort: string, candidate: Candidate): void {
  const { onDuplicate = "error" } = state.options;
  const first = keep(state.kept, sort, candidate, onDuplicate);
  if (first === undefined || onDuplicate !== "error") return;
  const name = keyText(keyOf(first));
  state.findings.push(duplicateFinding(name, documentOf(candidate), documentOf(first)));
}
