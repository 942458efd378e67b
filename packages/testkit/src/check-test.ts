import { didYouMean, type Path } from "@meshproof/engine";
import type { Context } from "./check-context.ts";
import { checkTable } from "./check-table.ts";
import { expectationNames } from "./expectation-faults.ts";
import { expandGroups } from "./groups.ts";
import { isOnAxis } from "./matrix.ts";
import { namesTarget } from "./merge.ts";
import { partFault } from "./part.ts";
import { type Case, listOf, type RequestPart, type SuiteToken, type Test } from "./suite.ts";
import { variantFault } from "./variants.ts";

/** The ways a test can say which requests it is about: one of them. */
const kinds = ["request", "cases", "matrix", "table", "whoCan"] as const;

/** What is wrong with a test beyond its shape. */
export function checkTest(test: Test, context: Context): void {
  const { path } = context;
  const given = kinds.filter((kind) => test[kind] !== undefined);
  const [first, second] = given;
  if (first !== undefined && second !== undefined)
    invalid(context, second, `a test has \`${first}\` or \`${second}\`, not both`);
  if (test.matrix === undefined && test.allow !== undefined)
    invalid(context, "allow", "`allow` belongs to a `matrix`", "or write `expect: allow`");
  if (test.matrix !== undefined) checkMatrix(test, context);
  checkWhoCan(test, context);
  if (test.table !== undefined) checkTable(test.table, context);
  checkCase(test, context);
  for (const [index, each] of (test.cases ?? []).entries())
    checkCase(each, { ...context, path: [...path, "cases", index] });
  if (test.given !== undefined) checkRequest(test.given, { ...context, path: [...path, "given"] });
}

function invalid({ path, report }: Context, field: string, message: string, hint?: string): void {
  report({ code: "suite/invalid-test", path: [...path, field], message, hint, key: true });
}

function checkWhoCan({ whoCan, exactly, snapshot, expect }: Test, context: Context): void {
  if (whoCan === undefined) {
    if (exactly !== undefined) invalid(context, "exactly", "`exactly` belongs to a `whoCan`");
    return;
  }
  if (exactly === undefined && snapshot === undefined)
    invalid(context, "whoCan", "a `whoCan` says who", "`exactly: []` if nobody can");
  if (expect !== undefined)
    invalid(context, "expect", "a `whoCan` expects what its `exactly` says: all others are denied");
  if (whoCan.from !== undefined)
    invalid(context, "whoCan", "`whoCan` asks for everybody: it has no `from`");
  checkRequest(whoCan, { ...context, path: [...context.path, "whoCan"] });
}

function checkMatrix({ matrix = {}, allow, expect, snapshot }: Test, context: Context): void {
  const axes = Object.keys(matrix);
  for (const axis of axes) checkPart(axis, [...context.path, "matrix", axis], context);
  if (allow === undefined && snapshot === undefined)
    invalid(context, "matrix", "a `matrix` says which cells are allowed", "`allow: []` if none is");
  if (expect !== undefined)
    invalid(
      context,
      "expect",
      "a `matrix` expects what its `allow` says: all other cells are denied",
    );
  for (const [index, cell] of (allow ?? []).entries())
    for (const [key, value] of Object.entries(cell))
      checkAllowed(key, value, matrix, {
        ...context,
        path: [...context.path, "allow", index, key],
      });
}

/** An entry of `allow` that describes no cell would be a typo that nobody sees. */
function checkAllowed(
  key: string,
  value: unknown,
  matrix: NonNullable<Test["matrix"]>,
  { report, path, suite }: Context,
): void {
  const axis = matrix[key];
  const axes = Object.keys(matrix);
  if (axis === undefined) {
    const hint = didYouMean(key, axes) ?? `it has ${axes.join(", ")}`;
    const message = `the matrix has no \`${key}\``;
    report({ code: "suite/unknown-name", path, message, hint, key: true });
    return;
  }
  const members = (each: unknown): readonly unknown[] =>
    key === "from" && typeof each === "string" ? expandGroups([each], suite.spec.groups) : [each];
  if (isOnAxis(value, axis, members)) return;
  const message = `\`${JSON.stringify(value)}\` is not among the values of \`${key}\` in the matrix`;
  report({ code: "suite/unknown-name", path, message });
}

function checkPart(name: string, path: Path, { report }: Context): void {
  const fault = partFault(name);
  if (fault === undefined) return;
  const message = `\`${name}\` is no part of a request`;
  report({ code: "suite/unknown-name", path, message, ...fault, key: true });
}

function checkCase({ request, expect, variants }: Case, context: Context): void {
  const { path, report } = context;
  checkExpected(expect, context);
  for (const [index, name] of (variants ?? []).entries()) {
    const fault = variantFault(name);
    if (fault !== undefined)
      report({ code: "suite/unknown-name", path: [...path, "variants", index], ...fault });
  }
  if (request !== undefined) checkRequest(request, { ...context, path: [...path, "request"] });
}

function checkExpected(expect: Case["expect"], { path, report }: Context): void {
  for (const { field, ...fault } of expectationNames(expect))
    report({ code: "suite/invalid-field", path: [...path, "expect", field], ...fault });
}

/** What is wrong with a part of a request: names that lead nowhere, nobody who calls, a method that is two. */
export function checkRequest(request: RequestPart, context: Context): void {
  const { report, path } = context;
  checkTokens(request, context);
  const { from, http, grpc } = request;
  if (from !== undefined && listOf(from).length === 0)
    report({
      code: "suite/invalid-test",
      path: [...path, "from"],
      message: "`from` names nobody: nothing would be asked",
      hint: "`from: none` for a caller without an identity",
    });
  if (grpc !== undefined && namesTarget(http))
    report({
      code: "suite/invalid-test",
      path: [...path, "grpc"],
      message: "`grpc` is a method and a path: `http` may say neither beside it",
      key: true,
    });
}

/** A token that is called by a name is one of the suite's. */
function checkTokens({ token }: RequestPart, { suite, report, path }: Context): void {
  const known = Object.keys(suite.spec.tokens ?? {});
  for (const use of listOf(token)) {
    const name = nameOf(use);
    if (name === undefined || known.includes(name)) continue;
    report({
      code: "suite/unknown-name",
      path: [...path, "token"],
      message: `unknown token \`${name}\``,
      hint: didYouMean(name, known) ?? "a token of the suite, a raw one (ey...), or none",
    });
  }
}

function nameOf(use: SuiteToken): string | undefined {
  if (typeof use === "object") return use.use ?? use.extends;
  return use === "none" || use.includes(".") ? undefined : use;
}
