import { describe, type TestContext, test } from "vitest";
import type { Asked } from "../ask.ts";
import { positionOf } from "../place.ts";
import type { Planned } from "../plan.ts";
import type { CaseResult } from "../result.ts";
import { answerOf, requestLine } from "../snapshot.ts";
import { failedAt } from "./failed-at.ts";
import { differenceOf, failureText, type Told } from "./failure-text.ts";
import { findingsText } from "./findings-text.ts";

/** How planned requests are asked, of which mesh, and where they are written. */
export interface Asking {
  readonly ask: (planned: Planned) => Promise<Asked>;
  readonly mesh: Told["mesh"];
  readonly frames?: string; // of the code that declares them, where no file does
}

/**
 * One vitest test for each planned request; those of one test of a suite stand in a block of its name. Gives a function that
 * tells what was asked so far.
 */
export function declareCases(
  planned: readonly Planned[],
  asking: Asking,
): () => readonly CaseResult[] {
  const asked: CaseResult[] = [];
  for (const [name, group] of byTest(planned)) {
    const [only, second] = group;
    const keep = (result: CaseResult): unknown => asked.push(result);
    const declare = (each: Planned, title: string): void =>
      test(title, (context) => holds(each, asking, { context, keep }));
    if (only !== undefined && second === undefined) declare(only, name);
    else
      describe(name, () => {
        for (const each of group) declare(each, titleOf(each));
      });
  }
  return () => asked;
}

function byTest(planned: readonly Planned[]): ReadonlyMap<string, readonly Planned[]> {
  const tests = new Map<string, Planned[]>();
  for (const each of planned) {
    const group = tests.get(each.test) ?? [];
    tests.set(each.test, group);
    group.push(each);
  }
  return tests;
}

/** The name of a case, and its request where several have it, or none. */
function titleOf({ name, from, request }: Planned): string {
  const { from: _from, to = "", token, ...rest } = request;
  const told = { ...rest, to, ...(from && { from }), ...(token === undefined ? {} : { token }) };
  return requestLine(told, name);
}

interface Running {
  readonly context: TestContext;
  readonly keep: (result: CaseResult) => void;
}

async function holds(planned: Planned, asking: Asking, { context, keep }: Running): Promise<void> {
  const { result, refused } = await asking.ask(planned);
  const { mesh, frames } = asking;
  const sources = { texts: mesh.texts, ...(frames === undefined ? {} : { frames }) };
  context.task.meta.suite = positionOf(result.at, mesh.texts);
  keep(result);
  if (result.skipped !== undefined) context.skip(result.skipped);
  const [finding] = refused;
  if (finding !== undefined)
    throw failedAt(finding.at, sources, { message: findingsText(refused, mesh.texts) });
  const failed = failureOf(result, mesh);
  if (failed !== undefined) throw failedAt(result.at, sources, failed);
  context.expect(failed).toBeUndefined(); // with vitest's `requireAssertions` a test without one fails
}

type Failed = Parameters<typeof failedAt>[2];

function failureOf(asked: CaseResult, mesh: Told["mesh"]): Failed | undefined {
  const { verdict, expect, snapshot, failures, request, test: name } = asked;
  if (verdict === undefined) return { message: "the request cannot be asked" };
  if (expect === undefined && snapshot === undefined)
    return { message: `\`${name}\` expects nothing (expect: allow, or authz check)` };
  if (failures.length === 0) return undefined;
  const { request: line, answer } = answerOf(request, verdict);
  const message = failureText({ mesh, verdict, asked, line, answer }, failures);
  return { message, difference: differenceOf(line, failures) };
}
