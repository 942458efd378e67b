import type { Question } from "../model/fact.ts";
import type { ExtAuthzFilter, Filter, JwtFilter, RbacFilter } from "../model/program.ts";
import type { Rule } from "../model/rule.ts";
import type { ClauseTrace, Layer, Outcome, Step } from "../model/verdict.ts";
import { attributeReader, type Sight, type UnknownParts } from "./attributes.ts";
import { externalAuthorize } from "./ext-authz.ts";
import { authenticate } from "./jwt-authn/authenticate.ts";
import { clauseTrace, countsOf, ruleRef } from "./places.ts";
import { providerAnswers } from "./provider-answers.ts";
import type { FilterResult, LocalReply } from "./proxy-request.ts";
import { decide, firstMatch, type RbacDecision, type Read, type Recorder, survey } from "./rbac.ts";
import type { Visit } from "./visit.ts";

/** What the filters of a chain come to, in their order: the first that refuses ends it. */
export interface Filtered {
  readonly steps: readonly Step[];
  readonly sight: Sight; // as the last filter left it
  readonly routing: Sight; // as routes see it
  readonly reply?: LocalReply;
}

interface Pass {
  readonly step?: Step;
  readonly sight: Sight;
  readonly reroutes?: true;
  readonly reply?: LocalReply;
}

/**
 * Each filter sees what the one before left: headers that were taken or added, claims. The route is chosen before all of them, and again
 * where a token was accepted, with all that was changed until then (ctx:3.7).
 */
export function runFilters(visit: Visit, start: Sight, came: Sight = start): Filtered {
  const steps: Step[] = [];
  let sight = start;
  let routing = came;
  for (const filter of visit.chain.filters) {
    const pass = runFilter(filter, visit, sight);
    if (pass.step) steps.push(pass.step);
    sight = pass.sight;
    if (pass.reroutes) routing = sight;
    if (pass.reply) return { steps, sight, routing, reply: pass.reply };
  }
  return { steps, sight, routing };
}

/** Where nobody says which headers there are, there may be a token, of anybody and good or bad: what it would bring is left open. */
const anyToken: Question = { id: "token", candidates: ["none"], partial: true };

function mayHideToken({ providers }: JwtFilter, { header, headers }: UnknownParts): boolean {
  if (header === undefined || headers === undefined) return header !== undefined;
  const places = providers.flatMap(({ headers: own, cookies }) => [
    ...own.map(({ name }) => name.toLowerCase()),
    ...(cookies.length > 0 ? ["cookie"] : []),
  ]);
  return places.some((name) => headers.includes(name));
}

function runFilter(filter: Filter, visit: Visit, sight: Sight): Pass {
  switch (filter.kind) {
    case "rbac":
      return runRbac(filter, visit, sight);
    case "ext-authz":
      return runExternal(filter, visit, sight);
    case "jwt": {
      if (!sight.http) return { sight };
      if (mayHideToken(filter, sight.http.unknown)) visit.facts.ask(anyToken);
      return after(authenticate(filter, sight.http.request, visit.facts), sight, {
        layer: "jwt",
        by: [],
      });
    }
  }
}

const layers: Readonly<Record<RbacFilter["action"], Layer>> = {
  ALLOW: "allow",
  AUDIT: "audit",
  DENY: "deny",
};

function runRbac(filter: RbacFilter, visit: Visit, sight: Sight): Pass {
  const { read, record, walk, all, trace } = observe(filter, visit, sight);
  const decision = decide(filter, read, record, walk);
  const { denied, rule } = decision;
  all?.([...(filter.rules ?? []), ...(filter.dryRun ?? [])]);
  const step: Step = {
    layer: layers[filter.action],
    result: denied ? "refuse" : filter.rules ? "pass" : "skip",
    by: rule ? [ruleRef(rule)] : [],
    ...(filter.rules ? countsOf(filter.rules) : {}),
    ...dryRunOf(filter, decision),
    ...(trace ? { trace } : {}),
  };
  return { step, sight, ...(denied ? { reply: accessDenied(rule?.name) } : {}) };
}

