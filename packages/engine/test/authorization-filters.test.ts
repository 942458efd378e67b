import { describe, expect, test } from "vitest";
import { decide } from "../src/envoy/rbac.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import type { Refusal } from "../src/model/program.ts";
import { from, holds, make, read, to, when } from "./authorization-made.ts";
import { ap } from "./istiod-world.ts";

describe("filters", () => {
  const everything: PolicyRule = {};
  test("stand in the order AUDIT, DENY, ALLOW", () => {
    const policies = (["ALLOW", "DENY", "AUDIT"] as const).map((action) =>
      ap(`foo/${action}`, { action, rules: [everything] }),
    );
    expect(make(policies, "tcp").filters.map(({ action }) => action)).toEqual([
      "AUDIT",
      "DENY",
      "ALLOW",
    ]);
  });

  test("hold their rules in byte order of the names", () => {
    const rules = Array.from({ length: 11 }, () => everything);
    const { filters } = make([ap("foo/ab", {}), ap("foo/a", { rules }), ap("foo/a-b", {})], "http");
    const names = filters[0]?.rules?.map(({ name }) => name.replace("ns[foo]-policy", ""));
    expect(names?.slice(0, 4)).toEqual([
      "[a-b]-rule[0]",
      "[a]-rule[0]",
      "[a]-rule[10]",
      "[a]-rule[1]",
    ]);
    expect(names?.at(-1)).toBe("[ab]-rule[0]");
  });

  test("of a policy without rules never match", () => {
    const { filters } = make([ap("foo/p", {})], "http");
    const [filter] = filters;
    expect(filter && decide(filter, read)).toEqual({ denied: true });
  });

  test.each<[string, boolean]>([
    ["true", true],
    ["T", true],
    ["1", true],
    ["false", false],
    ["yes", false],
    ["", false],
  ])("with the dry-run annotation %j are only tried: %s", (text, tried) => {
    const policy = ap("foo/p", { rules: [{}] }, { annotations: { "istio.io/dry-run": text } });
    const [filter] = make([policy], "http").filters;
    expect([filter?.rules === undefined, filter?.dryRun !== undefined]).toEqual([tried, tried]);
  });

  test("an annotation that says neither is noted", () => {
    const policy = ap("foo/p", {}, { annotations: { "istio.io/dry-run": "yes" } });
    expect(make([policy], "http").notes).toMatchObject([{ because: "dry-run-unreadable" }]);
  });
});

describe("what Envoy does not take", () => {
  test.each<[string, PolicyRule, Refusal["effect"], readonly (string | number)[]]>([
    [
      "a template without a slash",
      to({ paths: ["/a", "foo/{*}"] }),
      "process-dies",
      ["to", 0, "operation", "paths", 1],
    ],
    [
      "a negated one",
      to({ notPaths: ["foo/{*}"] }),
      "process-dies",
      ["to", 0, "operation", "notPaths", 0],
    ],
    [
      "a long template",
      to({ paths: [`/${"a".repeat(300)}/{*}`] }),
      "update-refused",
      ["to", 0, "operation", "paths", 0],
    ],
    [
      "an empty header name",
      when({ key: "request.headers[]", values: ["a"] }),
      "update-refused",
      ["when", 0, "values"],
    ],
    [
      "a header name with a line feed",
      when({ key: "request.headers[a\nb]", values: ["a"] }),
      "update-refused",
      ["when", 0, "values"],
    ],
    [
      "an empty claim segment",
      when({ key: "request.auth.claims[a][]", values: ["a"] }),
      "update-refused",
      ["when", 0, "values"],
    ],
    [
      "an empty metadata key",
      when({ key: "experimental.envoy.filters.x[]", notValues: ["a"] }),
      "update-refused",
      ["when", 0, "notValues"],
    ],
    [
      "both: what is found before any matcher is built",
      { ...to({ paths: ["foo/{*}"] }), ...when({ key: "request.headers[]", values: ["a"] }) },
      "update-refused",
      ["when", 0, "values"],
    ],
  ])("%s: %j", (_, rule, effect, path) => {
    for (const action of ["ALLOW", "DENY"] as const) {
      const { refused } = make([ap("foo/p", { action, rules: [{}, rule] })], "http");
      expect(refused).toMatchObject({ effect, at: { path: ["spec", "rules", 1, ...path] } });
    }
  });

  test("does not count where the rule is left out, or on a TCP chain", () => {
    const bad = { ...to({ paths: ["foo/{*}"] }), ...from({ ipBlocks: ["x"] }) };
    expect(make([ap("foo/p", { rules: [bad] })], "http").refused).toBeUndefined();
    expect(make([ap("foo/p", { action: "DENY", rules: [bad] })], "tcp").refused).toBeUndefined();
  });

  test("a bracket in a namespace, in releases that made regular expressions of them", () => {
    const policies = [ap("foo/p", { rules: [from({ namespaces: ["a["] })] })];
    expect(make(policies, "tcp", { istio: "1.28.0" }).refused).toMatchObject({
      effect: "update-refused",
    });
    expect(make(policies, "tcp").refused).toBeUndefined();
  });
});

describe("releases that do not translate trustDomains", () => {
  test.each(["1.29.6", "1.30.0", "1.30.1"])("%s", (istio) => {
    const alone = from({ trustDomains: ["nowhere"] });
    expect(holds(alone, "ALLOW", "tcp", { istio })).toBe(true);
    expect(
      holds({ ...from({ trustDomains: ["nowhere"], namespaces: ["bar"] }) }, "ALLOW", "tcp", {
        istio,
      }),
    ).toBe(false);
    expect(
      holds(when({ key: "source.trustDomain", values: ["*"] }), "DENY", "tcp", { istio }),
    ).toBe("none");
  });

  test("1.30.2 does", () => {
    expect(holds(from({ trustDomains: ["nowhere"] }), "ALLOW", "tcp", { istio: "1.30.2" })).toBe(
      false,
    );
  });
});
