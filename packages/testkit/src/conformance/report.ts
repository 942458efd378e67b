import type { Judgement } from "./judgement.ts";

/** Divergences of one kind: the first field that differs, and how. */
export interface Group {
  readonly kind: string;
  readonly judgements: readonly Judgement[];
}

/** What a run came to. */
export interface Totals {
  readonly requests: number; // that were compared
  readonly divergences: number;
  readonly skipped: ReadonlyMap<string, number>; // requests, by why
  readonly notCompared: ReadonlyMap<string, number>; // requests, by field
  readonly groups: readonly Group[]; // largest first
}

/** Adds up the judgements of a run. */
export function total(judgements: readonly Judgement[]): Totals {
  const compared = judgements.filter(({ skipped }) => skipped === undefined);
  const diverging = compared.filter(({ differences }) => differences.length > 0);
  return {
    requests: compared.length,
    divergences: diverging.length,
    skipped: count(judgements.flatMap(({ skipped }) => skipped ?? [])),
    notCompared: count(compared.flatMap(({ notCompared }) => notCompared)),
    groups: groupsOf(diverging),
  };
}

function count(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function groupsOf(diverging: readonly Judgement[]): readonly Group[] {
  const groups = new Map<string, Judgement[]>();
  for (const judgement of diverging) {
    const kind = kindOf(judgement);
    const known = groups.get(kind);
    if (known) known.push(judgement);
    else groups.set(kind, [judgement]);
  }
  return [...groups]
    .map(([kind, judgements]) => ({ kind, judgements }))
    .toSorted((a, b) => b.judgements.length - a.judgements.length);
}

function kindOf({ differences: [first] }: Judgement): string {
  if (first === undefined) return "";
  const { field, expected, got } = first;
  return `${field}: ${shape(expected)} -> ${shape(got)}`;
}

/** A value without what is particular to one scenario. */
function shape(value: unknown): string {
  if (value === undefined) return "-";
  if (Array.isArray(value) && value.length === 0) return "none";
  if (typeof value === "object") return "some";
  const text = String(value)
    .replace(/ns\[.*?\]-policy\[.*?\]-rule\[\d+\]/g, "RULE")
    .replace(/\beyJ[\w.-]+/g, "TOKEN");
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

/** The report as text. `show`: how many of each group; `group`: only those whose kind contains this. */
export function reportText(
  totals: Totals,
  { show, group = "" }: { readonly show: number; readonly group?: string | undefined },
): string {
  const { requests, divergences, skipped, notCompared, groups } = totals;
  return [
    ...groups.filter(({ kind }) => kind.includes(group)).flatMap((each) => groupLines(each, show)),
    ...counted("requests that were not compared", skipped),
    ...counted("fields that were not compared", notCompared),
    `requests ${requests}, divergences ${divergences}`,
    "",
  ].join("\n");
}

function groupLines({ kind, judgements }: Group, show: number): readonly string[] {
  return [
    `${judgements.length} x ${kind}`,
    ...judgements
      .slice(0, show)
      .flatMap(({ scenario, request, differences }) => [
        `  ${scenario}/${request}`,
        ...differences.map(
          ({ field, expected, got }) =>
            `    ${field}: expected ${json(expected)}, got ${json(got)}`,
        ),
      ]),
  ];
}

function json(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

function counted(title: string, counts: ReadonlyMap<string, number>): readonly string[] {
  if (counts.size === 0) return [];
  return [`${title}:`, ...[...counts].map(([name, number]) => `  ${number} ${name}`)];
}
