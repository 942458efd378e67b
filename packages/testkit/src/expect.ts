import type { Branch, Verdict } from "@meshproof/engine";
import {
  decidingHop,
  layersOf,
  reasonOf,
  receivedOf,
  ruleName,
  statusOf,
  statusSeen,
  wholeOutcome,
} from "./answer.ts";
import { compareReaches } from "./expect-reaches.ts";
import { type Expectation, type ExpectedVerdict, listOf } from "./suite.ts";

/** One thing that was expected and is not so. */
export interface Failure {
  readonly what: string; // decision, status, by, headers.x-user
  readonly expected: string;
  readonly got: string;
}

/** What the short `expect: deny` holds for: a denial by a policy, not one of a request that never got to one. */
const policyLayers: ReadonlySet<string> = new Set(["mtls", "custom", "jwt", "deny", "allow"]);

/** Everything that is expected and is not so; [] means that the expectation is met. In every branch it must hold. */
export function compare(expectation: Expectation, verdict: Verdict): readonly Failure[] {
  if (typeof expectation === "string") return compareWord(expectation, verdict);
  const { decision } = expectation;
  const wrong = decision !== undefined && decision !== verdict.decision;
  if (wrong) return [{ what: "decision", expected: decision, got: described(verdict) }];
  if (decision === undefined && !settled.has(verdict.decision))
    return [{ what: "decision", expected: "allow or deny", got: described(verdict) }];
  return [
    ...compareRules(expectation, verdict),
    ...checks.flatMap((check) => check(expectation, verdict)),
  ];
}

const settled: ReadonlySet<string> = new Set(["allow", "deny"]);

function compareWord(word: Verdict["decision"], verdict: Verdict): readonly Failure[] {
  if (word !== verdict.decision)
    return [{ what: "decision", expected: word, got: described(verdict) }];
  const other = layersOf(verdict).filter(
    (layer) => layer === undefined || !policyLayers.has(layer),
  );
  if (word !== "deny" || other.length === 0) return [];
  const layers = other.map((layer) => layer ?? "none").join(", ");
  const where = `deny by layer ${layers}`;
  const got =
    other.length === layersOf(verdict).length
      ? `${where} (${reasonOf(verdict)}): say \`{ decision: deny, layer: ${layers} }\` if that is meant`
      : `${where} if ${circumstances(verdict)}: state which it is`;
  return [{ what: "decision", expected: "deny by a policy", got }];
}

/** Under which values of what nobody said no policy gets to see the request. */
function circumstances({ branches }: Verdict): string {
  const isOther = (branch: Branch): boolean =>
    layersOf({ branches: [branch] }).some(
      (layer) => layer === undefined || !policyLayers.has(layer),
    );
  const whens = branches
    .filter(isOther)
    .map(({ when }) => when.map(({ id, value }) => `${id} is ${value}`).join(" and "));
  return [...new Set(whens)].slice(0, 3).join(", or ");
}

function described(verdict: Verdict): string {
  const status = statusSeen(verdict);
  const by = verdict.by.length > 0 ? verdict.by.map(ruleName).join(", ") : reasonOf(verdict);
  return `${verdict.decision}${status === undefined ? "" : ` ${status}`} (${by})`;
}

/** Whether a proxy refuses a request as no HTTP that it takes, in every branch, so that no policy gets to see it. */
export function isRefusedEarly(verdict: Verdict): boolean {
  const layers = layersOf(verdict);
  const http = layers.length > 0 && layers.every((layer) => layer === "http");
  return verdict.decision === "deny" && http;
}

type Check = (expected: ExpectedVerdict, verdict: Verdict) => readonly Failure[];

/** Compares one value with that of every branch; `read` undefined: there is none. */
function inEachBranch(
  what: keyof ExpectedVerdict,
  read: (branch: Branch, verdict: Verdict) => string | undefined,
): Check {
  return (expected, verdict) => {
    const wanted = expected[what];
    if (wanted === undefined) return [];
    const got = new Set(verdict.branches.map((branch) => read(branch, verdict) ?? "none"));
    if (got.size === 1 && got.has(String(wanted))) return [];
    return [{ what, expected: String(wanted), got: [...got].join(" or ") }];
  };
}

const checks: readonly Check[] = [
  inEachBranch("status", (branch) => statusOf(wholeOutcome(branch))?.toString()),
  (expected, verdict) => compareLayer(expected, verdict),
  (expected, verdict) => compareHop(expected, verdict),
  (expected, verdict) => compareIdentity(expected, verdict),
  (expected, verdict) => compareReason(expected, verdict),
  inEachBranch("enforced", (branch) => String(decidingHop(branch)?.enforced ?? false)),
  inEachBranch("path", (branch) => receivedOf(branch)?.path),
  ({ reaches }, verdict) => compareReaches(reaches, verdict),
  (expected, verdict) => compareHeaders(expected, verdict),
];

