import {
  type ExplainedAlternative,
  type ExplainedCondition,
  type ExplainedPart,
  type ExplainedPolicy,
  type ExplainedRule,
  type Mesh,
  type Note,
  noteTexts,
  type Place,
} from "@meshproof/engine";
import { policyName } from "@meshproof/testkit";
import { conditionText } from "./explain-condition.ts";
import { placeText, type Texts } from "./position.ts";
import { few, type Line, placed } from "./trace-lines.ts";

/** Where places are looked up. */
export interface Places {
  readonly mesh: Mesh;
  readonly texts: Texts;
  readonly within?: string; // the file that was just named
}

/** `file:line:column` of a place, if a file holds it; `:line:column` in the file that was just named. */
export function placeIn({ mesh, texts, within }: Places, place: Place): string | undefined {
  const text = placeText(place, mesh, texts);
  const isKnown = within !== undefined && text?.startsWith(`${within}:`);
  return isKnown ? text?.slice(within.length) : text;
}

/** Below a line that names a place, others of its file. */
export function below(places: Places, place: Place): Places {
  const file = places.mesh.locate(place)?.file;
  return file === undefined ? places : { ...places, within: file };
}

/** A policy of a layer, rule by rule, and what istiod left out of it. */
export function policyLines(policy: ExplainedPolicy, places: Places): readonly Line[] {
  const { key, action, dryRun, rules, notes } = policy;
  const head = `${action} ${policyName(key)}${dryRun ? " (dry run: never enforced)" : ""}`;
  const name: Place = { resource: key, path: ["metadata", "name"] };
  const own = below(places, name);
  return [
    ...placed("    ", head, placeIn(places, name)),
    ...rules.flatMap((rule) => ruleLines(rule, notes.length > 0, own)),
    ...notes.flatMap((note) => noteLines(note, own)),
  ];
}

function ruleLines(rule: ExplainedRule, changed: boolean, places: Places): readonly Line[] {
  const { ref, holds, never, parts } = rule;
  const name = ref.rule < 0 ? "" : `rule ${ref.rule} `;
  const asks = parts.length > 0 || never;
  const text = never
    ? `${changed ? "nothing of its rules is left" : "it has no rules"}: it never matches`
    : `${name}${holds ? "matches" : "does not match"}${asks ? "" : ": it asks for nothing"}`;
  return [
    ...placed(`      ${holds ? "✓" : "✗"} `, text, placeIn(places, ref.at)),
    ...parts.flatMap((part) => partLines(part, places)),
  ];
}

function partLines(part: ExplainedPart, places: Places): readonly Line[] {
  const { of, alternatives } = part;
  if (alternatives.length < 2)
    return alternatives.flatMap((each) => conditionLines(each.conditions, "        ", places));
  return alternatives.flatMap((each) => alternativeLines(of, each, places));
}

/** One of several items of `from` or `to`: one of them must match. */
function alternativeLines(
  of: ExplainedPart["of"],
  { index, holds, conditions }: ExplainedAlternative,
  places: Places,
): readonly Line[] {
  const anything = conditions.length === 0 ? ": anything" : "";
  return [
    `        ${holds ? "✓" : "✗"} ${of}[${index}]${anything}`,
    ...conditionLines(conditions, "          ", places),
  ];
}

function conditionLines(
  conditions: readonly ExplainedCondition[],
  indent: string,
  places: Places,
): readonly Line[] {
  return conditions.flatMap((condition) => {
    const { field, holds, known, at } = condition;
    const mark = known ? (holds ? "✓" : "✗") : "?";
    return placed(
      `${indent}${mark} `,
      `${field}: ${conditionText(condition)}`,
      placeIn(places, at),
    );
  });
}

/** What istiod did to a policy on the way to the proxy. */
function noteLines(note: Note, places: Places, lead = "      ! "): readonly Line[] {
  return toldLines(note, places, lead, "");
}

/** The same of all chains of a proxy: on which of them. */
export function noteOnChains(note: Note, places: Places, lead: string): readonly Line[] {
  const { chains = [] } = note;
  return toldLines(note, places, lead, chains.length === 0 ? "" : `, on ${few(chains, 3)}`);
}

function toldLines(note: Note, places: Places, lead: string, where: string): readonly Line[] {
  const { because, at, effect } = note;
  const access = effect === "none" ? "" : ` (access is ${effect})`;
  return placed(
    lead,
    `${subject(note)}${where}: ${noteTexts[because]}${access}`,
    placeIn(places, at),
  );
}

const verbs: Readonly<Record<Note["kind"], string>> = {
  "policy-not-bound": "does not apply",
  "policy-outranked": "does not count",
  "rule-skipped": "left out",
  "condition-dropped": "left out",
  "value-dropped": "left out",
  "value-rewritten": "rewritten",
  "missing-reference": "not found",
};

/** What was left out: a rule, a field of it. */
function subject({ kind, at }: Note): string {
  const [, rules, rule, ...rest] = at.path;
  if (rules !== "rules" || rule === undefined) return verbs[kind];
  const field = rest.filter((part) => typeof part === "string").at(-1);
  const name = kind === "rule-skipped" || field === undefined ? "" : `, ${field}`;
  return `rule ${rule}${name} ${verbs[kind]}`;
}
