import { describe, expect, test } from "vitest";
import { clauseTrace, ruleRef } from "../src/envoy/places.ts";
import { decide, holds, type Looked, type Read } from "../src/envoy/rbac.ts";
import type { RbacFilter } from "../src/model/program.ts";
import type { Alternative, Attribute, Clause, Matcher, Rule } from "../src/model/rule.ts";

const policy = { kind: "AuthorizationPolicy", namespace: "shop", name: "orders" };

function clause(attribute: Attribute, field: string, any?: string[], none?: string[]): Clause {
  const side = (values: readonly string[]): readonly Matcher[] =>
    values.map((text, of) => ({ kind: "exact", text, of }));
  return {
    attribute,
    field,
    ...(any ? { any: side(any) } : {}),
    ...(none ? { none: side(none) } : {}),
  };
}

const method = (...values: string[]): Clause => clause({ kind: "method" }, "methods", values);
const notMethod = (...values: string[]): Clause =>
  clause({ kind: "method" }, "methods", undefined, values);
const path = (...values: string[]): Clause => clause({ kind: "path" }, "paths", values);

function alternatives(...all: readonly (readonly Clause[])[]): readonly Alternative[] {
  return all.map((clauses, index) => ({ index, all: clauses }));
}

function rule(index: number, groups: Rule["groups"]): Rule {
  return { name: `ns[shop]-policy[orders]-rule[${index}]`, policy, index, groups };
}

/** A request that is a POST to /b, without anything else. */
const read: Read = ({ kind }) => (kind === "method" ? ["POST"] : kind === "path" ? ["/b"] : []);

describe("a rule", () => {
  test.each<readonly [string, Rule["groups"], boolean]>([
    ["without groups holds always", [], true],
    ["with an empty group holds never", [{ of: "rule", any: [] }], false],
    ["with an empty alternative holds", [{ of: "from", any: alternatives([]) }], true],
    [
      "needs one of its alternatives",
      [{ of: "to", any: alternatives([method("GET")], [path("/b")]) }],
      true,
    ],
    [
      "needs every clause of one",
      [{ of: "to", any: alternatives([method("GET"), path("/b")]) }],
      false,
    ],
    [
      "needs each of its groups",
      [
        { of: "to", any: alternatives([method("POST")]) },
        { of: "when", any: alternatives([path("/a")]) },
      ],
      false,
    ],
    [
      "takes one of several values",
      [{ of: "to", any: alternatives([method("GET", "POST")]) }],
      true,
    ],
    [
      "does not hold where a negation does not",
      [{ of: "to", any: alternatives([notMethod("POST")]) }],
      false,
    ],
    [
      "a missing attribute matches nothing",
      [{ of: "when", any: alternatives([clause({ kind: "sni" }, "values", [""])]) }],
      false,
    ],
    [
      "so that its negation holds",
      [{ of: "when", any: alternatives([clause({ kind: "sni" }, "values", undefined, ["x"])]) }],
      true,
    ],
    [
      "a clause that lost both sides holds",
      [{ of: "when", any: alternatives([clause({ kind: "sni" }, "values")]) }],
      true,
    ],
  ])("%s", (_, groups, expected) => {
    expect(holds(rule(0, groups), read)).toBe(expected);
  });

  test("says what it looked at and where that was written", () => {
    const looked: Looked[] = [];
    const groups = [{ of: "to" as const, any: alternatives([method("GET")], [notMethod("PUT")]) }];
    holds(rule(2, groups), read, (seen) => looked.push(seen));
    expect(looked.map(clauseTrace)).toMatchObject([
      {
        at: { path: ["spec", "rules", 2, "to", 0, "operation", "methods"] },
        actual: ["POST"],
        holds: false,
      },
      { at: { path: ["spec", "rules", 2, "to", 1, "operation", "notMethods"] }, holds: true },
    ]);
  });

  test("that istiod made up refers to its policy", () => {
    expect(ruleRef(rule(-1, [])).at.path).toEqual(["spec"]);
  });
});

describe("a filter", () => {
  const matching = rule(1, []);
  const failing = rule(0, [{ of: "rule", any: [] }]);
  test.each<
    readonly [RbacFilter["action"], readonly Rule[] | undefined, boolean, number | undefined]
  >([
    ["ALLOW", [failing, matching], false, 1],
    ["ALLOW", [failing], true, undefined],
    ["ALLOW", [], true, undefined],
    ["ALLOW", undefined, false, undefined],
    ["DENY", [failing, matching], true, 1],
    ["DENY", [], false, undefined],
    ["AUDIT", [matching], false, 1],
    ["AUDIT", [failing], false, undefined],
  ])("%s over %j denies: %s, by rule %s", (action, rules, denied, index) => {
    const filter: RbacFilter = {
      kind: "rbac",
      action,
      peer: "certificate",
      ...(rules ? { rules } : {}),
    };
    const decision = decide(filter, read);
    expect(decision.denied).toBe(denied);
    expect(decision.rule?.index).toBe(index);
  });

  test.each<readonly ["ALLOW" | "DENY", readonly Rule[], boolean]>([
    ["ALLOW", [failing], true],
    ["ALLOW", [matching], false],
    ["DENY", [matching], true],
    ["DENY", [failing], false],
  ])("%s that is only tried would deny, and denies nothing", (action, dryRun, wouldDeny) => {
    const filter: RbacFilter = { kind: "rbac", action, peer: "certificate", dryRun };
    expect(decide(filter, read)).toMatchObject({ denied: false, dryRun: { wouldDeny } });
  });
});
