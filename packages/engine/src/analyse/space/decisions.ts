import type {
  ExtAuthzFilter,
  Filter,
  FilterChain,
  JwtFilter,
  JwtProvider,
  Program,
  RbacFilter,
} from "../../model/program.ts";
import type { Rule } from "../../model/rule.ts";
import type { Protocol } from "../api.ts";
import { type Arrival, arrivals, handshakeFormula, isRemoteOwn } from "./arrivals.ts";
import { always, and, type Formula, never, not, oneOf, or } from "./formula.ts";
import { handedBy, seenToken, tokensHanded, unlessMissed } from "./handed.ts";
import type { Near } from "./near.ts";
import { type Reading, ruleFormula } from "./reading.ts";
import { byProvider, byToken } from "./rewrites.ts";
import { atPlace } from "./token-place.ts";
import { missedBy, tokensOf } from "./tokens.ts";

/** Which requests get which answer: "allowed", or the status of a refusal. Answers exclude each other, and one of them is given. */
export type Outcomes = ReadonlyMap<string, Formula>;

/** What is asked of a program. `near`: rules that can matter; without the others nothing changes where one looks. */
export interface Look {
  readonly protocol: Protocol;
  readonly queries: boolean;
  readonly tunnels?: true; // some side takes HBONE into its sidecar
  readonly anyDomain?: true; // peers of trust domains that the handshake refuses are looked at, too
  readonly near?: Near;
  readonly tokens?: readonly JwtProvider[]; // whatever looks for tokens on either side of a comparison
}

/** The answers of a proxy to what arrives on all of its lanes. */
export function outcomesOf(program: Program, look: Look): Outcomes {
  const parts = new Map<string, Formula[]>();
  for (const arrival of arrivals(program, look))
    for (const [status, formula] of chainOutcomes(arrival, look)) {
      const known = parts.get(status) ?? [];
      known.push(and(arrival.here, formula));
      parts.set(status, known);
    }
  return new Map([...parts].map(([status, some]) => [status, oneOf(some)]));
}

/** What comes as far as the authorization policies: over a transport that is taken, and with a token that is accepted or none. */
export function arriving(program: Program, look: Look): Formula {
  const parts = arrivals(program, look).flatMap(({ chain, here }) =>
    chain ? [and(here, beforePolicies(chain, look))] : [],
  );
  return oneOf(parts);
}

/** What a chain lets as far as its policies. */
export function beforePolicies(chain: FilterChain, look: Look): Formula {
  const modes = chain.filters.flatMap((filter) =>
    filter.kind === "rbac" && filter.peer === "spiffe" ? (filter.rules ?? []) : [],
  );
  const own = modes.filter(({ policy }) => policy.kind === "PeerAuthentication");
  const tokens = chain.filters.flatMap((filter) =>
    filter.kind === "jwt" && chain.kind === "http"
      ? [or(tokensOf(filter).taken, missedBy(filter, look.tokens ?? []))]
      : [],
  );
  const reading = { ...plainReading(look), peer: "spiffe" } as const;
  return and(
    look.anyDomain ? handshakeFormula(chain) : always,
    ...tokens,
    not(oneOf(own.map((rule) => ruleFormula(rule, reading)))),
  );
}

/** How far requests got in a chain. */
export interface State {
  readonly through: Formula; // what got here
  readonly reading: Reading;
  readonly answers: Map<string, Formula[]>;
}

/** The filters one after another: what one refuses does not reach the next. */
function chainOutcomes(arrival: Arrival, look: Look): Outcomes {
  const { chain } = arrival;
  if (!chain) return new Map([["closed", always]]);
  const { answers, through } = passing(arrival, chain, look);
  answers.set("allowed", [through]);
  return new Map([...answers].map(([status, parts]) => [status, oneOf(parts)]));
}

/** What gets past all filters of a chain, and how whoever comes behind them reads it. */
export function passing(
  arrival: Omit<Arrival, "here" | "chain">,
  chain: FilterChain,
  look: Look,
): State {
  const answers = new Map<string, Formula[]>();
  const known = look.anyDomain && !arrival.opaque ? handshakeFormula(chain) : always;
  if (known !== always) answers.set("closed", [not(known)]);
  const start: State = {
    through: known,
    answers,
    reading: readingAt(arrival, chain, look),
  };
  return chain.filters.reduce((state, filter) => pass(state, filter, look, chain), start);
}

