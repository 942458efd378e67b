import type { AnalyseOptions, PointDiff, Region, Undecided } from "../analyse/api.ts";
import { diffMeshes } from "../analyse/diff.ts";
import { diagnose, type Finding } from "../diagnostic.ts";
import { keyText, type Span } from "../model/place.ts";
import type { Change, Guard } from "./change.ts";
import { fieldSpan } from "./field.ts";
import { policyText } from "./policy-text.ts";
import { witnessText } from "./witness-text.ts";

/** How far the comparison goes, and what it takes for granted. */
export type NoNewAccessOptions = Pick<AnalyseOptions, "budget" | "dataPlane">;

const shown = 3;

/**
 * No request may get through that did not before. Several objects that come one after the other are judged as one: against the
 * last mesh in which no change was pending. What cannot be decided speaks against a change, too; what EnvoyFilters and the like do is not
 * looked at.
 */
export function noNewAccess(options: NoNewAccessOptions = {}): Guard {
  return (before, after, change) => {
    if (before === after) return [];
    const analyse: AnalyseOptions = { ...options, assume: "filters", regions: shown };
    const opened = openedIn(diffMeshes(change.settled, after, analyse).diffs);
    if (opened.length === 0 || before === change.settled) return findingsOf(opened, change);
    const own = new Set(openedIn(diffMeshes(before, after, analyse).diffs).map(pointOf));
    return findingsOf(
      opened.filter((diff) => own.has(pointOf(diff))),
      change,
    );
  };
}

/** Where something is newly allowed, or might be. A workload that is new or goes is no change of policies. */
function openedIn(diffs: readonly PointDiff[]): readonly PointDiff[] {
  return diffs.filter(
    ({ only, changes, undecided }) =>
      only === undefined &&
      (undecided.length > 0 || changes.some(({ kind }) => kind === "newly-allowed")),
  );
}

function pointOf({ points: [point] }: PointDiff): string {
  return point.name;
}

function findingsOf(diffs: readonly PointDiff[], change: Change): readonly Finding[] {
  return diffs.flatMap((diff) => [
    ...diff.changes
      .filter(({ kind }) => kind === "newly-allowed")
      .flatMap(({ regions }) => regions.map((region) => opens(diff, region, change))),
    ...diff.undecided.map((undecided) => unclear(diff, undecided, change)),
  ]);
}

function opens(diff: PointDiff, region: Region, change: Change): Finding {
  const message = `lets in at ${placesOf(diff)}: ${witnessText(region)}`;
  const rule = region.witness.by.find(({ policy }) => keyText(policy) === keyText(change.key));
  const at = rule === undefined ? spec(change) : fieldSpan(rule.policy, rule.at.path);
  const others = region.witness.by.filter((each) => each !== rule).map(policyText);
  const hint = others.length > 0 && rule === undefined ? `see ${others.join(", ")}` : undefined;
  return diagnose("admission/new-access", message, at, hint);
}

function unclear(diff: PointDiff, { text }: Undecided, change: Change): Finding {
  const message = `it is not clear what it lets in at ${placesOf(diff)}: ${text}`;
  return diagnose("admission/undecided", message, spec(change));
}

function placesOf({ points: [first, ...others] }: PointDiff): string {
  return others.length === 0 ? first.name : `${first.name} and ${others.length} more`;
}

function spec({ key }: Change): Span {
  return fieldSpan(key, ["spec"]);
}
