import type { AnalyseOptions, Invariant, Proof, Region } from "../analyse/api.ts";
import { prove } from "../analyse/prove.ts";
import { diagnose, type Finding } from "../diagnostic.ts";
import { keyText, type Span } from "../model/place.ts";
import type { Change, Guard } from "./change.ts";
import { fieldSpan } from "./field.ts";
import { witnessText } from "./witness-text.ts";

/** How far the proofs go, and what they take for granted. */
export type InvariantsOptions = Pick<AnalyseOptions, "budget" | "dataPlane">;

const shown = 2;

/** What must hold for every request, where what EnvoyFilters and the like do is not looked at. An invariant that was violated before does not speak against a change; one that nobody can decide does. */
export function invariants(stated: readonly Invariant[], options: InvariantsOptions = {}): Guard {
  return (before, after, change) => {
    if (before === after) return [];
    const analyse: AnalyseOptions = { ...options, assume: "filters", regions: shown };
    const broken = prove(after, stated, analyse).filter(isBroken);
    if (broken.length === 0) return [];
    const names = new Set(broken.map(({ invariant }) => invariant.name));
    const asked = stated.filter(({ name }) => names.has(name));
    const old = prove(before, asked, analyse).filter(isBroken);
    const known = new Set(old.map(({ invariant }) => invariant.name));
    return broken
      .filter(({ invariant }) => !known.has(invariant.name))
      .flatMap((proof) => findingsOf(proof, change));
  };
}

function isBroken({ result }: Proof): boolean {
  return result === "violated" || result === "undecided";
}

function findingsOf(
  { invariant, violations, undecided }: Proof,
  change: Change,
): readonly Finding[] {
  const name = `invariant \`${invariant.name}\``;
  return [
    ...violations
      .flatMap(({ regions }) => regions)
      .map((region) => {
        const message = `${name} would not hold: ${witnessText(region)}`;
        return diagnose("admission/invariant-broken", message, placeOf(region, change));
      }),
    ...undecided.map(({ text }) =>
      diagnose("admission/undecided", `${name}: ${text}`, fieldSpan(change.key, ["spec"])),
    ),
  ];
}

function placeOf({ witness }: Region, { key }: Change): Span {
  const rule = witness.by.find(({ policy }) => keyText(policy) === keyText(key));
  return rule === undefined ? fieldSpan(key, ["spec"]) : fieldSpan(key, rule.at.path);
}