function compareLayer({ layer }: ExpectedVerdict, verdict: Verdict): readonly Failure[] {
  if (layer === undefined) return [];
  const got = layersOf(verdict);
  if (got.length === 1 && got[0] === layer) return [];
  const text = got.map((each) => each ?? "none").join(" or ");
  return [{ what: "layer", expected: layer, got: `${text} (${reasonOf(verdict)})` }];
}

/** A kind of proxy, or the name of one. */
function compareHop({ hop }: ExpectedVerdict, { branches }: Verdict): readonly Failure[] {
  if (hop === undefined) return [];
  const other = branches.map(decidingHop).filter((at) => at?.point !== hop && at?.proxy !== hop);
  if (other.length === 0) return [];
  const got = other.map((at) => (at === undefined ? "none" : `${at.point} ${at.proxy}`));
  return [{ what: "hop", expected: hop, got: [...new Set(got)].join(" or ") }];
}

/** What the deciding proxy knows of its peer: behind a gateway or a waypoint that is not the caller. */
function compareIdentity({ identity }: ExpectedVerdict, { branches }: Verdict): readonly Failure[] {
  if (identity === undefined) return [];
  const wanted = identity?.replace(/^spiffe:\/\//, "");
  const got = new Set(branches.map((branch) => seenIdentity(branch) ?? "none"));
  if (got.size === 1 && got.has(wanted ?? "none")) return [];
  return [{ what: "identity", expected: wanted ?? "none", got: [...got].join(" or ") }];
}

function seenIdentity(branch: Branch): string | undefined {
  const [first] = decidingHop(branch)?.saw?.identities ?? [];
  return first?.replace(/^spiffe:\/\//, "");
}

function compareReason({ reason }: ExpectedVerdict, verdict: Verdict): readonly Failure[] {
  if (reason === undefined) return [];
  const text = reasonOf(verdict);
  const holds = verdict.branches.every(({ outcome }) => outcome.details?.includes(reason));
  return holds || text.includes(reason) ? [] : [{ what: "reason", expected: reason, got: text }];
}

function compareHeaders({ headers }: ExpectedVerdict, { branches }: Verdict): readonly Failure[] {
  return Object.entries(headers ?? {}).flatMap(([name, wanted]) => {
    if (branches.some((branch) => receivedOf(branch) === undefined))
      return [
        { what: `headers.${name}`, expected: headerText(wanted), got: "no request received" },
      ];
    const got = new Set(branches.map((branch) => received(branch, name)));
    if (got.size === 1 && got.has(wanted)) return [];
    const words = [...got].map(headerText).join(" or ");
    return [{ what: `headers.${name}`, expected: headerText(wanted), got: words }];
  });
}

function received(branch: Branch, name: string): string | null {
  const lines = (receivedOf(branch)?.headers ?? []).filter(([each]) => each === name.toLowerCase());
  return lines.length === 0 ? null : lines.map(([, value]) => value).join(", ");
}

function headerText(value: string | null): string {
  return value === null ? "no such header" : `"${value}"`;
}

/** The rules that decided, and in every branch those that would have or that marked the request. */
function compareRules(expected: ExpectedVerdict, verdict: Verdict): readonly Failure[] {
  const others = verdict.branches.flatMap((branch) => compareMarks(expected, branch));
  return [
    ...mustName("by", listOf(expected.by), verdict.by.map(ruleName), reasonOf(verdict)),
    ...others.filter((one, index) => others.findIndex((each) => sameFailure(each, one)) === index),
  ];
}

function compareMarks({ dryRun, audit }: ExpectedVerdict, branch: Branch): readonly Failure[] {
  const steps = decidingHop(branch)?.steps ?? [];
  const dry = (action: "ALLOW" | "DENY"): readonly string[] =>
    steps
      .filter((step) => step.dryRun?.action === action)
      .flatMap((step) => (step.dryRun?.by ?? []).map(ruleName));
  const marked = steps
    .filter(({ layer }) => layer === "audit")
    .flatMap(({ by }) => by.map(ruleName));
  return [
    ...mustName("dryRun.deny", listOf(dryRun?.deny), dry("DENY")),
    ...mustName("dryRun.allow", listOf(dryRun?.allow), dry("ALLOW")),
    ...mustName("audit", listOf(audit), marked),
  ];
}

function sameFailure(a: Failure, b: Failure): boolean {
  return a.what === b.what && a.expected === b.expected && a.got === b.got;
}

/** Every expected rule must be among the actual ones; without its index a policy stands for any of its rules. */
function mustName(
  what: string,
  expected: readonly string[],
  actual: readonly string[],
  otherwise = "none",
): readonly Failure[] {
  return expected
    .filter(
      (rule) => !actual.some((each) => each === rule || each.replace(/\[\d+\]$/, "") === rule),
    )
    .map((rule) => ({
      what,
      expected: rule,
      got: actual.length > 0 ? [...new Set(actual)].join(", ") : otherwise,
    }));
}
