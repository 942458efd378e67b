import type { Finding } from "../diagnostic.ts";
import { keyText } from "../model/place.ts";
import { conflicts, duplicateFinding } from "./conflict.ts";
import { type ParsedDocument, type Unplaced, withPlaces } from "./document.ts";
import { type InstalledRelease, installedRelease } from "./installed-release.ts";
import { type Candidate, documentOf, type Kept, keep, keyOf, type OnDuplicate } from "./kept.ts";
import { groupOf, isIgnored, kindFaults } from "./kinds.ts";
import { type FoundConfig, meshConfigOf } from "./mesh-config.ts";
import { describe, describeOrdinary } from "./metadata.ts";
import { itemsOf, listFault, notAnObject, objectOf, type ParsedObject, within } from "./objects.ts";
import { isOrdinaryPolicy, type OrdinaryPolicy } from "./ordinary-policy.ts";
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
  documents: readonly (ParsedDocument | Unplaced)[],
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
  for (const document of documents) takeDocument(state, document);
  return finish(state);
}

/** An object, or the items of a `List`. */
function takeDocument(state: State, read: ParsedDocument | Unplaced): void {
  const { value } = read;
  if (isOrdinaryPolicy(value)) {
    keepOrdinary(state, value, read);
    return;
  }
  const document = withPlaces(read);
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
    if (isOrdinaryPolicy(item)) keepOrdinary(state, item, document, index);
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

/** Without a word. */
function keepOrdinary(
  state: State,
  fields: OrdinaryPolicy,
  document: ParsedDocument | Unplaced,
  item?: number,
): void {
  const { policy, assumed } = describeOrdinary(fields, state.options.namespace);
  store(state, "security.istio.io/AuthorizationPolicy", { policy, document, item, assumed });
}

/** Overlays loaded together would unite what replaces one another. */
function store(state: State, sort: string, candidate: Candidate): void {
  const { onDuplicate = "error" } = state.options;
  const first = keep(state.kept, sort, candidate, onDuplicate);
  if (first === undefined || onDuplicate !== "error") return;
  const name = keyText(keyOf(first));
  state.findings.push(duplicateFinding(name, documentOf(candidate), documentOf(first)));
}