/** How the first filter of a chain reads. */
export function readingAt(
  { opaque, unasked, hbone, proxied }: Omit<Arrival, "here" | "chain">,
  chain: FilterChain,
  look: Look,
): Reading {
  return {
    ...plainReading(look),
    http: chain.kind === "http",
    peers: !opaque && unasked !== true,
    serverNames: !hbone && seesServerNames(chain),
    sources: !hbone,
    remote: isRemoteOwn(chain, proxied) ? "remote.ip" : "source.ip",
  };
}

/** How a filter of a chain of bytes reads. */
export function plainReading({ queries }: Look): Reading {
  return {
    peer: "certificate",
    peers: true,
    serverNames: true,
    http: false,
    claims: false,
    queries,
    sources: true,
    remote: "source.ip",
    rewrites: [],
  };
}

/** The server name is only known where TLS was looked at. */
function seesServerNames({ tls, match }: FilterChain): boolean {
  return tls !== undefined || match.transport === "tls" || match.serverNames !== undefined;
}

function pass(state: State, filter: Filter, look: Look, { kind, filters }: FilterChain): State {
  const http = kind === "http";
  switch (filter.kind) {
    case "rbac":
      return passRbac(state, filter, look, http ? "403" : "closed");
    case "ext-authz":
      return passProvider(state, filter, look, { http, filters });
    case "jwt":
      return http ? passJwt(state, filter, filters, look) : state;
  }
}

function refuse({ answers, through }: State, status: string, when: Formula): void {
  const known = answers.get(status) ?? [];
  known.push(and(through, when));
  answers.set(status, known);
}

function passRbac(state: State, filter: RbacFilter, look: Look, status: string): State {
  if (filter.action === "AUDIT" || !filter.rules) return state;
  const some = someRule(filter.rules, { ...state.reading, peer: filter.peer }, look);
  const denied = filter.action === "DENY" ? some : not(some);
  refuse(state, status, denied);
  return { ...state, through: and(state.through, not(denied)) };
}

/** Whether some rule matches: one that can matter, where tokens are the request's own. */
function someRule(rules: readonly Rule[], reading: Reading, look: Look): Formula {
  const { rewrites, missed = never } = reading;
  const near = tokensHanded(rewrites).length > 0 || missed !== never ? undefined : look.near;
  const parts: Formula[] = [];
  for (const rule of near ? near.among(rules, reading.peer) : rules) {
    const formula = ruleFormula(rule, reading);
    if (!near || near.formula(formula)) parts.push(formula);
  }
  return seenToken(unlessMissed(oneOf(parts), missed), rewrites);
}

/** The provider is asked where a rule matches, and says what it likes. */
function passProvider(
  state: State,
  filter: ExtAuthzFilter,
  look: Look,
  { http, filters }: { readonly http: boolean; readonly filters: readonly Filter[] },
): State {
  const asked = someRule(filter.rules, { ...state.reading, peer: filter.peer }, look);
  const yes: Formula = { kind: "free", name: filter.provider };
  refuse(state, http ? `refused by ${filter.provider}` : "closed", and(asked, not(yes)));
  const handed = http ? handedBy(filter, asked, filters) : [];
  const rewrites = [...state.reading.rewrites, { ...byProvider(filter, asked), handed }];
  return {
    ...state,
    through: and(state.through, or(not(asked), yes)),
    reading: { ...state.reading, rewrites },
  };
}

/** Tokens that are not accepted are answered 401, or 403 where only the audience is wrong. */
function passJwt(
  state: State,
  filter: JwtFilter,
  filters: readonly Filter[],
  { tokens: others = [] }: Look,
): State {
  const tokens = tokensOf(filter);
  const missed = missedBy(filter, others);
  const seen = (formula: Formula): Formula => seenToken(formula, state.reading.rewrites);
  const [none, known, taken] = [seen(tokens.none), seen(tokens.known), seen(tokens.taken)];
  const by = new Map([...tokens.by].map(([provider, when]) => [provider, seen(when)]));
  const { malformed, rewrites } = atPlace(filter, filters, state.reading, { none, by });
  const unseen = missed === never ? never : seen(missed);
  refuse(state, "401", or(malformed, and(not(none), not(known), not(unseen))));
  refuse(state, "403", and(known, not(taken)));
  return {
    ...state,
    through: and(state.through, unseen === never ? taken : or(taken, unseen), not(malformed)),
    reading: {
      ...state.reading,
      claims: true,
      missed,
      rewrites: [...state.reading.rewrites, byToken(filter), ...rewrites],
    },
  };
}

/** That a request gets one of these answers. */
export function answered(outcomes: Outcomes, status: string): Formula {
  return outcomes.get(status) ?? never;
}
