import { parseDocuments, type Verdict } from "@meshproof/engine";
import { layersOf, ruleName, statusOf } from "./answer.ts";
import type { Failure } from "./expect.ts";
import type { DescribedRequest } from "./result.ts";
import { valueAt } from "./schema-findings.ts";

/** What the requests of snapshot tests came to when somebody last looked: by suite, test and request. */
export type Snapshots = Readonly<Record<string, SuiteSnapshot>>;
/** The answers of one suite: by test and request. */
export type SuiteSnapshot = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One answer as a snapshot keeps it, and the request it is kept under. */
export interface Answer {
  readonly request: string;
  readonly answer: string;
}

/** A request in one line. */
export function requestLine(request: DescribedRequest, name?: string): string {
  const { from = "anyone", to, http, ...rest } = request;
  const parts = [
    ...(name === undefined ? [] : [`${name}:`]),
    from,
    "->",
    textOf(to),
    ...(http === undefined ? [] : [httpText(http)]),
    ...(Object.keys(rest).length === 0 ? [] : [textOf(rest)]),
  ];
  return parts.join(" ");
}

/** The line of a request and its answer. Counts of rules are left out: they change with every policy. */
export function answerOf(request: DescribedRequest, verdict: Verdict, name?: string): Answer {
  const { decision, outcome, by } = verdict;
  const status = statusOf(outcome);
  const rules = by.map(ruleName).join(", ");
  const layers = layersOf(verdict).map((layer) => layer ?? "none");
  const because = rules === "" ? `at ${layers.join(", ")}` : `by ${rules}`;
  const answer = [decision, ...(status === undefined ? [] : [status]), because].join(" ");
  return { request: requestLine(request, name), answer };
}

function httpText(http: NonNullable<DescribedRequest["http"]>): string {
  if (typeof http === "string") return http;
  const { method = "", host = "", path = "", ...rest } = http;
  const more = Object.keys(rest).length === 0 ? "" : ` ${textOf(rest)}`;
  return `${method} ${host}${path}${more}`.trim();
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What is different from the snapshot. */
export function compareSnapshot(
  { request, answer }: Answer,
  known: Readonly<Record<string, string>> | undefined,
): readonly Failure[] {
  const expected = known?.[request];
  if (expected === answer) return [];
  if (expected !== undefined) return [{ what: "snapshot", expected, got: answer }];
  const hint = "one (--update-snapshots takes this answer for right)";
  return [{ what: "snapshot", expected: hint, got: answer }];
}

/** Reads a snapshot file. What is none counts as empty: its tests fail. */
export function readSnapshots(file: { readonly path: string; readonly text: string }): Snapshots {
  const [document] = parseDocuments(file).documents;
  const suites = valueAt(document?.value, ["suites"]);
  return isObject(suites) ? (suites as Snapshots) : {};
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** A snapshot file, sorted, so that a change of an answer is a change of one line. */
export function snapshotText(snapshots: Snapshots): string {
  const lines = sorted(snapshots).flatMap(([suite, tests]) => [
    `  ${JSON.stringify(suite)}:`,
    ...sorted(tests).flatMap(([test, answers]) => [
      `    ${JSON.stringify(test)}:`,
      ...sorted(answers).map(
        ([request, answer]) => `      ${JSON.stringify(request)}: ${JSON.stringify(answer)}`,
      ),
    ]),
  ]);
  return `# Written by \`authz test --update-snapshots\`: read what changed before it is committed.
apiVersion: meshproof.dev/v1alpha1
kind: Snapshot
metadata:
  name: snapshot
  annotations: { config.kubernetes.io/local-config: "true" }
suites:
${lines.map((line) => `${line}\n`).join("")}`;
}

function sorted<Value>(
  record: Readonly<Record<string, Value>>,
): readonly (readonly [string, Value])[] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
