import { nativeJson, parseDocuments } from "@meshproof/engine";
import { type AmbientVector, conformAmbient } from "./ambient.ts";
import { conform } from "./conform.ts";
import { conformJourney } from "./journey/conform.ts";
import type { JourneyVector } from "./journey/vector.ts";
import type { Judgement } from "./judgement.ts";
import { reportText, total } from "./report.ts";
import { completeVector, type ShortScenario } from "./short-form.ts";
import type { KubernetesObject, Vector } from "./vector.ts";
import type { World } from "./world.ts";

export type { World } from "./world.ts";

/** A file of vectors: JSON lines, or a scenario in YAML. */
export interface VectorFile {
  readonly path: string;
  readonly text: string;
}

/** Which scenarios to run, and what to show of them. */
export interface Selection {
  readonly show?: number; // divergences of each group: 3
  readonly group?: string | undefined; // only groups whose kind contains this
  readonly only?: string | undefined; // one scenario, or one request of it (ID/REQUEST), in full
  readonly noJwt?: boolean; // only scenarios without RequestAuthentication and CUSTOM
}

/** What recordings were compared with, and what differed. */
export interface ConformanceRun {
  readonly requests: number; // that were compared
  readonly divergences: number;
  readonly text: string;
}

/**
 * Runs vectors through the engine: each request at the proxy of its scenario, beside what really happened.
 */
export async function runVectors(
  files: Iterable<VectorFile>,
  world: World,
  selection: Selection = {},
): Promise<ConformanceRun> {
  const judgements: Judgement[] = [];
  const inFull: string[] = [];
  for (const file of files)
    for (const line of linesOf(file)) {
      if (!isWanted(line, selection)) continue;
      const judged = await judgementsOf(line, world);
      if (selection.only !== undefined) inFull.push(...fullText(line, judged, selection.only));
      judgements.push(...judged.map(forgetful));
    }
  const { show = 3, group } = selection;
  const totals = total(judgements);
  const { requests, divergences } = totals;
  return { requests, divergences, text: [...inFull, reportText(totals, { show, group })].join("") };
}

type Line = Vector | AmbientVector | JourneyVector;

function* linesOf({ path, text }: VectorFile): Iterable<Line> {
  if (/\.ya?ml$/.test(path)) yield completeVector(scenarioIn({ path, text }), path);
  else
    for (const line of text.split("\n"))
      if (line.trim() !== "") {
        const parsed = nativeJson(line) as Line | ShortScenario;
        yield isWhole(parsed) ? parsed : completeVector(parsed, path);
      }
}

/** Vectors of the other two oracles have no short form. */
function isWhole(line: Line | ShortScenario): line is AmbientVector | JourneyVector {
  return "connections" in line || isJourney(line);
}

/** A scenario of several proxies. */
function isJourney(line: Line | ShortScenario): line is JourneyVector {
  return "scenario" in line && !("workload" in line.scenario);
}

/** All documents of a file are one scenario: those with a kind are its objects. */
function scenarioIn(file: VectorFile): ShortScenario {
  const objects: KubernetesObject[] = [];
  let scenario: ShortScenario = {};
  for (const { value } of parseDocuments(file).documents) {
    const part = value as KubernetesObject | ShortScenario;
    if ("kind" in part) objects.push(part);
    else scenario = { ...scenario, ...part };
  }
  return { ...scenario, objects: [...objects, ...(scenario.objects ?? [])] };
}

function isWanted(line: Line, { only, noJwt = false }: Selection): boolean {
  const { id, objects } = "scenario" in line ? line.scenario : line;
  if (only !== undefined && only !== id && !only.startsWith(`${id}/`)) return false;
  return !noJwt || !objects.some(needsMore);
}

function needsMore({ kind, spec }: KubernetesObject): boolean {
  return kind === "RequestAuthentication" || JSON.stringify(spec ?? {}).includes('"CUSTOM"');
}

async function judgementsOf(line: Line, world: World): Promise<readonly Judgement[]> {
  if (isJourney(line)) return conformJourney(line);
  return "scenario" in line ? conform(line, world) : conformAmbient(line);
}

/** Tens of thousands of hops need not be kept. */
function forgetful({ shown: _shown, ...judgement }: Judgement): Judgement {
  return judgement;
}

function fullText(line: Line, judgements: readonly Judgement[], only: string): readonly string[] {
  const { requests: _requests, ...scenario } =
    "scenario" in line ? line.scenario : { ...line, requests: [] };
  const { rejected, crashed } = "scenario" in line ? line : {};
  const wanted = judgements.filter(
    ({ scenario: id, request }) => only === id || only === `${id}/${request}`,
  );
  return [{ ...scenario, rejected, crashed }, ...wanted].map(
    (part) => `${JSON.stringify(part, null, 1)}\n`,
  );
}

export { type AdmissionAnswer, type AdmissionRun, compareAdmission } from "./admission.ts";
