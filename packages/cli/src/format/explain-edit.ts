import type {
  Decision,
  Edit,
  ExplainedBranch,
  ExplainedCondition,
  NearMiss,
  NewPolicy,
  PolicyChange,
  PolicyEdit,
  RequestChange,
  Trap,
} from "@meshproof/engine";
import { countOf, policyName, reasonOf, ruleName } from "@meshproof/testkit";
import { conditionText, quoted } from "./explain-condition.ts";
import { patchLines } from "./explain-patch.ts";
import { below, type Places, placeIn } from "./explain-policy.ts";
import { flow } from "./explain-yaml.ts";
import { few, type Line, placed, wrapped } from "./trace-lines.ts";

/** The rules that nearly decided otherwise, and what kept them from it. */
export function nearLines(near: readonly NearMiss[], places: Places): readonly Line[] {
  if (near.length < 2) return []; // the one there is stands above, condition by condition
  return ["", "what came close", ...near.flatMap((miss) => missLines(miss, places))];
}

function missLines({ rule, action, failing }: NearMiss, places: Places): readonly Line[] {
  const open = failing.some(({ known }) => !known) ? ", or may" : "";
  const count = countOf(failing.length, "condition fails", "conditions fail");
  const text = `${action} ${ruleName(rule)}: ${count}${open}`;
  const own = below(places, rule.at);
  return [
    ...placed("  ", text, placeIn(places, rule.at)),
    ...failing.flatMap((condition) =>
      placed(
        `    ${condition.known ? "✗" : "?"} `,
        `${condition.field}: ${conditionText(condition)}`,
        placeIn(own, condition.at),
      ),
    ),
  ];
}

/** The changes that turn the decision. */
export function editLines(branch: ExplainedBranch, places: Places): readonly Line[] {
  const { edits, decision } = branch;
  if (edits.length === 0) return [];
  const title = decision === "deny" ? "what would let it in" : "what would keep it out";
  return [
    "",
    title,
    ...edits.flatMap((edit) =>
      edit.kind === "request"
        ? wrapped("  request  ", `${few(edit.changes.map(requestChange))}: ${becomes(edit)}`)
        : edit.kind === "policy"
          ? policyLines(edit, branch, places)
          : edit.kind === "create"
            ? createLines(edit)
            : wrapped("  setting  ", `${edit.name} = ${edit.value}: ${becomes(edit)}`),
    ),
  ];
}

function becomes({ verdict }: Edit): string {
  const { decision, by } = verdict;
  const word = decision === "allow" ? "allowed" : "denied";
  return by.length > 0
    ? `${word} by ${by.map(ruleName).join(", ")}`
    : `${word}, ${reasonOf(verdict)}`;
}

const parts: Readonly<Record<string, (change: RequestChange) => string>> = {
  from: ({ becomes: who, was }) => `from ${who}${was === undefined ? "" : ` instead of ${was}`}`,
  transport: ({ becomes: how }) => (how === "mtls" ? "over mutual TLS" : "in plaintext"),
  "http.method": (change) => instead("method", change),
  "http.path": (change) => instead("path", change),
  "http.host": (change) => instead("host", change),
  "source.ip": (change) => instead("source address", change),
  sni: (change) => instead("SNI", change),
  token: ({ becomes: what }) => (what === "none" ? "without its token" : `with a token ${what}`),
  "token.claims": ({ becomes: what }) => `with ${what} in its token`,
};

function instead(name: string, { was, becomes: now }: RequestChange): string {
  return `${name} ${quoted(now)}${was === undefined ? "" : ` instead of ${quoted(was)}`}`;
}

function requestChange(change: RequestChange): string {
  const { part, becomes: now, was } = change;
  const known = parts[part];
  if (known !== undefined) return known(change);
  if (part.startsWith("providers.")) return `${part.slice("providers.".length)} says ${now}`;
  const name = part.replace(/^http\.headers\./, "");
  if (now === "none") return `without header ${name}`;
  return `header ${name}: ${quoted(now)}${was === undefined ? "" : ` instead of ${quoted(was)}`}`;
}

