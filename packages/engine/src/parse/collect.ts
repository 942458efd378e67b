import { type Code, diagnose, type Finding } from "../diagnostic.ts";
import type { Fact } from "../model/fact.ts";
import { keyText } from "../model/place.ts";
import { type Admission, admit } from "./admit-schema.ts";
import type { ParsedDocument } from "./document.ts";
import { imageTagOf } from "./image-tag.ts";
import { faultsOf, isIgnored, policyKinds } from "./kinds.ts";
import { type FoundConfig, meshConfigOf } from "./mesh-config.ts";
import { type Described, describe } from "./metadata.ts";
import { objectsOf, type ParsedObject } from "./objects.ts";

/** What was found in all files, each object once. */
export interface Collected {
  readonly objects: readonly Described[]; // in the order of the files
  readonly documents: ReadonlyMap<string, ParsedDocument>; // by `keyText`
  readonly suites: readonly ParsedDocument[];
  readonly config?: FoundConfig;
  readonly imageTag?: string; // of an istiod that was loaded
  readonly policies: number;
  readonly inventory: number;
  readonly otherKinds: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  readonly assumptions: readonly Fact[];
  readonly files: readonly string[];
}

export interface CollectOptions {
  readonly namespace?: string;
  readonly admission?: Admission;
  readonly onDuplicate?: "error" | "first" | "last";
}

interface State {
  readonly options: CollectOptions;
  readonly objects: Map<string, Described>;
  readonly documents: Map<string, ParsedDocument>;
  readonly suites: ParsedDocument[];
  readonly configs: FoundConfig[];
  readonly otherKinds: Record<string, number>;
  readonly findings: Finding[];
  readonly assumptions: Fact[];
  imageTag?: string;
}

/** Sorts documents into policies, inventory, mesh config, suites and the rest. */
export function collect(documents: readonly ParsedDocument[], options: CollectOptions): Collected {
  const state: State = {
    options,
    objects: new Map(),
    documents: new Map(),
    suites: [],
    configs: [],
    otherKinds: {},
    findings: [],
    assumptions: [],
  };
  for (const document of documents) {
    const { objects, findings } = objectsOf(document);
    state.findings.push(...findings);
    for (const object of objects) take(state, object);
  }
  return finish(state, documents);
}

function finish(state: State, documents: readonly ParsedDocument[]): Collected {
  const [config, another] = state.configs;
  const findings = [...state.findings];
  if (config && another) {
    const message = `two mesh configs: ${config.what} and ${another.what}`;
    const related = [{ message: `${config.what} is here`, at: config.at }];
    findings.push({
      ...diagnose(
        "load/two-mesh-configs",
        message,
        another.at,
        "load the one of the control plane in question",
      ),
      related,
    });
  }
  const objects = [...state.objects.values()];
  const policies = objects.filter(({ key }) => policyKinds.includes(key.kind)).length;
  return {
    objects,
    documents: state.documents,
    suites: state.suites,
    ...(config ? { config } : {}),
    ...(state.imageTag === undefined ? {} : { imageTag: state.imageTag }),
    policies,
    inventory: objects.length - policies,
    otherKinds: state.otherKinds,
    findings,
    assumptions: state.assumptions,
    files: [...new Set(documents.map(({ file }) => file))],
  };
}

function take(state: State, object: ParsedObject): void {
  const { kind, apiVersion, document } = object;
  if (kind === "Suite" && apiVersion.startsWith("meshproof.dev/")) {
    state.suites.push(document);
    return;
  }
  const faults = faultsOf(object);
  state.findings.push(...faults);
  if (faults.some(({ severity }) => severity === "error")) return;
  const { found, findings } = meshConfigOf(object);
  state.findings.push(...findings);
  if (found) state.configs.push(found);
  const tag = imageTagOf(object);
  if (tag !== undefined) state.imageTag = tag;
  if (isIgnored(object)) count(state, found ? undefined : kind || "(no kind)");
  else keep(state, object);
}

function count(state: State, kind: string | undefined): void {
  if (kind === undefined) return;
  const before = Object.hasOwn(state.otherKinds, kind) ? (state.otherKinds[kind] ?? 0) : 0;
  state.otherKinds[kind] = before + 1;
}

function keep(state: State, object: ParsedObject): void {
  const described = describe(object, state.options.namespace);
  if (described.fault) {
    state.findings.push(described.fault);
    return;
  }
  const { value } = described;
  const text = keyText(value.key);
  const twice = state.documents.get(text);
  if (twice && duplicate(state, object, text, twice)) return;
  if (described.assumed) state.assumptions.push(described.assumed);
  const admitted = admit(object, value, state.options.admission ?? "enforce");
  state.findings.push(...admitted.findings);
  state.documents.set(text, object.document);
  if (admitted.object) state.objects.set(text, admitted.object);
}

/** The same object twice: whether the second one is left out. Overlays loaded together would unite what replaces one another. */
function duplicate(
  state: State,
  { document }: ParsedObject,
  text: string,
  first: ParsedDocument,
): boolean {
  const { onDuplicate = "error" } = state.options;
  if (onDuplicate !== "error") return onDuplicate === "first";
  const code: Code = "load/duplicate";
  const at = document.locate(["metadata", "name"]);
  const hint = "load one overlay at a time, or say --on-duplicate last|first";
  state.findings.push({
    ...diagnose(code, `\`${text}\` is written twice`, at, hint),
    related: [{ message: "the first one is here", at: first.locate(["metadata", "name"]) }],
  });
  return true;
}
