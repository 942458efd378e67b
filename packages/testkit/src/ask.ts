import {
  checkRequest,
  diagnose,
  didYouMean,
  type EvaluateOptions,
  evaluateAsync,
  explain,
  type Finding,
  type Keys,
  type Mesh,
  type NearMiss,
  type Path,
  type Problem,
} from "@meshproof/engine";
import { type Credentials, credentialsOf } from "./credentials.ts";
import { defined } from "./defined.ts";
import { compare, isRefusedEarly } from "./expect.ts";
import { type ExpectationFault, unknownRules } from "./expectation-faults.ts";
import { unknownProxies } from "./known-proxies.ts";
import { modesOf } from "./modes.ts";
import type { SuiteDocument } from "./parse-suite.ts";
import type { Planned } from "./plan.ts";
import type { CaseResult, DescribedRequest, Question } from "./result.ts";
import { valueAt } from "./schema-findings.ts";
import { requestFaults } from "./shape-faults.ts";
import { answerOf, compareSnapshot } from "./snapshot.ts";
import { listOf, type Suite } from "./suite.ts";
import type { Unusable } from "./token.ts";
import type { SuiteWorld } from "./world.ts";

/** A suite that is being run: its mesh is loaded. */
export interface Run {
  readonly parsed: SuiteDocument;
  readonly world: SuiteWorld;
  readonly mesh: Mesh;
  readonly keys: Readonly<Record<string, Keys>>;
}

/** What a case came to, and what is wrong with its request, so that it has no verdict, or with what is expected. */
export interface Asked {
  readonly result: CaseResult;
  readonly refused: readonly Finding[];
}

/** When no suite and no request says what time it is, the tokens of a suite are minted and used at this one. */
const anyTime = "2026-01-01T00:00:00Z";

/** Asks one request of a suite and compares the answer with what is expected. `near`: a failure tells which rule came closest. */
export async function ask(planned: Planned, run: Run, near: boolean = true): Promise<Asked> {
  const { clock } = run.world;
  const start = clock?.();
  const { refused = [], ...answered } = await answer(planned, run);
  const ms = clock === undefined || start === undefined ? undefined : clock() - start;
  const closest = near && answered.failures.length > 0 ? nearestMiss(answered, run) : undefined;
  const result: CaseResult = {
    ...answered,
    ...(closest === undefined ? {} : { near: closest }),
    ...(ms === undefined ? {} : { ms }),
    get at() {
      return run.parsed.document.locate(planned.path);
    },
  };
  return { result, refused };
}

/** Where it stands is looked up when somebody asks: of what passed, nobody does. */
type Answered = Omit<CaseResult, "at"> & { readonly refused?: readonly Finding[] };

async function answer(planned: Planned, run: Run): Promise<Answered> {
  const { test, name, expect, skip, variant } = planned;
  const request = described(planned, run.parsed.suite);
  const result = { ...defined({ test, name, variant, request, expect }), failures: [] };
  if (skip !== undefined) return { ...result, skipped: skip };
  const asked = await askable(planned, request, run);
  if ("problems" in asked)
    return { ...result, refused: asked.problems.map((problem) => refusal(planned, problem, run)) };
  const verdict = await evaluateAsync(run.mesh, asked.request, asked.options);
  const strange = unknownProxies(expect, run.mesh, verdict);
  if (strange.length > 0)
    return { ...result, refused: strange.map((fault) => misplaced(planned, fault, run)) };
  const apart = variant !== undefined && expect === "deny" && isRefusedEarly(verdict);
  const modes = variant?.startsWith("path.") ? await modesOf(asked, verdict, run) : undefined;
  const unknown = unknownRules(expect, run.mesh).map((fault) => misplaced(planned, fault, run));
  const answered = { ...result, verdict, asked, refused: unknown, ...defined({ modes }) };
  if (apart && !planned.snapshot) return { ...answered, apart };
  const failures = expect === undefined || apart ? [] : compare(expect, verdict);
  if (!planned.snapshot) return { ...answered, failures };
  const snapshot = answerOf(request, verdict, name);
  const { snapshot: known } = run.world;
  const changed = known === "update" ? [] : compareSnapshot(snapshot, known?.[test]);
  return { ...answered, snapshot, failures: [...failures, ...changed] };
}

function nearestMiss({ asked, verdict }: Answered, { mesh }: Run): NearMiss | undefined {
  if (asked === undefined || verdict === undefined) return undefined;
  const { branches } = explain({ mesh, ...asked, verdict }, "near");
  return branches.flatMap(({ near }) => near)[0];
}

/** The request as a person reads it: actors by what they stand for, tokens by their names. */
function described({ request, from }: Planned, { spec }: Suite): DescribedRequest {
  const { from: _callers, token, to = "", ...rest } = request;
  const actors = spec.actors ?? {};
  const caller = from !== undefined && Object.hasOwn(actors, from) ? actors[from] : from;
  return { ...rest, ...defined({ from: caller, to, token }) };
}

interface Problems {
  readonly problems: readonly Problem[];
}

