import type { Mesh, RuleRef } from "@meshproof/engine";
import type {
  Change,
  PointDiff,
  Proof,
  Region,
  Regions,
  Violation,
  Witness,
} from "@meshproof/engine/analyse";
import { ruleName } from "../answer.ts";
import { positionText, type Texts } from "../place.ts";
import { requestLine } from "../snapshot.ts";

/** Where rules of witnesses are looked up. */
export interface Written {
  readonly mesh: Mesh;
  readonly texts: Texts;
}

/** Why an invariant is not met, or what of it is: each region in the policies' words, with one request. */
export function proofsText(proofs: readonly Proof[], written: Written): string {
  return proofs.map((proof) => proofText(proof, written)).join("\n");
}

function proofText(proof: Proof, written: Written): string {
  const { invariant, points, through, violations, undecided, assumptions } = proof;
  const from = through === undefined ? "" : `${through.name} -> `;
  const where = points.length === 0 ? "" : ` at ${from}${pointsText(points)}`;
  const lines = [
    ...violations.flatMap((violation) => regionsLines(ofBytes(violation), written)),
    ...undecided.map(({ text }) => `? undecided: ${text}`),
    ...(points.length === 0 ? [] : assumedLines(assumptions)),
  ];
  return [`${invariant.name}: ${resultText(proof)}${where}`, ...lines.map(indent)].join("\n");
}

/** Of bytes it is said that they are. */
function ofBytes({ protocol, regions, ...violation }: Violation): Regions {
  const named = ({ text, ...region }: Region): Region => ({
    ...region,
    text: text === "every request" ? "bytes" : `bytes: ${text}`,
  });
  return { ...violation, regions: protocol === "tcp" ? regions.map(named) : regions };
}

function resultText(proof: Proof): string {
  const { invariant, result, points, assumptions } = proof;
  const { target = {} } = invariant;
  if (points.length === 0 && target.through !== undefined) return assumptions.join("; ");
  if (points.length === 0)
    return `the target names no enforcement point: ${JSON.stringify(target)}`;
  if (result !== "holds-vacuously") return result;
  return `holds only because ${vacuousText(proof)} (\`vacuous: "ok"\` says that this is meant)`;
}

/** Why an invariant says nothing. */
function vacuousText({ early, through }: Proof): string {
  if (!early) return "there is no such request";
  if (through !== undefined) return "no such request comes as far as its policies";
  return "every such request is refused before policies are asked, by mutual TLS or for its token";
}

/** What changes at workloads that are told the same: each kind of it, region by region. */
export function pointDiffText({ points, changes, undecided }: PointDiff, written: Written): string {
  const lines = [
    ...changes.flatMap((change) => [
      changeTitle(change),
      ...regionsLines(change, written).map(indent),
    ]),
    ...undecided.map(({ text }) => `? undecided: ${text}`),
  ];
  return [pointsText(points), ...lines.map(indent)].join("\n");
}

const titles: Readonly<Record<Change["kind"], string>> = {
  "newly-allowed": "allowed here and not there",
  "newly-denied": "allowed there and not here",
  "changed-status": "refused with another answer",
};

function changeTitle({ kind, protocol }: Change): string {
  return `${titles[kind]} (${protocol === "http" ? "HTTP" : "bytes"})`;
}

function regionsLines({ regions, complete }: Regions, written: Written): readonly string[] {
  const lines = regions.flatMap((region) => regionLines(region, written));
  return complete ? lines : [...lines, "and more like these"];
}

function regionLines({ text, witness }: Region, written: Written): readonly string[] {
  const by = witness.by.map((rule) => `  ${ruleText(rule, written)}`).join(",");
  return [
    `- ${text === "" ? "every request" : text}`,
    `  such as ${witnessLine(witness)}: ${witness.statuses.join(" -> ")}${by}`,
  ];
}

/** The request of a witness in one line; the address it comes from is told where it counts. */
function witnessLine({ request, claims, looked }: Witness): string {
  const { token: _, source, ...bare } = request;
  const told = looked.some((attribute) => /^(?:source|remote)\.ip/.test(attribute));
  const line = requestLine({ ...bare, ...(told && source ? { source } : {}) });
  return claims === undefined ? line : `${line} token ${JSON.stringify(claims)}`;
}

function ruleText(rule: RuleRef, { mesh, texts }: Written): string {
  const span = mesh.locate(rule.at);
  const place = span && texts.has(span.file) ? `  ${positionText(span, texts)}` : "";
  return `${ruleName(rule)}${place}`;
}

const most = 3;

/** Enforcement points by their names, some of many. */
export function pointsText(points: Proof["points"]): string {
  const names = points.map(({ name }) => name);
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** What was taken for granted, if anything was. */
export function assumedLines(assumptions: readonly string[]): readonly string[] {
  return assumptions.length === 0 ? [] : [`assumed: ${assumptions.join("; ")}`];
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
