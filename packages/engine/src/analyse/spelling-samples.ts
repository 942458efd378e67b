import type { Program } from "../model/program.ts";
import type { Sample } from "./answer/request.ts";
import type { Check } from "./answer/search.ts";
import type { Concrete } from "./answer/values.ts";
import type { AnalyseOptions, Undecided } from "./api.ts";
import { authorizersOf } from "./point-program.ts";
import { inquire, type Side } from "./question.ts";
import { type Formula, not } from "./space/formula.ts";
import type { Setting } from "./space/space.ts";

const mostSamples = 12; // of each kind

/** Of which requests some are made, and how. */
export interface Sampling {
  readonly sides: readonly [Side, Side];
  readonly formulas: readonly Formula[]; // what gets through on each of them
  readonly care: Formula;
  readonly options: AnalyseOptions;
  readonly make: (values: Concrete) => Sample;
  readonly setting?: Setting;
}

/** Requests that get through on one of the sides, and others that do not: one of each kind. */
export function samplesOf({
  sides,
  formulas,
  care,
  options,
  make,
  setting,
}: Sampling): readonly Sample[] | Undecided {
  const samples = new Map<string, Sample>();
  const check: Check = (values) => {
    const sample = make(values);
    for (const each of [sample, ...otherAnswers(sample)]) samples.set(JSON.stringify(each), each);
    return { sample, said: "", witness: { request: sample.request, statuses: [], by: [] } };
  };
  const regions = formulas.flatMap((allowed) => [allowed, not(allowed)]);
  const questions = regions.map((region) => ({ region, care, fits: () => true }));
  const around = setting ? { check, setting } : { check };
  const found = inquire(sides, "http", questions, { ...options, regions: mostSamples }, around);
  return "because" in found ? found : [...samples.values()];
}

/** What authorizers say may matter to a request in another spelling alone. */
function otherAnswers(sample: Sample): readonly Sample[] {
  const names = Object.keys(sample.request.providers ?? {});
  return names.length === 0 ? [] : bothAnswers(sample, names);
}

/** Authorizers that a sample says nothing of, and a request in another spelling comes to, may say either; none: all are stated. */
export function answeredBy(sample: Sample, programs: readonly Program[]): readonly Sample[] {
  const known = sample.request.providers ?? {};
  const open = programs
    .flatMap((program) => authorizersOf(program).map(({ provider }) => provider))
    .filter((name) => !Object.hasOwn(known, name));
  return open.length === 0 ? [] : bothAnswers(sample, open);
}

function bothAnswers(sample: Sample, names: readonly string[]): readonly Sample[] {
  const { request } = sample;
  return (["deny", "allow"] as const).map((answer) => {
    const answers = Object.fromEntries(names.map((name) => [name, answer]));
    return { ...sample, request: { ...request, providers: { ...request.providers, ...answers } } };
  });
}