function policyLines(
  edit: PolicyEdit,
  { decision, traps }: Pick<ExplainedBranch, "decision" | "traps">,
  places: Places,
): readonly Line[] {
  const { changes } = edit;
  const lead = "  policy   ";
  const last = changes.length - 1;
  const margin = " ".repeat(lead.length);
  return [
    ...changes.flatMap((change, index) => [
      ...placed(
        index === 0 ? lead : margin,
        `${index === 0 ? "" : "and "}${changeText(change)}${index === last ? `: ${becomes(edit)}` : ""}`,
        placeIn(places, change.at),
      ),
      ...(patchLines(change, places.mesh, places.texts) ?? []).map((line) => `${margin}${line}`),
    ]),
    ...consequences(edit, decision, traps).flatMap((text) => wrapped(margin, text)),
  ];
}

/** Who else is concerned by a change. */
function consequences(
  { changes, rest }: PolicyEdit,
  decision: Decision,
  traps: readonly Trap[],
): readonly string[] {
  const added = changes.flatMap(({ do: what, left }) => (what === "append" ? [left] : []));
  return [
    ...(rest === undefined ? [] : [restText(rest, changes, decision)]),
    ...added.map(ruleText),
    ...(changes.some(({ at }) => at.path.length === 0)
      ? ["Nothing of it is enforced then: write it for a waypoint."]
      : []),
    ...(changes.some(({ at }) => at.path.at(-1) === "targetRefs") ? [aroundWaypoint] : []),
    ...(changes.some(isOfCaller) && traps.some(({ id }) => id === behindGateway)
      ? ["Everyone who comes through the gateway or the waypoint shows this identity."]
      : []),
  ];
}

function changeText({ at, do: what, values, left }: PolicyChange): string {
  if (at.path.length === 0) return `delete ${at.resource.kind} ${policyName(at.resource)}`;
  const field = String(at.path.at(-1));
  const said = few(values.map(quoted));
  switch (what) {
    case "add":
      return `add ${said} to ${field}`;
    case "set":
      if (typeof left === "object") return `bind it to ${few(values)}`;
      return typeof at.path.at(-1) === "number" ? `write ${said}` : `make ${field} ${said}`;
    case "remove":
      return left === undefined ? `remove ${field}` : `remove ${said} from ${field}`;
    case "rename":
      return `write ${said} instead of ${field}`;
    case "append":
      return "add a rule";
    case "join":
      return `make one rule of ${Number(field) - 1} and ${field}`;
  }
}

/** An object that is not there yet. */
function createLines({ resource, spec, ...edit }: NewPolicy): readonly Line[] {
  const { kind, namespace, name } = resource;
  const margin = " ".repeat(11);
  const text = `a ${kind} in ${namespace}: ${becomes({ resource, spec, ...edit })}`;
  return [
    ...wrapped("  new      ", text),
    `${margin}+ apiVersion: security.istio.io/v1`,
    `${margin}+ kind: ${kind}`,
    `${margin}+ metadata: { name: ${name}, namespace: ${namespace} }`,
    `${margin}+ spec: ${flow(spec)}`,
  ];
}

const aroundWaypoint =
  "ztunnel enforces nothing of it then: who connects to the pod past the waypoint is let in.";
const behindGateway = "behind-a-gateway-the-peer-is-the-gateway";

/** What a changed rule still asks for. */
function restText(
  rest: readonly ExplainedCondition[],
  changes: readonly PolicyChange[],
  decision: Decision,
): string {
  const verb = decision === "deny" ? "lets in" : "keeps out";
  if (rest.length === 0) {
    const whom = changes.every(isOfCaller)
      ? "whatever such a caller asks for"
      : changes.some(isOfCaller)
        ? "everything like this"
        : "whoever asks for this";
    return `The rule asks for nothing else: it ${verb} ${whom}.`;
  }
  const conditions = rest.map(({ field, expected }) => `${field} ${few(expected.map(quoted), 3)}`);
  return `It ${verb} everyone who fulfils the rest of the rule: ${conditions.join("; ")}.`;
}

function isOfCaller({ at }: PolicyChange): boolean {
  return at.path.includes("from");
}

/** Whom a rule lets in that was made for one request. */
function ruleText(rule: unknown): string {
  const { from, to, when } = rule as Readonly<Record<"from" | "to" | "when", unknown>>;
  if (when !== undefined) return "It lets in everyone with a token of this issuer.";
  const whom = from === undefined ? "everyone, with an identity or without one" : "this caller";
  const what = JSON.stringify(to).includes("methods") ? "this request" : "anything on this port";
  return `It lets in ${whom}, with ${what}.`;
}
