import type { Note, NoteCode } from "../model/note.ts";
import { keyText } from "../model/place.ts";
import type { Point } from "./points.ts";
import type { Scene } from "./scene.ts";

/** What istiod left out or changed, with every point where it did. */
export interface Noted {
  readonly note: Note;
  readonly points: readonly [Point, ...Point[]];
}

const made = new WeakMap<Scene, ReadonlyMap<NoteCode, readonly Noted[]>>();

/** The notes of some codes, each place once. */
export function notedAs(scene: Scene, ...codes: readonly NoteCode[]): readonly Noted[] {
  const known = made.get(scene) ?? collect(scene);
  made.set(scene, known);
  return codes.flatMap((code) => known.get(code) ?? []);
}

function collect({ points }: Scene): ReadonlyMap<NoteCode, readonly Noted[]> {
  const once = new Map<string, { note: Note; points: [Point, ...Point[]] }>();
  for (const { note, point } of points.flatMap(told)) {
    const { because, effect, at } = note;
    const key = `${because} ${effect} ${keyText(at.resource)} ${at.path.join(" ")}`;
    const known = once.get(key);
    if (known === undefined) once.set(key, { note, points: [point] });
    else if (known.points.at(-1) !== point) known.points.push(point);
  }
  const codes = new Set([...once.values()].map(({ note }) => note.because));
  const all = [...once.values()];
  return new Map([...codes].map((code) => [code, all.filter(({ note }) => note.because === code)]));
}

function told(point: Point): readonly { readonly note: Note; readonly point: Point }[] {
  const notes = point.program()?.notes ?? [];
  return notes.filter(({ because }) => !quiet.has(because)).map((note) => ({ note, point }));
}

/** That a policy is about other workloads is said of each of them, and is no news. */
const quiet: ReadonlySet<NoteCode> = new Set<NoteCode>([
  "other-namespace",
  "other-revision",
  "outside-discovery",
  "selector-mismatch",
  "target-reference",
  "other-target",
  "waypoint-without-target",
  "ztunnel-target-reference",
  "ztunnel-selector-mismatch",
]);
