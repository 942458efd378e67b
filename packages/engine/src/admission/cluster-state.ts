import type { Mesh } from "../model/mesh.ts";
import { fieldsOf, textOf } from "../parse/decode.ts";
import type { ParsedObject } from "../parse/objects.ts";
import { fieldSpan, objectOf } from "./field.ts";
import { heldIn, heldOf, isSame } from "./held.ts";
import { meshFrom, type Pieces, piecesIn, type Surroundings, together } from "./pieces.ts";
import { queue } from "./queue.ts";
import { type ClusterOptions, emptySurroundings, surroundingsWith } from "./surroundings.ts";

/** What is known of a cluster beforehand, and when a change counts as meant. */
export interface ClusterStateOptions extends ClusterOptions {
  readonly settle?: number; // milliseconds without a change of policies, after which what is there counts as meant; 30 s
}

/** What is known of a cluster: told by whoever watches it, or loaded from files; and what was let in and not seen yet. */
export interface ClusterState {
  /** An object that is new or changed. What is none of Istio's business is ignored. */
  readonly set: (object: unknown, now: number) => void;
  /** An object that is gone: itself, as far as it is known. */
  readonly remove: (object: unknown, now: number) => void;
  /** Everything there is, in the place of what was known. */
  readonly replace: (objects: readonly unknown[] | Mesh, now: number) => void;
  /** The mesh as it is, as it will be, and as it was meant. */
  readonly view: (now: number) => View;
  /** A change that was let in. Until it is seen, or for ten seconds, what follows is judged with and without it. */
  readonly letIn: (letIn: LetIn, now: number) => void;
  /** Does one thing after the other: two changes that are fine alone may not be together. Whoever gives up waiting lets the next one in. */
  readonly inTurn: <Result>(work: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;
}

/** One cluster at one moment, three times. */
export interface View {
  readonly mesh: Mesh;
  readonly expected: Mesh; // with what was let in and not seen yet; `mesh` itself where there is none
  readonly settled: Mesh; // with the policies of the last time at which no change was pending
  readonly ending: ReadonlySet<string>; // namespaces that are being deleted
}

/** A change that was allowed and is not seen yet. */
export interface LetIn {
  readonly id: string; // of the object
  readonly pieces?: Pieces; // what it becomes; absent: it goes
  /** The cluster with it. */
  readonly apply: (pieces: Pieces) => Pieces;
  readonly endsNamespace?: string;
}

interface State {
  readonly options: ClusterStateOptions;
  surroundings: Surroundings;
  readonly held: Map<string, Pieces>;
  readonly ending: Set<string>;
  pending: readonly (LetIn & { readonly at: number })[];
  settled: Mesh | undefined; // its policies are; absent: what is there is
  changedAt: number;
  isReplaced: boolean; // someone said what there is
  mesh: Mesh | undefined; // absent: to be put together again
  settledMesh: { readonly mesh: Mesh; readonly settled: Mesh } | undefined;
}

const expectedFor = 10_000;
const mostPending = 1000;

/** The state of a cluster, empty or with what files hold. Throws where nobody knows the release. */
export function clusterState(options: ClusterStateOptions = {}): ClusterState {
  const state: State = {
    options,
    surroundings: emptySurroundings(options),
    held: new Map(),
    ending: new Set(),
    pending: [],
    settled: undefined,
    changedAt: Number.NEGATIVE_INFINITY,
    isReplaced: false,
    mesh: undefined,
    settledMesh: undefined,
  };
  return {
    set: (object, now) => change(state, object, { now, gone: false }),
    remove: (object, now) => change(state, object, { now, gone: true }),
    replace: (objects, now) => replace(state, objects, now),
    view: (now) => view(state, now),
    letIn: (letIn, now) => {
      touch(state, now);
      state.pending = [...state.pending.slice(1 - mostPending), { ...letIn, at: now }];
    },
    inTurn: queue(),
  };
}

function change(
  state: State,
  value: unknown,
  { now, gone }: { readonly now: number; readonly gone: boolean },
): void {
  const object = objectOf(value);
  if (object === undefined) return;
  const surroundings = surroundingsWith(state.surroundings, object, {
    options: state.options,
    gone,
  });
  if (surroundings !== undefined) {
    touch(state, now);
    state.surroundings = surroundings;
  }
  const held = heldOf(object);
  if (held === undefined) return;
  noteEnding(state, object, gone);
  hold(state, held.id, { now, pieces: gone ? undefined : held.pieces, known: held.pieces });
}

function hold(
  state: State,
  id: string,
  seen: { readonly now: number; readonly pieces: Pieces | undefined; readonly known: Pieces },
): void {
  const { now, pieces } = seen;
  state.pending = state.pending.filter((each) => each.id !== id || !isDone(state, each, pieces));
  if (isSame(state.held.get(id), pieces)) return;
  if (isPolicy(seen.known)) touch(state, now);
  state.mesh = undefined;
  if (pieces === undefined) state.held.delete(id);
  else state.held.set(id, pieces);
}

function noteEnding({ ending }: State, { kind, fields }: ParsedObject, gone: boolean): void {
  if (kind !== "Namespace") return;
  const { name, deletionTimestamp } = fieldsOf(fields["metadata"]);
  if (!gone && textOf(deletionTimestamp) !== undefined) ending.add(textOf(name) ?? "");
  else ending.delete(textOf(name) ?? "");
}

/** Whether what was seen is what was let in. A namespace that is being deleted stays for a while. */
function isDone({ ending }: State, { pieces, endsNamespace }: LetIn, seen?: Pieces): boolean {
  return isSame(pieces, seen) || (endsNamespace !== undefined && ending.has(endsNamespace));
}

function isPolicy(pieces: Pieces): boolean {
  const { authorizationPolicies, requestAuthentications, peerAuthentications } = pieces;
  return (
    authorizationPolicies.length + requestAuthentications.length + peerAuthentications.length > 0
  );
}

function replace(state: State, objects: readonly unknown[] | Mesh, now: number): void {
  state.held.clear();
  state.ending.clear();
  if ("release" in objects) {
    state.surroundings = located(objects);
    for (const [id, pieces] of heldIn(objects)) state.held.set(id, pieces);
  } else {
    state.surroundings = emptySurroundings(state.options);
    for (const object of objects) change(state, object, { now, gone: false });
  }
  state.pending = [];
  state.settled = undefined;
  state.changedAt = Number.NEGATIVE_INFINITY;
  state.isReplaced = true;
  state.mesh = undefined;
}

/** What no file holds is named by its object and field. */
function located(mesh: Mesh): Surroundings {
  const locate: Mesh["locate"] = (place) =>
    mesh.locate(place) ?? fieldSpan(place.resource, place.path);
  return { ...mesh, locate };
}

/**
 * Something changes that guards look at. What was there before is settled if it stood long enough; before the first object came
 * there was nothing that could be meant.
 */
function touch(state: State, now: number): void {
  const isBegun = state.isReplaced || state.changedAt > Number.NEGATIVE_INFINITY;
  if (isBegun && isQuiet(state, now)) state.settled = meshOf(state);
  state.changedAt = now;
  state.mesh = undefined;
}

function isQuiet({ options: { settle = 30_000 }, changedAt }: State, now: number): boolean {
  return now - changedAt >= settle;
}

function meshOf(state: State): Mesh {
  state.mesh ??= meshFrom(together([...state.held.values()]), state.surroundings);
  return state.mesh;
}

function view(state: State, now: number): View {
  state.pending = state.pending.filter(({ at }) => now - at < expectedFor);
  const mesh = meshOf(state);
  const { pending } = state;
  const ends = pending.flatMap(({ endsNamespace }) => endsNamespace ?? []);
  return {
    mesh,
    expected: pending.length === 0 ? mesh : withPending(mesh, pending),
    settled: settledMesh(state, now),
    ending: new Set([...state.ending, ...ends]),
  };
}

/** The settled policies in the cluster of now. */
function settledMesh(state: State, now: number): Mesh {
  const mesh = meshOf(state);
  if (state.settled === undefined || isQuiet(state, now)) return mesh;
  if (state.settledMesh?.mesh !== mesh) {
    const { inventory: _old, locate: _places, ...policies } = state.settled;
    state.settledMesh = { mesh, settled: { ...mesh, ...policies } };
  }
  return state.settledMesh.settled;
}

function withPending(mesh: Mesh, pending: readonly LetIn[]): Mesh {
  const pieces = pending.reduce((known, { apply }) => apply(known), piecesIn(mesh));
  return meshFrom(pieces, mesh);
}
