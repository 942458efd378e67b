import type { HttpSettings, Program } from "../model/program.ts";
import type { Header } from "../model/request.ts";
import { confirm } from "./answer/confirm.ts";
import type { Sample } from "./answer/request.ts";
import type { AnalyseOptions, Change, Region, Undecided } from "./api.ts";
import { turnByTurn, type WritePaths, withDots, withSlash } from "./path-spellings.ts";
import { agreedDomains, looksAtQueries } from "./point-program.ts";
import { fitted, type Side } from "./question.ts";
import { answered, outcomesOf } from "./space/decisions.ts";
import { always, type Formula, visit } from "./space/formula.ts";
import { answeredBy, samplesOf } from "./spelling-samples.ts";

/** One way to write what two sides read differently: the requests of a sample in it. */
interface Spelling {
  readonly attribute: "path" | "header lines";
  readonly text: string;
  readonly of: (sample: Sample, values: Values) => readonly Sample[];
}

/** What policies look for: believable values of paths, and of headers by their names. */
interface Values {
  readonly paths: readonly string[];
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

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
  const spellings = spellingsBetween(before.program, after.program).filter(
    ({ attribute }) => !looksAt(care, attribute),
  );
  if (spellings.length === 0) return { changes: [], undecided: [] };
  const formulas = sides.map(({ program }) => allowedBy(program));
  const values = valuesIn(formulas);
  const samples = samplesOf(sides, formulas, options, care);
  if ("because" in samples) return { changes: [], undecided: [samples] };
  const regions = spellings.flatMap((spelling) => differences(sides, spelling, samples, values));
  const changes = kinds.flatMap((kind): readonly Change[] => {
    const own = regions.filter((region) => kindOf(region) === kind);
    return own.length === 0 ? [] : [{ kind, protocol: "http", regions: own, complete: false }];
  });
  return { changes, undecided: [] };
}

const kinds = ["newly-allowed", "newly-denied"] as const;

/** One difference of each kind: the plainest ways to write are tried with every sample first. */
function differences(
  sides: readonly [Side, Side],
  spelling: Spelling,
  samples: readonly Sample[],
  values: Values,
): readonly Region[] {
  const found = new Map<string, Region>();
  for (const sample of turnByTurn(samples.map((each) => spelling.of(each, values)))) {
    for (const region of differencesOf(sides, spelling, sample))
      if (!found.has(kindOf(region))) found.set(kindOf(region), region);
    if (found.size === kinds.length) break;
  }
  return [...found.values()];
}

/** How the names of attributes begin whose values are written otherwise: `path`, `header x-user`. */
const beginnings: Readonly<Record<Spelling["attribute"], string>> = {
  path: "path",
  "header lines": "header ",
};

function looksAt(care: Formula, attribute: Spelling["attribute"]): boolean {
  let found = false;
  visit([care], (formula) => {
    if ("attribute" in formula) found ||= formula.attribute.startsWith(beginnings[attribute]);
  });
  return found;
}

function kindOf({ witness }: Region): (typeof kinds)[number] {
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
    const path = shape.samples.find((each) => each.startsWith("/"));
    if (attribute === "path" && path !== undefined) paths.add(path);
    if (name !== undefined && sample !== undefined)
      headers.set(name, (headers.get(name) ?? new Set()).add(sample));
  });
  return {
    paths: [...paths].slice(0, mostValues),
    headers: new Map([...headers].map(([name, all]) => [name, [...all].slice(0, mostValues)])),
  };
}

/** What the evaluator says, where that differs and nothing is open. */
function differencesOf(
  sides: readonly [Side, Side],
  spelling: Spelling,
  sample: Sample,
): readonly Region[] {
  const { attribute, text } = spelling;
  const said = sides.map(({ mesh, point }) => confirm(mesh, point, fitted(sample, point)));
  if (said.some(({ open }) => open.length > 0))
    return answeredBy(sample, sides).flatMap((each) => differencesOf(sides, spelling, each));
  const statuses = said.map(({ status }) => status);
  const [old, young] = statuses;
  if ((old === "allowed") === (young === "allowed")) return [];
  const { request, claims } = sample;
  const by = said[1]?.by ?? [];
  const witness = { request, ...(claims ? { claims } : {}), statuses, by, looked: [attribute] };
  return [{ terms: [{ attribute, text }], text, witness }];
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

/** Paths in another spelling, made of those that policies look for and of the one that the sample has. */
function pathSpelling(text: string, write: WritePaths): Spelling {
  return {
    attribute: "path",
    text,
    of: (sample, { paths }) => {
      const own = pathOf(sample.http?.target ?? "/");
      const all = [...new Set([own, ...paths.map(pathOf)])];
      return [...new Set(write(all))].map((path) => withPath(sample, path));
    },
  };
}

const dotParameters = pathSpelling("path has a segment such as ..;x", withDots("..;x", ".;x"));
const dots = pathSpelling("path has dot segments", withDots("..", "."));
const doubled = pathSpelling("path has doubled slashes", withSlash("//"));
const escaped = pathSpelling("path has an escaped slash", (paths) => [
  ...withSlash("%2F")(paths),
  ...paths.map((path) => `/x%2F..${path}`),
]);

function pathOf(target: string): string {
  return target.replace(/[?#].*$/, "");
}

/** The query stays: it may hold the token. */
function withPath(sample: Sample, path: string): Sample {
  const { request, http } = sample;
  const message = typeof request.http === "object" ? request.http : {};
  const behind = (target = ""): string => path + target.slice(pathOf(target).length);
  return {
    ...sample,
    request: { ...request, http: { ...message, path: behind(message.path) } },
    ...(http ? { http: { ...http, target: behind(http.target) } } : {}),
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
