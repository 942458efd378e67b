import { type LintCode, lintCodes } from "../diagnostic/lint-codes.ts";
import { oneLine, type Severity } from "../diagnostic.ts";
import type { PolicyChange } from "../explain/explanation.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText, type Place } from "../model/place.ts";
import { refuseOther, refuseUnknown } from "../parse/known-keys.ts";
import {
  type Check,
  type Evidence,
  type Found,
  type LintSet,
  lintSets,
  type Related,
} from "./check.ts";
import { checks } from "./checks.ts";
import { type Scene, sceneOf } from "./scene.ts";
import { annotatedSuppressions, reasonFor, type Suppression } from "./suppress.ts";

/** One thing that is wrong, and why that is so. */
export interface LintFinding {
  readonly code: LintCode;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Place;
  readonly hint?: string;
  readonly related: readonly Related[];
  readonly evidence: Evidence;
  readonly fix: readonly PolicyChange[]; // empty: nothing mechanical
  readonly suppressed?: string; // why it is known and meant
}

/** What is looked for. */
export interface LintOptions {
  readonly sets?: readonly LintSet[]; // besides what is always looked for
  readonly only?: readonly LintCode[];
  readonly suppressions?: readonly Suppression[]; // besides those that objects carry
}

/**
 * Everything that is wrong in a mesh, in the order of the checks. A finding whose evidence does not hold is none. Throws a TypeError for
 * options, sets and codes that there are not.
 */
export function lintMesh(mesh: Mesh, options: LintOptions = {}): readonly LintFinding[] {
  checkOptions(options);
  const { sets = [], only, suppressions = [] } = options;
  const scene = sceneOf(mesh, sets);
  const silenced: readonly Suppression[] = [...suppressions, ...annotatedSuppressions(mesh)];
  const found = checks
    .filter(({ set }) => set === undefined || sets.includes(set))
    .filter(({ code }) => only === undefined || only.includes(code))
    .flatMap((check) => run(check, scene));
  return withoutEchoes(found).map((finding) => {
    const suppressed = reasonFor(silenced, finding.code, finding.at);
    return suppressed === undefined ? finding : { ...finding, suppressed };
  });
}

const optionKeys = { sets: true, only: true, suppressions: true } as const;

function checkOptions({ sets = [], only = [], ...rest }: LintOptions): void {
  refuseUnknown(rest, optionKeys, "the options of the linter");
  for (const set of sets) refuseOther(set, lintSets, "one of `sets`");
  for (const code of only)
    if (!Object.hasOwn(lintCodes, code)) refuseUnknown({ [code]: true }, lintCodes, "`only`");
}

/** What the analysis finds without saying why. */
const general: ReadonlySet<LintCode> = new Set<LintCode>([
  ...(["rule/never-matches", "value/dead", "value/covered"] as const),
]);

/** What is said of what was loaded: no proof is about that, so none follows from it. */
const ofInventory: ReadonlySet<LintCode> = new Set<LintCode>([
  ...(["binding/unknown-account", "binding/unknown-namespace", "binding/unknown-host"] as const),
]);

/** What says that the planes differ, without saying why. */
const ofPlanes: LintCode = "ambient/differs";

/** A general finding is left out where another one says more: at its place, within, or of the whole list. */
function withoutEchoes(found: readonly LintFinding[]): readonly LintFinding[] {
  const causes = found.filter(({ code }) => !general.has(code) && !ofInventory.has(code));
  const told = new Set(causes.flatMap(({ at }) => prefixes(at)));
  const exact = new Set(causes.map(({ at }) => placeText(at)));
  const isTold = ({ resource, path }: Place): boolean =>
    told.has(placeText({ resource, path })) ||
    exact.has(placeText({ resource, path: path.slice(0, -1) }));
  const ambient = new Set(
    found.filter(isAboutAmbient).map(({ at }) => placeText({ ...at, path: [] })),
  );
  const isEcho = ({ code, at }: LintFinding): boolean =>
    code === ofPlanes
      ? ambient.has(placeText({ ...at, path: [] }))
      : general.has(code) && isTold(at);
  return found.filter((each) => !isEcho(each));
}

function isAboutAmbient({ code }: LintFinding): boolean {
  return code.startsWith("ambient/") && code !== ofPlanes;
}

function prefixes({ resource, path }: Place): readonly string[] {
  return path.map((_, index) => placeText({ resource, path: path.slice(0, index + 1) }));
}

function placeText({ resource, path }: Place): string {
  return `${keyText(resource)} ${JSON.stringify(path)}`;
}

/** So many findings at one place are tried until the evidence of one holds. */
const most = 8;

function run(check: Check, scene: Scene): readonly LintFinding[] {
  const byPlace = new Map<string, Found[]>();
  for (const found of check.find(scene)) {
    const key = placeText(found.at);
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, [found]);
    else if (known.length < most) known.push(found);
  }
  return [...byPlace.values()].flatMap((candidates) => first(check, candidates) ?? []);
}

function first({ code }: Check, candidates: readonly Found[]): LintFinding | undefined {
  for (const found of candidates) {
    const evidence = typeof found.evidence === "function" ? found.evidence() : found.evidence;
    if (evidence === undefined) continue;
    const { at, message, hint, related = [], severity = lintCodes[code], fix = [] } = found;
    return {
      code,
      severity,
      message: oneLine(message),
      at,
      ...(hint === undefined ? {} : { hint: oneLine(hint) }),
      related,
      evidence,
      fix,
    };
  }
  return undefined;
}
