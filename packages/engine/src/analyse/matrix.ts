import type { Mesh } from "../model/mesh.ts";
import { scopesAt } from "./access.ts";
import type { Answered } from "./answers.ts";
import type { AnalyseOptions, Matrix, MatrixCell, Protocol, Undecided } from "./api.ts";
import { assumptionsOf } from "./assumptions.ts";
import { callersOf, type MatrixCaller } from "./callers.ts";
import { inquire } from "./question.ts";
import { allGroups, type Group } from "./sides.ts";
import { isCertified } from "./space/arrivals.ts";
import { and } from "./space/formula.ts";
import { lanesOf } from "./space/lanes.ts";
import { checkOptions } from "./stated.ts";
import { tunnelMarks } from "./unknown-tunnels.ts";
import { filtersAssumed, meshRead } from "./unread.ts";

/** Who reaches what: for every caller and every point whether all, some or none of its requests get through, and which. */
export function matrix(mesh: Mesh, options: AnalyseOptions = {}): Matrix {
  checkOptions(options);
  const groups = allGroups(meshRead(mesh, options), options, ({ proxy }) => proxy.namespace);
  const callers = callersOf(
    mesh,
    groups.flatMap(({ side }) => side ?? []),
  );
  const answered = groups.map((group) => groupCells(group, callers, options));
  const points = groups.flatMap((group) => [...group.points]);
  return {
    callers: callers.map(({ name }) => name),
    points,
    cells: answered.flatMap(({ cells }) => cells),
    assumptions: [
      ...assumptionsOf(points, new Set(answered.flatMap(({ attributes }) => attributes))),
      ...(groups.some(isAskedByNobody) ? [unnamed] : []),
      ...(options.assume ? filtersAssumed(mesh, points) : []),
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

interface GroupCells {
  readonly cells: readonly MatrixCell[];
  readonly attributes: readonly string[]; // that the answers are about
}

function groupCells(
  group: Group,
  callers: readonly MatrixCaller[],
  options: AnalyseOptions,
): GroupCells {
  const answers = (["http", "tcp"] as const).map((protocol) =>
    answersOf(group, callers, protocol, options),
  );
  const cells = callers.flatMap(({ name }, index) => {
    const known = answers.map((each) => ("because" in each ? each : each[index]));
    return group.points.map((to) => ({ from: name, to, ...cellOf(known) }));
  });
  const looked = answers.flatMap((each) => ("because" in each ? [] : each));
  const marks = group.side ? tunnelMarks(group.side) : [];
  const attributes = ["peer", ...looked.flatMap((each) => [...each.attributes]), ...marks];
  return { cells, attributes };
}

const unknown: Undecided = { because: "not-modelled", text: "what it is told is not known" };

function answersOf(
  { side, undecided = unknown }: Group,
  callers: readonly MatrixCaller[],
  protocol: Protocol,
  options: AnalyseOptions,
): readonly Answered[] | Undecided {
  if (!side) return undecided;
  const spoken = callers.map(({ requests }) => requests);
  const { scopes, allowed, queries } = scopesAt(side, spoken, protocol);
  const questions = scopes.map((scope) => ({
    region: and(scope, allowed),
    care: scope,
    queries,
    fits: ([status]: readonly string[]): boolean => status === "allowed",
  }));
  return inquire([side], protocol, questions, options);
}

/** What is said of each kind of traffic, as one answer. */
function cellOf(
  answers: readonly (Answered | Undecided | undefined)[],
): Omit<MatrixCell, "from" | "to"> {
  const open = answers.flatMap((each) => (each === undefined ? [] : openIn(each)));
  const [cause, ...others] = new Map(open.map((each) => [each.text, each])).values();
  if (cause)
    return { allowed: "undecided", regions: [], complete: false, undecided: [cause, ...others] };
  const known = answers.flatMap((each) =>
    each && !("because" in each) && !each.vacuous ? [each] : [],
  );
  if (known.every((each) => each.empty)) return { allowed: "none", regions: [], complete: true };
  if (known.every((each) => each.whole)) return { allowed: "all", regions: [], complete: true };
  return {
    allowed: "some",
    regions: known.flatMap(({ regions }) => regions),
    complete: known.every(({ complete }) => complete),
  };
}

function openIn(answer: Answered | Undecided): readonly Undecided[] {
  return "because" in answer ? [answer] : answer.undecided;
}
