import { explain, type Finding, type Mesh } from "@meshproof/engine";
import type { CaseResult, SuiteResult } from "@meshproof/testkit";
import { assumedLine } from "./assumed.ts";
import { traceLines } from "./explain.ts";
import { failureLines } from "./failures.ts";
import { ignoredLines } from "./ignored.ts";
import type { Texts } from "./position.ts";
import { rehearsedLines } from "./rehearsed.ts";
import { headings, isUnenforced, verdictRow } from "./rows.ts";
import { table } from "./table.ts";
import { inColumns, type Line } from "./trace-lines.ts";
import { unknownLines } from "./unknown.ts";

/** How much a report says. */
export interface Style {
  readonly texts: Texts;
  readonly wide: boolean;
  readonly verbose: boolean;
  readonly columns?: number; // of the terminal; absent: whoever reads it breaks lines
}

/** The whole report of a check: the table, what did not hold, what was open, taken for granted and ignored, the counts. */
export function formatCheck(results: readonly SuiteResult[], style: Style): string {
  const asked = results.filter(({ cases }) => cases.length > 0);
  const lines = [
    ...asked.flatMap((result) => failureLines(result, style.texts)),
    ...asked.flatMap(({ cases }) => cases.flatMap(unknownLines)),
    ...notesOf(asked, style),
    ...closing(results),
  ];
  return `${tableOf(asked, style)}${stepsOf(asked, style)}${told(lines, style).join("")}`;
}

/** Lines as long as they are, but on a terminal: there they are broken, and indented. */
function told(lines: readonly string[], { columns }: Style): readonly string[] {
  if (columns === undefined) return lines.map((line) => `${line}\n`);
  return inColumns(lines.map(hanging), columns).map((line) => `${line}\n`);
}

/** A line whose other lines are indented by two more than itself. */
function hanging(line: string): Line {
  const [lead = ""] = /^ */.exec(line) ?? [];
  return { lead, text: line.trimStart(), margin: lead.length + 2 };
}

function tableOf(results: readonly SuiteResult[], { texts, wide, columns }: Style): string {
  const rows = results.flatMap(({ loaded, cases }) =>
    cases.map((each) => verdictRow(each, { mesh: loaded?.mesh, texts, wide })),
  );
  return rows.length === 0 ? "" : table([headings(wide), ...rows], columns);
}

function stepsOf(results: readonly SuiteResult[], { texts, verbose, columns }: Style): string {
  if (!verbose) return "";
  return results
    .flatMap(({ loaded, cases }) =>
      loaded === undefined ? [] : cases.map((each) => traced(each, loaded.mesh, texts)),
    )
    .filter((lines) => lines.length > 0)
    .map((lines) => `\n${inColumns(lines, columns).join("\n")}\n`)
    .join("");
}

function traced(each: CaseResult, mesh: Mesh, texts: Texts): readonly Line[] {
  const { verdict, asked } = each;
  if (verdict === undefined || asked === undefined) return [];
  const explanation = explain({ mesh, ...asked, verdict }, "trace");
  return traceLines(each, explanation, { mesh, texts, verbose: true });
}

function notesOf(results: readonly SuiteResult[], { texts, verbose }: Style): readonly string[] {
  const cases = results.flatMap((result) => result.cases);
  const facts = [
    ...results.flatMap(({ loaded }) => loaded?.assumptions ?? []),
    ...cases.flatMap(({ verdict }) => verdict?.facts ?? []),
  ];
  const assumed = assumedLine(facts, verbose);
  const ignored = results.flatMap(({ loaded, cases: own }) =>
    loaded === undefined ? [] : ignoredLines(own, loaded.mesh, { texts, all: verbose }),
  );
  const rehearsed = results.flatMap(({ loaded, cases: own }) =>
    loaded === undefined ? [] : rehearsedLines(own, loaded.mesh, texts),
  );
  const kinds = otherKinds(results);
  return [
    ...new Set(rehearsed),
    ...(assumed === undefined ? [] : [assumed]),
    ...new Set(ignored),
    ...(kinds === "" ? [] : [`not ours: ${kinds}`]),
  ];
}

/** How many objects of kinds that decide nothing here. Suites over one mesh count it once. */
function otherKinds(results: readonly SuiteResult[]): string {
  const most = new Map<string, number>();
  for (const { loaded } of results)
    for (const [kind, count] of Object.entries(loaded?.counts.otherKinds ?? {}))
      most.set(kind, Math.max(most.get(kind) ?? 0, count));
  return [...most].map(([kind, count]) => `${count} ${kind}`).join(", ");
}

/** Requests, and how many of them are as expected. */
function closing(results: readonly SuiteResult[]): readonly string[] {
  const cases = results.flatMap((result) => result.cases);
  const isBroken = findingsOf(results).some(({ severity }) => severity === "error");
  if (cases.length === 0)
    return isBroken || results.length === 0 ? [] : ["0 requests: these suites have no test"];
  const asked = cases.filter(({ verdict }) => verdict !== undefined);
  const expected = asked.filter(({ expect }) => expect !== undefined);
  if (expected.length === 0 && asked.length === 1) return [];
  const failed = expected.filter(({ failures }) => failures.length > 0).length;
  const counts: readonly (readonly [number, string])[] = [
    [expected.length - failed, "as expected"],
    [failed, "not as expected"],
    [asked.length - expected.length, "without expectation"],
    [asked.filter(isOpen).length, "undetermined"],
    [asked.filter(isUnguarded).length, "allowed because nothing is enforced there"],
    [cases.filter(({ skipped }) => skipped !== undefined).length, "skipped"],
    [
      cases.filter((each) => each.verdict === undefined && each.skipped === undefined).length,
      "not asked",
    ],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return [`${cases.length} ${cases.length === 1 ? "request" : "requests"}: ${told.join(", ")}`];
}

function isOpen({ verdict, expect }: CaseResult): boolean {
  return expect === undefined && verdict?.decision === "undetermined";
}

function isUnguarded({ verdict }: CaseResult): boolean {
  return verdict !== undefined && isUnenforced(verdict);
}

/** All findings of a run. */
export function findingsOf(results: readonly SuiteResult[]): readonly Finding[] {
  const findings = results.flatMap((result) => result.findings);
  const told = new Map(findings.map((each) => [JSON.stringify(each), each])); // what several meshes of a suite share
  return [...told.values()];
}
