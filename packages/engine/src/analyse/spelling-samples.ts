import { type Sample, sampleOf } from "./answer/request.ts";
import type { Check } from "./answer/search.ts";
import type { AnalyseOptions, Undecided } from "./api.ts";
import { authorizersOf, jwtProvidersOf } from "./point-program.ts";
import { inquire, type Side } from "./question.ts";
import { type Formula, not } from "./space/formula.ts";
import { lanesOf, portsOf } from "./space/lanes.ts";

const mostSamples = 12; // of each kind

/** Requests that get through on one of the sides, and others that do not: one of each kind. */
export function samplesOf(
  sides: readonly [Side, Side],
  formulas: readonly Formula[],
  options: AnalyseOptions,
  care: Formula,
): readonly Sample[] | Undecided {
  const [{ point, program }] = sides;
  const samples = new Map<string, Sample>();
  const occasion = {
    point,
    protocol: "http",
    providers: sides.flatMap((side) => jwtProvidersOf(side.program)),
    ports: portsOf(program),
    lanes: lanesOf(program, "http"),
  } as const;
  const check: Check = (values) => {
    const sample = sampleOf(values, occasion);
    for (const each of [sample, ...otherAnswers(sample)]) samples.set(JSON.stringify(each), each);
    return { sample, said: "", witness: { request: sample.request, statuses: [], by: [] } };
  };
  const regions = formulas.flatMap((allowed) => [allowed, not(allowed)]);
  const questions = regions.map((region) => ({ region, care, fits: () => true }));
  const found = inquire(sides, "http", questions, { ...options, regions: mostSamples }, { check });
  return "because" in found ? found : [...samples.values()];
}

/** What authorizers say may matter to a request in another spelling alone. */
function otherAnswers(sample: Sample): readonly Sample[] {
  const names = Object.keys(sample.request.providers ?? {});
  return names.length === 0 ? [] : bothAnswers(sample, names);
}

/** Authorizers that a sample says nothing of, and a request in another spelling comes to, may say either; none: all are stated. */
export function answeredBy(sample: Sample, sides: readonly Side[]): readonly Sample[] {
  const known = sample.request.providers ?? {};
  const open = sides
    .flatMap(({ program }) => authorizersOf(program).map(({ provider }) => provider))
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
