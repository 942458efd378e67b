import type { ExplainedBranch, Explanation, Mesh, Trap } from "@meshproof/engine";
import { type CaseResult, reasonOf, ruleName, statusSeen } from "@meshproof/testkit";
import { editLines, nearLines } from "./explain-edit.ts";
import { hopLines } from "./explain-hop.ts";
import { type Places, placeIn } from "./explain-policy.ts";
import { wayLines } from "./explain-way.ts";
import type { Texts } from "./position.ts";
import { type Line, placed, wrapped } from "./trace-lines.ts";
import { callerText, requestText, targetText } from "./words.ts";

/** How an explanation is told. */
export interface Telling {
  readonly mesh: Mesh;
  readonly texts: Texts;
  readonly verbose: boolean;
}

/** One request and everything that is to be said of its verdict. */
export function explainLines(
  { request }: CaseResult,
  explanation: Explanation,
  telling: Telling,
): readonly Line[] {
  const { verdict, branches } = explanation;
  const status = statusSeen(verdict);
  const { grpcStatus } = verdict.outcome ?? {};
  const grpc = grpcStatus === undefined ? "" : ` (gRPC status ${grpcStatus})`;
  const head = `${verdict.decision}${status === undefined ? "" : ` ${status}`}${grpc}`;
  const asked = `${callerText(request)} -> ${targetText(request)}  ${requestText(request)}`;
  return [
    ...wrapped("", `${head}  ${asked}`),
    ...wrapped("  ", whyText(explanation)),
    ...branches.flatMap((branch) => branchLines(branch, branches.length > 1, telling)),
  ];
}

/** The trace alone, under the request: for reports on many. */
export function traceLines(
  { request }: CaseResult,
  { verdict, branches }: Explanation,
  telling: Telling,
): readonly Line[] {
  const asked = `${callerText(request)} -> ${targetText(request)}  ${requestText(request)}`;
  return [
    ...wrapped("", `${verdict.decision}  ${asked}`),
    ...branches.flatMap((branch) => branchLines(branch, branches.length > 1, telling)),
  ];
}

function whyText({ verdict }: Explanation): string {
  const { by, decision } = verdict;
  if (by.length > 0) return `decided by ${by.map(ruleName).join(", ")}`;
  return decision === "undetermined" ? "it depends on what is not known" : reasonOf(verdict);
}

function branchLines(
  branch: ExplainedBranch,
  several: boolean,
  { mesh, texts, verbose }: Telling,
): readonly Line[] {
  const { when, decision, hops, near, traps } = branch;
  const places: Places = { mesh, texts };
  const under = when.map(({ id, value }) => `${id} = ${value}`).join(", ");
  const head = several ? ["", ...wrapped("", `${decision} if ${under}`)] : [];
  return [
    ...head,
    ...traps.flatMap((trap) => trapLines(trap, places)),
    ...wayLines(hops),
    ...hops.flatMap((hop) => ["", ...hopLines(hop, places, { verbose })]),
    ...nearLines(near, places),
    ...editLines(branch, places),
  ];
}

/** A sentence, and where more is said about it. */
function trapLines({ id, text, at }: Trap, places: Places): readonly Line[] {
  const place = at === undefined ? undefined : placeIn(places, at);
  return [...wrapped("  ! ", text), ...placed("    ", `docs/traps.md#${id}`, place)];
}
