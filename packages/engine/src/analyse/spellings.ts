import type { HttpSettings, Program } from "../model/program.ts";
import type { Header } from "../model/request.ts";
import type { Sample } from "./answer/request.ts";
import { type WritePaths, withDots, withSlash } from "./path-spellings.ts";
import { type Formula, visit } from "./space/formula.ts";

/** One way to write what two sides read differently: the requests of a sample in it. */
export interface Spelling {
  readonly attribute: "path" | "header lines";
  readonly text: string;
  readonly of: (sample: Sample, values: Values) => readonly Sample[];
}

/** What policies look for: believable values of paths, and of headers by their names. */
export interface Values {
  readonly paths: readonly string[];
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

function settingsOf({ listeners }: Program): readonly HttpSettings[] {
  return listeners.flatMap(({ chains }) => chains.flatMap(({ http }) => http ?? []));
}

/**
 * The ways to write what the proxies of two sides read differently, but for those that `care` hangs on. Who reads no HTTP at all reads nothing otherwise.
 */
export function spellingsBetween(
  before: readonly Program[],
  after: readonly Program[],
  care: Formula,
): readonly Spelling[] {
  const sides = [before, after].map((programs) => programs.flatMap(settingsOf));
  if (sides.some((settings) => settings.length === 0)) return [];
  const differs = (of: (http: HttpSettings) => unknown): boolean => {
    const [old, young] = sides.map((settings) => JSON.stringify([...new Set(settings.map(of))]));
    return old !== young;
  };
  const all = [
    ...(differs((http) => http.dotSegmentParameters) ? [dotParameters] : []),
    ...(differs((http) => http.normalizePath) ? [dots] : []),
    ...(differs((http) => http.mergeSlashes) ? [doubled] : []),
    ...(differs((http) => http.escapedSlashes) ? [escaped] : []),
    ...(differs((http) => http.headerLines) ? [lines] : []),
  ];
  return all.filter(({ attribute }) => !looksAt(care, attribute));
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

const mostValues = 40;

/** What formulas look for. */
export function valuesIn(formulas: readonly Formula[]): Values {
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