/** The request as the engine takes it, or why there is none. */
async function askable(
  planned: Planned,
  described: DescribedRequest,
  run: Run,
): Promise<Question | Problems> {
  const faults = planned.fault === undefined ? requestFaults(planned.request) : [planned.fault];
  if (faults.length > 0) return { problems: faults.map((message) => ({ path: [], message })) };
  if (planned.request.to === undefined)
    return { problems: [{ path: [], message: "where to? `to` is missing" }] };
  const now = timeOf(planned, run);
  const credentials = await tokensFor(planned, run, now ?? anyTime);
  if ("fault" in credentials)
    return { problems: [{ path: ["token"], message: credentials.fault }] };
  const { token: _names, ...rest } = described;
  const request = { ...rest, ...defined({ token: credentials.token }) };
  const options = optionsOf(run, credentials, now);
  const problems = checkRequest(run.mesh, request, options);
  return problems.length > 0 ? { problems } : { request, options };
}

function timeOf({ request }: Planned, { parsed, world }: Run): string | undefined {
  return world.now ?? parsed.suite.spec.now ?? request.now;
}

function tokensFor(
  { request }: Planned,
  { parsed, keys, mesh }: Run,
  now: string,
): Promise<Credentials | Unusable> {
  const tokens = parsed.suite.spec.tokens ?? {};
  return credentialsOf(request, { tokens, keys, mesh, now: milliseconds(now) });
}

function milliseconds(time: string): number {
  return Date.parse(time.replace(" ", "T"));
}

const harmless = { filters: "decides nothing" };

/** Without a time, a request is asked at that of its tokens, if all of them were minted here. */
function optionsOf(run: Run, credentials: Credentials, now: string | undefined): EvaluateOptions {
  const { parsed, world, keys } = run;
  const { namespace, environment } = parsed.suite.spec;
  const minted = credentials.token !== undefined && !credentials.raw ? anyTime : undefined;
  const time = now ?? minted;
  return defined({
    keys,
    signatures: credentials.signatures,
    now: time === undefined ? undefined : milliseconds(time),
    namespace: world.namespace ?? namespace,
    dataPlane: environment?.dataPlane,
    trace: world.trace,
    assume: world.assume,
    facts: environment?.assume === "filters" ? { ...harmless, ...world.facts } : world.facts,
  });
}

/** What is wrong with a request, where that part of it is written. */
function refusal(planned: Planned, problem: Problem, run: Run): Finding {
  const { path: at, sources } = planned;
  const { document } = run.parsed;
  const { path, message } = problem;
  const hint = meantName(planned, problem, run) ?? problem.hint;
  const part = path.slice(0, 1);
  const source = sources.find((each) => has(document.value, [...each, ...part]));
  const written = path.length === 0 || source === undefined ? at : [...source, ...path];
  const place = part[0] === "from" ? (namedCaller(planned, run) ?? written) : written;
  return diagnose("suite/invalid-request", message, document.locate(place), hint);
}

/** What is wrong with an expectation, where it is written: in a case, above the cases, or in the row of a table. */
function misplaced(
  { path }: Planned,
  { field, message, hint, within = [] }: ExpectationFault,
  { parsed }: Run,
): Finding {
  const { document } = parsed;
  const columns = valueAt(document.value, [...path.slice(0, 4), "columns"]);
  const column = Array.isArray(columns) ? columns.indexOf(`expect.${field}`) : -1;
  const places = [
    [...path, "expect", field, ...within],
    [...path.slice(0, 3), "expect", field, ...within],
    [...path, column, ...within],
  ];
  const place = places.find((each) => has(document.value, each)) ?? path;
  const code = field === "hop" ? "suite/invalid-field" : "suite/unknown-name";
  return diagnose(code, message, document.locate(place), hint);
}

/** Where the suite says who an actor is, or who is in a group, if the caller was not written in the request itself. */
function namedCaller({ from, sources }: Planned, { parsed }: Run): Path | undefined {
  if (from === undefined) return undefined;
  const { actors = {}, groups = {} } = parsed.suite.spec;
  if (Object.hasOwn(actors, from)) return ["spec", "actors", from];
  const stated = sources.flatMap((source) =>
    listOf(valueAt(parsed.document.value, [...source, "from"])),
  );
  if (stated.includes(from)) return undefined;
  const group = Object.keys(groups).find((name) => groups[name]?.includes(from));
  return group === undefined
    ? undefined
    : ["spec", "groups", group, groups[group]?.indexOf(from) ?? 0];
}

/** A caller or a destination that is almost called as one of the suite's names. */
function meantName(
  { request, from }: Planned,
  { path: [part] }: Problem,
  { parsed, mesh }: Run,
): string | undefined {
  const { actors = {}, groups = {} } = parsed.suite.spec;
  const workloads = mesh.inventory.workloads.map(({ key }) => key.name);
  if (part === "from") {
    const caller = from ?? "";
    if (Object.hasOwn(actors, caller)) return didYouMean(actors[caller] ?? "", workloads);
    return didYouMean(caller, [...Object.keys(actors), ...Object.keys(groups), ...workloads]);
  }
  if (part !== "to" || typeof request.to !== "string") return undefined;
  const [name = "", port] = request.to.split(":");
  const ports = port === undefined ? "" : `:${port}`;
  return workloads.includes(name) || name.includes("/")
    ? undefined
    : didYouMean(
        request.to,
        workloads.map((each) => `${each}${ports}`),
      );
}

function has(root: unknown, path: Path): boolean {
  return valueAt(root, path) !== undefined;
}
