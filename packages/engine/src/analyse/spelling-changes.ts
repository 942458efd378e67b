import type { Program } from "../model/program.ts";
import type { RuleRef } from "../model/verdict.ts";
import { isAllowed } from "./allowed.ts";
import { confirm } from "./answer/confirm.ts";
import { type Occasion, type Sample, sampleOf } from "./answer/request.ts";
import type { AnalyseOptions, Change, Region, Undecided } from "./api.ts";
import { turnByTurn } from "./path-spellings.ts";
import { agreedDomains, jwtProvidersOf, looksAtQueries } from "./point-program.ts";
import { fitted, type Side } from "./question.ts";
import { answered, outcomesOf } from "./space/decisions.ts";
import { always, type Formula } from "./space/formula.ts";
import { lanesOf, portsOf } from "./space/lanes.ts";
import { answeredBy, samplesOf } from "./spelling-samples.ts";
import { type Spelling, spellingsBetween, type Values, valuesIn } from "./spellings.ts";

/** What requests in such ways to write come to. Undecided: none could be made to be tried. */
export interface Spelt {
  readonly changes: readonly Change[];
  readonly undecided: readonly Undecided[];
}

/**
 * Differences between two sides that read the same bytes differently: requests written in such ways are tried. What this finds is so;
 * what it does not find is no proof. `care`: only such requests; where that hangs on what is written otherwise, nothing is tried.
 */
export function spellingChanges(
  sides: readonly [Side, Side],
  options: AnalyseOptions,
  care: Formula = always,
): Spelt {
  const [before, after] = sides;
  const spellings = spellingsBetween([before.program], [after.program], care);
  if (spellings.length === 0) return { changes: [], undecided: [] };
  const formulas = sides.map(({ program }) => allowedBy(program));
  const { point, program } = before;
  const occasion: Occasion = {
    point,
    protocol: "http",
    providers: sides.flatMap((side) => jwtProvidersOf(side.program)),
    ports: portsOf(program),
    lanes: lanesOf(program, "http"),
  };
  const make = (values: Parameters<typeof sampleOf>[0]): Sample => sampleOf(values, occasion);
  const samples = samplesOf({ sides, formulas, care, options, make });
  if ("because" in samples) return { changes: [], undecided: [samples] };
  const judge: Judge = (sample) => {
    const said = sides.map((side) => confirm(side.mesh, side.point, fitted(sample, side.point)));
    return {
      statuses: said.map(({ status }) => status),
      by: said[1]?.by ?? [],
      open: said.some(({ open }) => open.length > 0),
    };
  };
  const programs = sides.map((side) => side.program);
  const values = valuesIn(formulas);
  return { changes: changesBy({ spellings, samples, values, programs, judge }), undecided: [] };
}

/** What the evaluator says of a request on both sides. */
export type Judge = (sample: Sample) => {
  readonly statuses: readonly string[];
  readonly by: readonly RuleRef[];
  readonly open: boolean; // it depends on what the sample does not state
};

/** Requests to write otherwise, and who is asked about them. */
export interface Trials {
  readonly spellings: readonly Spelling[];
  readonly samples: readonly Sample[];
  readonly values: Values;
  readonly programs: readonly Program[]; // of both sides
  readonly judge: Judge;
}

/** What differs of requests in these spellings. */
export function changesBy(trials: Trials): readonly Change[] {
  const regions = trials.spellings.flatMap((spelling) => differences(trials, spelling));
  return kinds.flatMap((kind): readonly Change[] => {
    const own = regions.filter((region) => kindOf(region) === kind);
    return own.length === 0 ? [] : [{ kind, protocol: "http", regions: own, complete: false }];
  });
}

const kinds = ["newly-allowed", "newly-denied"] as const;

/** One difference of each kind: the plainest ways to write are tried with every sample first. */
function differences(trials: Trials, spelling: Spelling): readonly Region[] {
  const { samples, values } = trials;
  const found = new Map<string, Region>();
  for (const sample of turnByTurn(samples.map((each) => spelling.of(each, values)))) {
    for (const region of differencesOf(trials, spelling, sample))
      if (!found.has(kindOf(region))) found.set(kindOf(region), region);
    if (found.size === kinds.length) break;
  }
  return [...found.values()];
}

function kindOf({ witness }: Region): (typeof kinds)[number] {
  return isAllowed(witness.statuses[1]) ? "newly-allowed" : "newly-denied";
}

/** What the evaluator says, where that differs and nothing is open. */
function differencesOf(trials: Trials, spelling: Spelling, sample: Sample): readonly Region[] {
  const { attribute, text } = spelling;
  const { statuses, by, open } = trials.judge(sample);
  if (open)
    return answeredBy(sample, trials.programs).flatMap((each) =>
      differencesOf(trials, spelling, each),
    );
  const [old, young] = statuses;
  if (isAllowed(old) === isAllowed(young)) return [];
  const { request, claims } = sample;
  const witness = { request, ...(claims ? { claims } : {}), statuses, by, looked: [attribute] };
  return [{ terms: [{ attribute, text }], text, witness }];
}

function allowedBy(program: Program): Formula {
  const anyDomain = agreedDomains([program]) ? {} : ({ anyDomain: true } as const);
  const queries = looksAtQueries([program]);
  const look = { protocol: "http", queries, ...anyDomain } as const;
  return answered(outcomesOf(program, look), "allowed");
}
