import type { Mesh } from "../model/mesh.ts";
import { scopesAt } from "./access.ts";
import type { Answered } from "./answers.ts";
import type { AnalyseOptions, Matrix, MatrixCell, Protocol } from "./api.ts";
import { assumptionsOf } from "./assumptions.ts";
import { callersOf, type MatrixCaller } from "./callers.ts";
import { inquire } from "./question.ts";
import { allGroups, type Group } from "./sides.ts";
import { isCertified } from "./space/arrivals.ts";
import { and } from "./space/formula.ts";
import { lanesOf } from "./space/lanes.ts";
import { checkOptions } from "./stated.ts";

/** Who reaches what: for every caller and every point whether all, some or none of its requests get through, and which. */
export function matrix(mesh: Mesh, options: AnalyseOptions = {}): Matrix {
  checkOptions(options);
  const groups = allGroups(mesh, options, ({ proxy }) => proxy.namespace);
  const callers = callersOf(
    mesh,
    groups.flatMap(({ side }) => side ?? []),
  );
  const cells = groups.flatMap((group) => groupCells(group, callers, options));
  const points = groups.flatMap((group) => [...group.points]);
  return {
    callers: callers.map(({ name }) => name),
    points,
    cells,
    assumptions: [
      ...assumptionsOf(points, new Set(["peer"])),
      ...(groups.some(isAskedByNobody) ? [unnamed] : []),
    ],
  };
}

const unnamed =
  "whoever calls a gateway that asks for no certificate has no identity there: see the row `no identity`";

/** A gateway that no certificate comes to. */
function isAskedByNobody({ side }: Group): boolean {
  if (side?.program.proxy.kind !== "gateway") return false;
  const lanes = (["http", "tcp"] as const).flatMap((each) => lanesOf(side.program, each));
  return lanes.every(({ transport }) => !isCertified(transport));
}

function groupCells(
  group: Group,
  callers: readonly MatrixCaller[],
  options: AnalyseOptions,
): readonly MatrixCell[] {
  const answers = (["http", "tcp"] as const).map((protocol) =>
    answersOf(group, callers, protocol, options),
  );
  return callers.flatMap(({ name }, index) => {
    const known = answers.map((each) => each?.[index]);
    return group.points.map((to) => ({ from: name, to, ...cellOf(known) }));
  });
}

function answersOf(
  { side }: Group,
  callers: readonly MatrixCaller[],
  protocol: Protocol,
  options: AnalyseOptions,
): readonly Answered[] | undefined {
  if (!side) return undefined;
  const spoken = callers.map(({ requests }) => requests);
  const { scopes, allowed, queries } = scopesAt(side, spoken, protocol);
  const questions = scopes.map((scope) => ({
    region: and(scope, allowed),
    care: scope,
    queries,
    fits: ([status]: readonly string[]): boolean => status === "allowed",
  }));
  const found = inquire([side], protocol, questions, options);
  return "because" in found ? undefined : found;
}

function cellOf(
  answers: readonly (Answered | undefined)[],
): Pick<MatrixCell, "allowed" | "regions" | "complete"> {
  const known = answers.flatMap((each) => (each && !each.vacuous ? [each] : []));
  const isOpen = answers.some((each) => each === undefined || each.undecided.length > 0);
  if (isOpen) return { allowed: "undecided", regions: [], complete: false };
  if (known.every((each) => each.empty)) return { allowed: "none", regions: [], complete: true };
  if (known.every((each) => each.whole)) return { allowed: "all", regions: [], complete: true };
  return {
    allowed: "some",
    regions: known.flatMap(({ regions }) => regions),
    complete: known.every(({ complete }) => complete),
  };
}
