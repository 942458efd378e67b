import type { Proof, Region } from "@meshproof/engine/analyse";
import type { Proved } from "../../analysis/prove-document.ts";
import type { Texts } from "../position.ts";
import { inColumns, type Line, placed, wrapped } from "../trace-lines.ts";
import { regionText } from "./matrix-text.ts";
import { type Again, againLines, counted, pointsText } from "./places.ts";
import { decidedText, statusText, witnessText } from "./witness.ts";

/** Whether an invariant may be taken as met. */
export function isMet({ result, invariant }: Proof): boolean {
  return result === "holds" || (result === "holds-vacuously" && invariant.vacuous === "ok");
}

/** Proofs as a person reads them: one line for what holds, the requests that break what does not. */
export function proveText(
  proved: readonly Proved[],
  texts: Texts,
  { columns, ...told }: Omit<Style, "texts"> & { readonly columns?: number },
): string {
  const style = { ...told, texts };
  const lines = [...proved.flatMap((each) => documentLines(each, style)), summary(proved)];
  return `${inColumns(lines, columns).join("\n")}\n`;
}

function documentLines(proved: Proved, style: Style): readonly Line[] {
  const { name, proofs } = proved;
  if (proofs.length === 0) return [];
  const told = proofs.filter(({ points }) => points.length > 0);
  const assumptions = [...new Set(told.flatMap((proof) => proof.assumptions))];
  return [
    name,
    ...invariantsOf(proofs).flatMap((group) => groupLines(group, proved, style)),
    ...(assumptions.length === 0 ? [] : wrapped("  assumed: ", assumptions.join("; "))),
    "",
  ];
}

/** The proofs of each invariant together. */
export function invariantsOf(proofs: readonly Proof[]): readonly (readonly Proof[])[] {
  const groups = new Map<Proof["invariant"], Proof[]>();
  for (const proof of proofs)
    groups.set(proof.invariant, [...(groups.get(proof.invariant) ?? []), proof]);
  return [...groups.values()];
}

/** How proofs are told. */
export interface Style {
  readonly texts: Texts;
  readonly verbose: boolean;
  readonly again?: (proof: Proof, proved: Proved) => Again;
}

function groupLines(group: readonly Proof[], proved: Proved, style: Style): readonly Line[] {
  const [first] = group;
  if (first === undefined) return [];
  const failing = group.filter((proof) => !isMet(proof));
  const points = group.reduce((sum, proof) => sum + proof.points.length, 0);
  if (failing.length > 0) return failing.flatMap((proof) => proofLines(proof, proved, style));
  const where = style.verbose
    ? pointsText(group.flatMap((proof) => proof.points))
    : counted(points, "workload");
  return wrapped("  ✓ ", `${first.invariant.name} (${where})`);
}

/** One proof that is not met, with the requests that break it. */
export function proofLines(proof: Proof, proved: Proved, style: Style): readonly Line[] {
  const { invariant, violations, undecided } = proof;
  const again = style.again?.(proof, proved);
  const where = whereText(proof);
  return [
    ...wrapped(
      proof.result === "undecided" ? "  ? " : "  ✗ ",
      `${invariant.name}: ${resultText(proof)}${where}`,
    ),
    ...violations.flatMap(({ regions, complete }) => [
      ...regions.flatMap((region) => [
        ...regionLines(region, proved.mesh, style.texts),
        ...againLines("          ", again, region.witness, proof.points),
      ]),
      ...(complete ? [] : ["      and more like these"]),
    ]),
    ...undecided.flatMap(({ text }) => wrapped("      ? undecided: ", text)),
  ];
}

function whereText({ points, through }: Proof): string {
  if (points.length === 0) return "";
  const from = through === undefined ? "" : `${through.name} -> `;
  return ` at ${from}${pointsText(points)}`;
}

/** What became of an invariant, in words. */
function resultText(proof: Proof): string {
  const { result, points } = proof;
  if (points.length === 0) return "its target is nobody";
  if (result !== "holds-vacuously") return result;
  return `holds only because ${vacuousText(proof)} (\`vacuous: ok\` says that this is meant)`;
}

/** Why an invariant says nothing. */
function vacuousText({ early, through }: Proof): string {
  if (!early) return "there is no such request";
  if (through !== undefined) return "no such request comes as far as its policies";
  return "every such request is refused before policies are asked, by mutual TLS or for its token";
}

function regionLines(region: Region, mesh: Proved["mesh"], texts: Texts): readonly Line[] {
  const { witness } = region;
  const by = mesh === undefined ? "" : decidedText(witness, mesh, texts);
  return [
    ...wrapped("      - ", regionText(region)),
    ...placed(
      "        such as ",
      `${witnessText(witness)}: ${statusText(witness)}`,
      by || undefined,
    ),
  ];
}

function summary(proved: readonly Proved[]): string {
  const groups = proved.flatMap(({ proofs }) => invariantsOf(proofs));
  const of = (test: (proof: Proof) => boolean): number =>
    groups.filter((group) => group.some(test)).length;
  const violated = of(({ result }) => result === "violated");
  const vacuous = of((proof) => proof.result === "holds-vacuously" && !isMet(proof));
  const open = groups.filter(
    (group) =>
      group.some(({ result }) => result === "undecided") &&
      group.every(({ result }) => result !== "violated"),
  ).length;
  const held = groups.filter((group) => group.every(isMet)).length;
  return [
    counted(groups.length, "invariant"),
    `${held} held`,
    `${violated} violated`,
    ...(vacuous > 0 ? [`${vacuous} vacuous`] : []),
    ...(open > 0 ? [`${open} undecided`] : []),
  ].join(", ");
}
