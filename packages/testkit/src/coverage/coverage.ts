import { evaluateAsync, type Mesh, type Span } from "@meshproof/engine";
import { layersOf } from "../answer.ts";
import { compare } from "../expect.ts";
import type { CaseResult, SuiteResult } from "../result.ts";
import { answerOf } from "../snapshot.ts";
import { mergeCoverage } from "./merge.ts";
import { type Piece, piecesOf } from "./places.ts";
import { type Covering, candidatesFor, type Sightings, sightingsOf } from "./sightings.ts";
import { meshWithout } from "./without.ts";

/** What the expectations of some suites hold fast. */
export interface Coverage {
  readonly pieces: readonly CoveredPiece[]; // in the order of the files
  readonly layers: Readonly<Record<string, number>>; // which decided how many cases
  readonly outcomes: Readonly<Record<string, number>>;
}

/** `needed`: some test fails without it. `seen`: it was looked at, and no expectation hangs on it. `unseen`: not even that. */
export interface CoveredPiece extends Piece {
  readonly state: "needed" | "seen" | "unseen";
  readonly at: Span;
  readonly by?: string; // the first test that fails without it
}

/**
 * Deletes one piece of the policies after the other and asks again what may depend on it: a piece is covered when an
 * expectation that is met with it is not met without it. The suites must have run with `trace`.
 */
export async function coverageOf(results: readonly SuiteResult[]): Promise<Coverage> {
  const runs: Coverage[] = [];
  for (const [mesh, cases] of byMesh(results)) {
    const verdicts = cases.flatMap(({ verdict }) => verdict ?? []);
    const layers = verdicts.flatMap(layersOf).map((layer) => layer ?? "none");
    const outcomes = verdicts.flatMap(({ branches }) => branches.map(outcomeText));
    const pieces = await coverMesh(mesh, cases);
    runs.push({ pieces, layers: counted(layers), outcomes: counted(outcomes) });
  }
  return mergeCoverage(runs);
}

/** The cases of all suites that share a mesh. */
function byMesh(results: readonly SuiteResult[]): ReadonlyMap<Mesh, readonly CaseResult[]> {
  const meshes = new Map<Mesh, CaseResult[]>();
  for (const { loaded, cases } of results) {
    if (loaded === undefined) continue;
    const known = meshes.get(loaded.mesh) ?? [];
    meshes.set(loaded.mesh, known);
    for (const each of cases) known.push(each);
  }
  return meshes;
}

function outcomeText({ outcome }: { readonly outcome: { kind: string; status?: number } }): string {
  return outcome.status === undefined ? outcome.kind : `${outcome.kind} ${outcome.status}`;
}

function counted(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words.toSorted()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

async function coverMesh(
  mesh: Mesh,
  cases: readonly CaseResult[],
): Promise<readonly CoveredPiece[]> {
  const sightings = sightingsOf(cases.filter(isCovering), mesh);
  const covered: CoveredPiece[] = [];
  for (const piece of piecesOf(mesh)) {
    const path = piece.path.length === 0 ? ["metadata", "name"] : piece.path;
    const at = mesh.locate({ resource: piece.policy, path });
    if (at !== undefined)
      covered.push({ ...piece, at, ...(await stateOf(piece, mesh, sightings)) });
  }
  return covered;
}

function isCovering(each: CaseResult): each is Covering {
  const { verdict, skipped, expect, snapshot, failures, apart } = each;
  const met = (expect ?? snapshot) !== undefined && failures.length === 0;
  return verdict !== undefined && skipped === undefined && apart !== true && met;
}

async function stateOf(
  piece: Piece,
  mesh: Mesh,
  sightings: Sightings,
): Promise<Pick<CoveredPiece, "state" | "by">> {
  const { seen, cases } = candidatesFor(piece, sightings);
  const left = meshWithout(mesh, piece);
  for (const each of cases) if (await fails(each, left)) return { state: "needed", by: each.test };
  return { state: seen ? "seen" : "unseen" };
}

async function fails(covering: Covering, mesh: Mesh): Promise<boolean> {
  const { asked, expect, snapshot, request, name } = covering;
  if (asked === undefined) return false;
  const { trace: _trace, ...options } = asked.options;
  const verdict = await evaluateAsync(mesh, asked.request, options);
  if (expect !== undefined && compare(expect, verdict).length > 0) return true;
  return snapshot !== undefined && answerOf(request, verdict, name).answer !== snapshot.answer;
}
