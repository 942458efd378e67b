import type { Header, Hop, Outcome, RuleRef, Step } from "@meshproof/engine";
import type { Rules, ScenarioRequest, Upstream } from "./vector.ts";

/** What a hop comes to, in the oracle's words: as much of a `Result` as the engine says. */
export interface Observed {
  readonly outcome: string;
  readonly status?: number;
  readonly body?: string;
  readonly chain?: string;
  readonly details?: string;
  readonly opaque?: boolean;
  readonly audit?: boolean;
  readonly remoteIp?: string;
  readonly peer?: string;
  readonly rules: Rules;
  readonly responseHeaders: readonly Header[];
  readonly upstream?: Upstream;
  readonly effect?: string; // of a listener that is not served
}

/** Reads a hop as the oracle reads Envoy's access log and what its echo server received. */
export function observe(hop: Hop, { http }: ScenarioRequest): Observed {
  const { outcome, steps, chain, saw } = hop;
  const answered = outcome.kind === "forwarded" && outcome.received !== undefined;
  const isHttp = answered || outcome.kind === "reply" || outcome.kind === "protocol-error";
  const named = hop.point === "gateway" ? undefined : chain; // istiod gives those of a gateway no name
  const config = steps.find(({ layer }) => layer === "config");
  const status = answered ? 200 : outcome.status;
  return {
    outcome: answered ? "http" : outcomeOf(outcome, named),
    ...defined({
      status,
      body: http?.method === "HEAD" ? undefined : outcome.body?.slice(0, 200),
      chain: named,
      details: isUnheard(outcome) ? undefined : outcome.details,
      opaque: outcome.opaque,
      audit: auditOf(steps),
      peer: peerOf(hop),
      remoteIp: isHttp && http ? saw?.remoteIp : undefined,
      upstream: outcome.received,
      effect: config?.text,
    }),
    rules: rulesOf(hop, isHttp),
    responseHeaders: (outcome.responseHeaders ?? []).filter(([name]) => shown.has(name)),
  };
}

/** A silent client is undecided as long as no chain has it; the oracle's hangs up on one that waits for a request. */
function outcomeOf({ kind, details }: Outcome, chain: string | undefined): string {
  if (kind === "silent" && chain !== undefined) return "tcp-closed";
  return details === "no_listener" ? "no-listener" : (outcomes[kind] ?? kind);
}

/** Nobody there to say anything in a log of connections. */
function isUnheard({ kind, details }: Outcome): boolean {
  return kind === "no-chain" || details === "no_listener";
}

const outcomes: Readonly<Record<string, string>> = {
  forwarded: "tcp-ok",
  reply: "http",
  closed: "tcp-closed",
  "no-chain": "no-filter-chain",
  silent: "undecided",
};

/** The headers of an answer that the oracle keeps. */
const shown: ReadonlySet<string> = new Set([
  ...["www-authenticate", "location", "grpc-status", "grpc-message"],
]);

/** The URI names of the client's certificate, where the proxy took it. */
function peerOf({ saw }: Hop): string | undefined {
  const uris = (saw?.identities ?? []).filter((name) => /^[a-z]+:\/\//i.test(name));
  return uris.length === 0 ? undefined : uris.join(",");
}

/** AUDIT policies set a hint, or say that they do not. */
function auditOf(steps: readonly Step[]): boolean | undefined {
  const audits = steps.filter(({ layer, result }) => layer === "audit" && result !== "skip");
  return audits.length === 0 ? undefined : audits.some(({ by }) => by.length > 0);
}

/** The metadata that RBAC filters leave, one after the other. Network filters do not say what they enforced. */
function rulesOf({ steps, outcome }: Hop, isHttp: boolean): Rules {
  let rules: Rules = {};
  for (const step of steps) {
    rules = { ...rules, ...dryRunOf(step), ...customOf(step) };
    if (isHttp) rules = { ...rules, ...enforcedOf(step, outcome.details) };
  }
  return rules;
}

/** The rule that RBAC says it enforced. */
export function enforcedRule(hop: Hop): string | undefined {
  return rulesOf(hop, true).enforced;
}

function enforcedOf({ layer, result, by }: Step, details = ""): Rules {
  if (!["deny", "allow", "audit"].includes(layer) || result === "skip") return {};
  const [rule] = by;
  const named = /^rbac_access_denied_matched_policy\[(.*)\]$/.exec(details)?.[1];
  const name = rule && (result === "refuse" ? named : ruleName(rule));
  return {
    ...(name === undefined ? {} : { enforced: name }),
    enforcedResult: result === "refuse" ? "denied" : "allowed",
  };
}

function dryRunOf({ dryRun }: Step): Rules {
  if (dryRun === undefined) return {};
  const [rule] = dryRun.by;
  const result = dryRun.wouldDeny ? "denied" : "allowed";
  return dryRun.action === "ALLOW"
    ? { ...(rule ? { dryRunAllow: ruleName(rule) } : {}), dryRunAllowResult: result }
    : { ...(rule ? { dryRunDeny: ruleName(rule) } : {}), dryRunDenyResult: result };
}

function customOf({ layer, by: [rule] }: Step): Rules {
  return layer === "custom" && rule ? { custom: ruleName(rule) } : {};
}

/** Envoy's name for a rule. */
function ruleName({ policy, rule }: RuleRef): string {
  return `ns[${policy.namespace}]-policy[${policy.name}]-rule[${rule}]`;
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
