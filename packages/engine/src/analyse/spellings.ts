import type { HttpSettings, Program } from "../model/program.ts";
import type { Header } from "../model/request.ts";
import { confirm } from "./answer/confirm.ts";
import { type Sample, sampleOf } from "./answer/request.ts";
import type { Check } from "./answer/search.ts";
import type { AnalyseOptions, Change, Region } from "./api.ts";
import { agreedDomains, jwtProvidersOf, looksAtQueries } from "./point-program.ts";
import { fitted, inquire, type Side } from "./question.ts";
import { answered, outcomesOf } from "./space/decisions.ts";
import { always, type Formula, not, visit } from "./space/formula.ts";
import { lanesOf, portsOf } from "./space/lanes.ts";

/** One way to write what two sides read differently: the requests of a sample in it. */
interface Spelling {
  readonly attribute: string;
  readonly text: string;
  readonly of: (sample: Sample, values: Values) => readonly Sample[];
}

/** What policies look for: believable values of paths, and of headers by their names. */
interface Values {
  readonly paths: readonly string[];
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/**
 * Differences between two sides that read the same bytes differently: requests written in such ways are tried. What this finds is so;
 * what it does not find is no proof.
 */
export function spellingChanges(
  [before, after]: readonly [Side, Side],
  options: AnalyseOptions,
): readonly Change[] {
  const spellings = spellingsBetween(before.program, after.program);
  if (spellings.length === 0) return [];
  const formulas = [before, after].map(({ program }) => allowedBy(program));
  const values = valuesIn(formulas);
  const samples = samplesOf([before, after], formulas, options);
  const found = new Map<string, Region>();
  for (const spelling of spellings)
    for (const sample of samples)
      for (const written of spelling.of(sample, values)) {
        const region = difference([before, after], spelling, written);
        const key = region && `${kindOf(region)} ${spelling.text}`;
        if (region && key && !found.has(key)) found.set(key, region);
      }
  const regions = [...found.values()];
  return (["newly-allowed", "newly-denied"] as const).flatMap((kind): readonly Change[] => {
    const own = regions.filter((region) => kindOf(region) === kind);
    return own.length === 0 ? [] : [{ kind, protocol: "http", regions: own, complete: false }];
  });
}

function kindOf({ witness }: Region): "newly-allowed" | "newly-denied" {
  return witness.statuses[1] === "allowed" ? "newly-allowed" : "newly-denied";
}

function allowedBy(program: Program): Formula {
  const anyDomain = agreedDomains([program]) ? {} : ({ anyDomain: true } as const);
  const queries = looksAtQueries([program]);
  const look = { protocol: "http", queries, ...anyDomain } as const;
  return answered(outcomesOf(program, look), "allowed");
}

const mostValues = 40;

function valuesIn(formulas: readonly Formula[]): Values {
  const paths = new Set<string>();
  const headers = new Map<string, Set<string>>();
  visit(formulas, (formula) => {
    if (formula.kind !== "atom") return;
    const { attribute, shape } = formula;
    const [sample] = shape.samples;
    const [, name] = /^header ([^@]+)$/.exec(attribute) ?? [];
    if (attribute === "path" && sample?.startsWith("/")) paths.add(sample);
    if (name !== undefined && sample !== undefined)
      headers.set(name, (headers.get(name) ?? new Set()).add(sample));
  });
  return {
    paths: [...paths].slice(0, mostValues),
    headers: new Map([...headers].map(([name, all]) => [name, [...all].slice(0, mostValues)])),
  };
}

/** Requests that get through on one of the sides, and others that do not: one of each kind. */
function samplesOf(
  sides: readonly [Side, Side],
  formulas: readonly Formula[],
  options: AnalyseOptions,
): readonly Sample[] {
  const [{ point, program }] = sides;
  const samples: Sample[] = [];
  const occasion = {
    point,
    protocol: "http",
    providers: sides.flatMap((side) => jwtProvidersOf(side.program)),
    ports: portsOf(program),
    lanes: lanesOf(program, "http"),
  } as const;
  const check: Check = (values) => {
    const sample = sampleOf(values, occasion);
    samples.push(sample);
    return { sample, said: "", witness: { request: sample.request, statuses: [], by: [] } };
  };
  const regions = formulas.flatMap((allowed) => [allowed, not(allowed)]);
  const questions = regions.map((region) => ({ region, care: always, fits: () => true }));
  inquire(sides, "http", questions, options, { check });
  return samples;
}

function difference(
  sides: readonly [Side, Side],
  { attribute, text }: Spelling,
  sample: Sample,
): Region | undefined {
  const said = sides.map(({ mesh, point }) => confirm(mesh, point, fitted(sample, point)));
  const statuses = said.map(({ status }) => status);
  const [old, young] = statuses;
  const differs = (old === "allowed") !== (young === "allowed");
  if (!differs || said.some(({ open }) => open.length > 0)) return undefined;
  const { request, claims } = sample;
  const by = said[1]?.by ?? [];
  return {
    terms: [{ attribute, text }],
    text,
    witness: { request, ...(claims ? { claims } : {}), statuses, by, looked: [attribute] },
  };
}

function settingsOf({ listeners }: Program): readonly HttpSettings[] {
  return listeners.flatMap(({ chains }) => chains.flatMap(({ http }) => http ?? []));
}

/** Who reads no HTTP at all reads nothing otherwise. */
function spellingsBetween(before: Program, after: Program): readonly Spelling[] {
  if ([before, after].some((program) => settingsOf(program).length === 0)) return [];
  const differs = (of: (http: HttpSettings) => unknown): boolean => {
    const [old, young] = [before, after].map((program) =>
      JSON.stringify([...new Set(settingsOf(program).map(of))]),
    );
    return old !== young;
  };
  return [
    ...(differs((http) => http.dotSegmentParameters) ? [dotParameters] : []),
    ...(differs((http) => http.normalizePath) ? [dots] : []),
    ...(differs((http) => http.mergeSlashes) ? [doubled] : []),
    ...(differs((http) => http.escapedSlashes) ? [escaped] : []),
    ...(differs((http) => http.headerLines) ? [lines] : []),
  ];
}

/** Paths in another spelling, made of one that a policy looks for and of the one that the sample has. */
function pathSpelling(text: string, write: (path: string) => readonly string[]): Spelling {
  return {
    attribute: "path",
    text,
    of: (sample, { paths }) => {
      const own = sample.http?.target?.replace(/[?#].*$/, "") ?? "/";
      const all = new Set([own, ...paths].flatMap(write));
      return [...all].map((path) => withPath(sample, path));
    },
  };
}

const dotParameters = pathSpelling("path has a segment such as ..;x", (path) => [
  `/..;x${path}`,
  `${path}/..;x/..;x/..;x/x`,
]);
const dots = pathSpelling("path has dot segments", (path) => [
  `/x/..${path}`,
  `${path}/../../../x`,
]);
const doubled = pathSpelling("path has doubled slashes", (path) => [
  `/${path}`,
  path.replace(/\/(?=[^/]*$)/, "//"),
]);
const escaped = pathSpelling("path has an escaped slash", (path) => [
  path.replace(/\/(?=[^/]*$)/, "%2F"),
  `/x%2F..${path}`,
]);

function withPath(sample: Sample, path: string): Sample {
  const { request, http } = sample;
  const message = typeof request.http === "object" ? request.http : {};
  return {
    ...sample,
    request: { ...request, http: { ...message, path } },
    ...(http ? { http: { ...http, target: path } } : {}),
  };
}

const lines: Spelling = {
  attribute: "header lines",
  text: "a header is sent twice",
  of: (sample, { headers }) =>
    [...headers].flatMap(([name, values]) =>
      values.flatMap((value) =>
        [[value, "x"], ["x", value], ...(value.includes(",") ? [value.split(",")] : [])].map(
          (sent) => withHeader(sample, name, sent),
        ),
      ),
    ),
};

function withHeader(sample: Sample, name: string, values: readonly string[]): Sample {
  const { request, http } = sample;
  const message = typeof request.http === "object" ? request.http : {};
  const others = (http?.headers ?? []).filter(([each]) => each !== name);
  const sent = values.map((value): Header => [name, value]);
  return {
    ...sample,
    request: { ...request, http: { ...message, headers: { ...message.headers, [name]: values } } },
    ...(http ? { http: { ...http, headers: [...others, ...sent] } } : {}),
  };
}
