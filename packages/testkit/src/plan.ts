import type { HttpParts, Path } from "@meshproof/engine";
import { expectedOf, isExpectation } from "./column.ts";
import { defined } from "./defined.ts";
import { expandGroups } from "./groups.ts";
import { cellsOf } from "./matrix.ts";
import { httpParts, mergeRequests } from "./merge.ts";
import type { SuiteDocument } from "./parse-suite.ts";
import { withPart } from "./part.ts";
import {
  type Case,
  type Expectation,
  listOf,
  type RequestPart,
  type Suite,
  type Test,
} from "./suite.ts";
import { variantsOf } from "./variants.ts";
import { type Accounts, callersAsked } from "./who-can.ts";

/** One request of a suite, with everything that is given above it, and what is expected of it. */
export interface Planned {
  readonly test: string;
  readonly name?: string; // of the case, the cell, the variant
  readonly path: Path; // of the case in the suite
  readonly request: RequestPart;
  readonly variant?: string; // which other spelling it is
  readonly from?: string; // one caller: a group is several requests
  readonly expect?: Expectation;
  readonly skip?: string;
  readonly snapshot?: true; // the answer is compared with the one that was recorded
  readonly sources: readonly Path[]; // where the parts of the request are written, the nearest first
  readonly fault?: string; // why there is no request to ask about
}

/** All requests of a suite, in its order. `accounts`: the callers of the inventory, whom `whoCan` asks. A test with `only` leaves the others out. */
export function planSuite(
  { suite }: SuiteDocument,
  accounts: readonly string[] = [],
  accountBehind?: Accounts["accountBehind"],
): readonly Planned[] {
  const tests = (suite.spec.tests ?? []).map((test, index) => ({ test, index }));
  const only = tests.filter(({ test }) => test.only);
  return (only.length > 0 ? only : tests).flatMap(({ test, index }) => {
    const planned = planTest(test, ["spec", "tests", index], {
      suite,
      accounts,
      ...defined({ accountBehind }),
    });
    return test.snapshot ? planned.map((each) => ({ ...each, snapshot: true as const })) : planned;
  });
}

function planTest(
  test: Test,
  path: Path,
  { suite, ...callers }: Pick<Base, "suite" | keyof Accounts>,
): readonly Planned[] {
  const given = mergeRequests(suite.spec.given ?? {}, test.given ?? {});
  const above: Base = {
    test: test.name,
    given,
    suite,
    ...callers,
    above: [
      [...path, "given"],
      ["spec", "given"],
    ],
  };
  if (test.matrix !== undefined) return withSkip(test, planMatrix(test, path, above));
  if (test.whoCan !== undefined) return withSkip(test, planWhoCan(test, path, above));
  if (test.table !== undefined) return withSkip(test, planTable(test, path, above));
  if (test.cases === undefined) return planCase(test, path, above);
  const { expect, variants } = test;
  const inherited = {
    ...(expect === undefined ? {} : { expect }),
    ...(variants === undefined ? {} : { variants }),
  };
  const cases = test.cases.flatMap((each, index) =>
    planCase({ ...inherited, ...each }, [...path, "cases", index], above),
  );
  return withSkip(test, cases);
}

interface Base extends Accounts {
  readonly test: string;
  readonly given: RequestPart;
  readonly suite: Suite;
  readonly above: readonly Path[];
}

function withSkip({ skip }: Case, planned: readonly Planned[]): readonly Planned[] {
  return skip === undefined ? planned : planned.map((each) => ({ ...each, skip }));
}

function planCase(each: Case, path: Path, base: Base): readonly Planned[] {
  const merged = mergeRequests(base.given, each.request ?? {});
  const { expect, skip, name } = each;
  return spellingsOf(merged, each.variants).flatMap(({ request, variant, fault }) =>
    callersOf(request, base.suite).map((from) => ({
      test: base.test,
      path,
      request,
      sources: [[...path, "request"], ...base.above],
      ...named(base.test === name ? undefined : name, variant),
      ...defined({ variant, from, expect, skip, fault }),
    })),
  );
}

