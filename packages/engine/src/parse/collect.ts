import type { Finding } from "../diagnostic.ts";
import type { Fact } from "../model/fact.ts";
import { keyText } from "../model/place.ts";
import type { AuthorizationPolicySpec } from "../model/policy.ts";
import { conflicts, duplicateFinding } from "./conflict.ts";
import type { ParsedDocument } from "./document.ts";
import { type InstalledRelease, installedRelease } from "./installed-release.ts";
import { groupOf, isIgnored, kindFaults } from "./kinds.ts";
import { type FoundConfig, meshConfigOf } from "./mesh-config.ts";
import { type Described, describe } from "./metadata.ts";
import { objectsOf, type ParsedObject } from "./objects.ts";
import { isOrdinaryPolicy } from "./ordinary-policy.ts";
import { unrenderedParts } from "./unrendered.ts";

/** What was found in all files, each object once. */
export interface Collected {
  readonly candidates: readonly Candidate[]; // what admission has to judge, in the order of the files
  readonly documents: ReadonlyMap<string, ParsedDocument>; // by `keyText`
  readonly suites: readonly ParsedDocument[];
  readonly invariants: readonly ParsedDocument[];
  readonly config?: FoundConfig;
  readonly installed?: InstalledRelease; // by a control plane in the files
  readonly otherKinds: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

/** An object that would be sent to a cluster. */
export interface Candidate {
  readonly object: ParsedObject;
  readonly described: Described;
  readonly assumed?: Fact; // its namespace
  readonly ordinary?: true; // nobody has anything to say of it
}

export interface CollectOptions {
  readonly namespace?: string;
  readonly istio?: string;
  readonly onDuplicate?: "error" | "first" | "last";
}

interface State {
  readonly options: CollectOptions;
  readonly candidates: Map<string, Candidate>; // by group and key: two groups have a Gateway
  readonly documents: Map<string, ParsedDocument>;
  readonly suites: ParsedDocument[];
  readonly invariants: ParsedDocument[];
  readonly configs: FoundConfig[];
  readonly releases: InstalledRelease[];
  readonly otherKinds: Record<string, number>;
  readonly findings: Finding[];
}

/** Sorts documents into policies, inventory, mesh config, suites and the rest. */
export function collect(documents: readonly ParsedDocument[], options: CollectOptions): Collected {
  const state: State = {
    options,
    candidates: new Map(),
    documents: new Map(),
    suites: [],
    invariants: [],
    configs: [],
    releases: [],
    otherKinds: {},
    findings: [],
  };
  for (const document of documents) {
    const { objects, findings } = objectsOf(document);
    for (const finding of findings) state.findings.push(finding);
    for (const object of objects) take(state, object);
  }
  return finish(state);
}

function finish(state: State): Collected {
  const { configs, releases, options } = state;
  return {
    candidates: [...state.candidates.values()],
    documents: state.documents,
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
  if (isOrdinaryPolicy(object.fields)) {
    keepOrdinary(state, object, object.fields.spec);
    return;
  }
  const { found, findings } = meshConfigOf(object);
  const installed = installedRelease(object);
  for (const finding of findings) state.findings.push(finding);
  if (found) state.configs.push(found);
  if (installed) state.releases.push(installed);
  const faults = kindFaults(object);
  state.findings.push(...faults);
  if (faults.length > 0) return;
  if (!isIgnored(object)) keep(state, object);
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

function keep(state: State, object: ParsedObject): void {
  const unrendered = unrenderedParts(object);
  for (const finding of unrendered) state.findings.push(finding);
  if (unrendered.length > 0) return;
  const described = describe(object, state.options.namespace);
  if (described.fault) state.findings.push(described.fault);
  else store(state, object, described);
}

/** Without a word. */
function keepOrdinary(state: State, object: ParsedObject, spec: AuthorizationPolicySpec): void {
  const { value, assumed } = describe(object, state.options.namespace);
  const found = assumed ? { assumed } : {};
  if (value) store(state, object, { ...found, value: { ...value, spec }, ordinary: true });
}

function store(
  state: State,
  object: ParsedObject,
  { value, ...about }: { readonly value: Described } & Pick<Candidate, "assumed" | "ordinary">,
): void {
  const id = `${groupOf(object).group}/${keyText(value.key)}`;
  if (!isWanted(state, object, id)) return;
  state.candidates.delete(id);
  const { assumed, ordinary } = about;
  state.candidates.set(id, {
    object,
    described: value,
    ...(assumed ? { assumed } : {}),
    ...(ordinary ? { ordinary } : {}),
  });
  state.documents.set(keyText(value.key), object.document);
}

/** Whether an object is to be taken, if there is one of its name already. Overlays loaded together would unite what replaces one another. */
function isWanted(state: State, { document }: ParsedObject, id: string): boolean {
  const first = state.candidates.get(id);
  const { onDuplicate = "error" } = state.options;
  if (first === undefined || onDuplicate === "last") return true;
  if (onDuplicate === "error")
    state.findings.push(
      duplicateFinding(keyText(first.described.key), document, first.object.document),
    );
  return false;
}
