import type {
  Decision,
  Edit,
  ExplainedCondition,
  NearMiss,
  NewPolicy,
  PolicyChange,
  PolicyEdit,
  RequestChange,
} from "@meshproof/engine";
import { countOf, reasonOf, ruleName } from "@meshproof/testkit";
import { conditionText, quoted } from "./explain-condition.ts";
import { patchLines } from "./explain-patch.ts";
import { type Places, placeIn } from "./explain-policy.ts";
import { flow } from "./explain-yaml.ts";
import { few, placed, wrapped } from "./trace-lines.ts";

/** The rules that nearly decided otherwise, and what kept them from it. */
export function nearLines(near: readonly NearMiss[], places: Places): readonly string[] {
  if (near.length < 2) return []; // the one there is stands above, condition by condition
  return ["", "what came close", ...near.flatMap((miss) => missLines(miss, places))];
}

function missLines({ rule, action, failing }: NearMiss, places: Places): readonly string[] {
  const open = failing.some(({ known }) => !known) ? ", or may" : "";
  const count = countOf(failing.length, "condition fails", "conditions fail");
  const text = `${action} ${ruleName(rule)}: ${count}${open}`;
  return [
    ...placed("  ", text, placeIn(places, rule.at)),
    ...failing.flatMap((condition) =>
      placed(
        `    ${condition.known ? "✗" : "?"} `,
        `${condition.field}: ${conditionText(condition)}`,
        placeIn(places, condition.at),
      ),
    ),
  ];
}

/** The changes that turn the decision. */
export function editLines(
  edits: readonly Edit[],
  decision: Decision,
  places: Places,
): readonly string[] {
  if (edits.length === 0) return [];
  const title = decision === "deny" ? "what would let it in" : "what would keep it out";
  return [
    "",
    title,
    ...edits.flatMap((edit) =>
      edit.kind === "request"
        ? wrapped("  request  ", `${few(edit.changes.map(requestChange))}: ${becomes(edit)}`)
        : edit.kind === "policy"
          ? policyLines(edit, decision, places)
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

function policyLines(edit: PolicyEdit, decision: Decision, places: Places): readonly string[] {
  const { changes, rest } = edit;
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
    ...(rest === undefined ? [] : wrapped(margin, restText(rest, decision))),
  ];
}

function changeText({ at, do: what, values, left }: PolicyChange): string {
  const field = String(at.path.at(-1));
  const said = few(values.map(quoted));
  switch (what) {
    case "add":
      return `add ${said} to ${field}`;
    case "set":
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
function createLines({ resource, spec, ...edit }: NewPolicy): readonly string[] {
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

/** Who else is concerned by a change. */
function restText(rest: readonly ExplainedCondition[], decision: Decision): string {
  const verb = decision === "deny" ? "lets in" : "keeps out";
  if (rest.length === 0) return `The rule asks for nothing else: it ${verb} everyone who has this.`;
  const conditions = rest.map(({ field, expected }) => `${field} ${few(expected.map(quoted), 3)}`);
  return `It ${verb} everyone who fulfils the rest of the rule: ${conditions.join("; ")}.`;
}