function named(...parts: readonly (string | undefined)[]): { readonly name?: string } {
  const name = parts.filter((part) => part !== undefined).join(", ");
  return name === "" ? {} : { name };
}

interface Spelling {
  readonly request: RequestPart;
  readonly variant?: string;
  readonly fault?: string;
}

/** A request, and its other spellings. */
function spellingsOf(request: RequestPart, variants: readonly string[] = []): readonly Spelling[] {
  return [{ request }, ...variants.flatMap((name) => spell(name, request))];
}

function spell(name: string, request: RequestPart): readonly Spelling[] {
  const variants = variantsOf(name, addressed(request), request.to);
  if (variants.length > 0)
    return variants.map(({ http }) => ({ request: { ...request, http }, variant: name }));
  const [part = ""] = name.split(".");
  const fault = `\`${name}\`: \`http\` says no ${part} that can be spelled otherwise`;
  return [{ request, variant: name, fault }];
}

/** The parts of `http`; those that are missing come from a URL in `to`. */
function addressed({ http, to }: RequestPart): HttpParts {
  const stated = httpParts(http);
  const [, host, path] = (typeof to === "string" && /^https?:\/\/([^/?#]+)([^?#]*)/.exec(to)) || [];
  return {
    ...(host === undefined ? {} : { host, path: path || "/" }),
    ...(typeof stated === "object" ? stated : {}),
  };
}

/** Who calls: one, each of several, each of a group; nobody in particular. */
function callersOf({ from }: RequestPart, { spec }: Suite): readonly (string | undefined)[] {
  if (from === undefined) return [undefined];
  return expandGroups(listOf(from), spec.groups);
}

function planMatrix(test: Test, path: Path, base: Base): readonly Planned[] {
  const { matrix = {}, allow = [], variants } = test;
  return cellsOf(matrix, allow, (value) => membersOf(value, base.suite)).flatMap((cell) => {
    const cellRequest = cell.values.reduce<RequestPart>(
      (built, [part, value]) => withPart(built, part, value),
      base.given,
    );
    const expect = cell.allowed ? ("allow" as const) : ("deny" as const);
    return spellingsOf(cellRequest, variants).flatMap(({ request, variant, fault }) =>
      callersOf(request, base.suite).map((from) => ({
        test: test.name,
        path,
        request,
        sources: [[...path, "matrix"], ...base.above],
        ...defined({ name: variant, variant, from, fault }),
        ...(test.allow === undefined ? {} : { expect }),
      })),
    );
  });
}

function planWhoCan(test: Test, path: Path, base: Base): readonly Planned[] {
  const { from: _anybody, ...request } = mergeRequests(base.given, test.whoCan ?? {});
  return callersAsked(test, base.suite, base).map(({ from, allowed }) => ({
    test: test.name,
    path,
    request,
    from,
    ...(test.exactly === undefined
      ? {}
      : { expect: allowed ? ("allow" as const) : ("deny" as const) }),
    sources: [[...path, "whoCan"], ...base.above],
  }));
}

function membersOf(value: unknown, { spec }: Suite): readonly unknown[] {
  return typeof value === "string" ? expandGroups([value], spec.groups) : [value];
}

/** A row: the columns that are parts of a request make one, the others what is expected of it. An empty value says nothing. */
function planTable(test: Test, path: Path, base: Base): readonly Planned[] {
  const { columns, rows } = test.table ?? { columns: [], rows: [] };
  return rows.flatMap((row, index) => {
    const request = columns
      .map((column, at) => [column, row[at]] as const)
      .filter(([column, value]) => !isExpectation(column) && value !== null && value !== undefined)
      .reduce<RequestPart>((built, [part, value]) => withPart(built, part, value), {});
    const expect = expectedOf(columns, row) ?? test.expect;
    const each: Case = { request, ...(expect === undefined ? {} : { expect }) };
    return planCase(each, [...path, "table", "rows", index], base);
  });
}