/** What RBAC answers, and to whom it owes it: `envoy:source/extensions/filters/http/rbac/rbac_filter.cc` (az:ENV-1, az:ENV-2). */
function accessDenied(rule = "none"): LocalReply {
  const details = `rbac_access_denied_matched_policy[${rule}]`.replace(/\s/g, "_");
  return { status: 403, body: "RBAC: access denied", details };
}

function dryRunOf({ action }: RbacFilter, { dryRun }: RbacDecision): Pick<Step, "dryRun"> {
  if (!dryRun || action === "AUDIT") return {};
  const { rule, wouldDeny } = dryRun;
  return { dryRun: { action, by: rule ? [ruleRef(rule)] : [], wouldDeny } };
}

interface Observation {
  readonly read: Read;
  readonly record?: Recorder;
  readonly walk?: true;
  readonly all?: (rules: readonly Rule[]) => void; // after the decision: nothing that it asks may count
  readonly trace?: readonly ClauseTrace[];
}

/** Reads for one filter; with a trace when it was asked for. */
function observe(
  { peer }: RbacFilter | ExtAuthzFilter,
  { options }: Visit,
  sight: Sight,
): Observation {
  const read = attributeReader(sight, peer);
  const told = options.trace === "told"; // asked once of a program: an index is not worth it
  if (!options.trace || told) return { read, ...(options.walk || told ? { walk: true } : {}) };
  const trace: ClauseTrace[] = [];
  const record: Recorder = (looked) => trace.push(clauseTrace(looked));
  if (options.trace !== "all") return { read, record, trace };
  return { read, all: (rules) => survey(rules, read, record), trace };
}

/** The provider is asked when one of the rules that delegate to it holds. */
function runExternal(filter: ExtAuthzFilter, visit: Visit, sight: Sight): Pass {
  const { read, record, walk, all, trace } = observe(filter, visit, sight);
  const rule = firstMatch(filter.rules, read, record, walk);
  all?.(filter.rules);
  const traced = trace ? { trace } : {};
  if (!rule) return { sight, step: { layer: "custom", result: "skip", by: [], ...traced } };
  const answer = visit.options.providers?.[filter.provider];
  const later = visit.chain.filters.slice(visit.chain.filters.indexOf(filter) + 1);
  const answers = answer === undefined ? providerAnswers(filter, later) : undefined;
  const result = externalAuthorize(filter, sight.http?.request, visit.facts, answer, answers);
  return after(result, sight, { layer: "custom", by: [ruleRef(rule)], ...traced });
}

/** What a filter that may change the request leaves to the next. */
function after(result: FilterResult, sight: Sight, step: Omit<Step, "result">): Pass {
  const said = { ...step, ...(result.text === undefined ? {} : { text: result.text }) };
  if (result.kind === "reply")
    return { sight, step: { ...said, result: "refuse" }, reply: result.reply };
  const passed: Step = { ...said, result: "pass" };
  if (!sight.http) return { sight, step: passed };
  const { request, payload, removed = [] } = result;
  const http = {
    ...sight.http,
    request,
    unknown: withoutHeaders(sight.http.unknown, removed),
    ...(payload ? { payload } : {}),
  };
  const reroutes = payload ? { reroutes: true as const } : {};
  return { sight: { ...sight, http }, step: passed, ...reroutes };
}

/** A header that was taken away is not there, whatever it was. */
function withoutHeaders(unknown: UnknownParts, removed: readonly string[]): UnknownParts {
  const { header } = unknown;
  if (header === undefined || removed.length === 0) return unknown;
  return { ...unknown, header: (name) => (removed.includes(name) ? undefined : header(name)) };
}

/** A connection of bytes that a filter refuses is closed; only RBAC says why (az:ENV-3). */
export function closedBy({ details }: LocalReply): Outcome {
  return details.startsWith("rbac_") ? { kind: "closed", details } : { kind: "closed" };
}
