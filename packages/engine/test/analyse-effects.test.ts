import { expect, test } from "vitest";
import type { PointEffects, RuleEffect } from "../src/analyse/api.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import { allow, deny, from, idp, paths, signedIn, to, web } from "./analyse-spoken.ts";
import { type Stated, type World, worldOf } from "./analyse-world.ts";

function effects(policies: readonly Stated[], world?: World): PointEffects {
  const found = policyEffects(worldOf(policies, world), { only: ({ name }) => name === "ns/prod" });
  const http = found.find(({ protocol }) => protocol === "http");
  if (!http) throw new Error("no effects");
  return http;
}

interface Example {
  readonly id: string;
  readonly says: string;
  readonly policies: readonly Stated[];
  readonly world?: World;
  readonly rule: string; // POLICY#RULE
  readonly effect: RuleEffect["effect"];
}

const examples: readonly Example[] = [
  {
    id: "L1",
    says: "a rule that only two others together cover",
    policies: [
      allow(
        to({ methods: ["GET"], paths: ["/a*"] }),
        to({ notMethods: ["GET"], paths: ["/a*"] }),
        paths("/a/b"),
      ),
    ],
    rule: "allow-0#2",
    effect: "redundant",
  },
  {
    id: "L2",
    says: "a principal outside of its own namespace",
    policies: [allow(from({ principals: [web], notNamespaces: ["prod"] }), paths("/x"))],
    rule: "allow-0#0",
    effect: "never-matches",
  },
  {
    id: "L3",
    says: "a path that is normalised away",
    policies: [deny(paths("/a/../admin"))],
    rule: "deny-0#0",
    effect: "never-matches",
  },
  {
    id: "L4",
    says: "a denial of what nobody allows",
    policies: [allow(paths("/public/*")), deny(paths("/admin/*"))],
    rule: "deny-1#0",
    effect: "denies-nothing-that-was-allowed",
  },
  {
    id: "L5",
    says: "what is allowed and denied again",
    policies: [deny(paths("/admin*")), allow(paths("/admin/ops"), paths("/ok"))],
    rule: "allow-1#0",
    effect: "always-denied",
  },
  {
    id: "L6",
    says: "request principals where nobody checks tokens",
    policies: [allow(from({ requestPrincipals: ["*"] }), paths("/ok"))],
    rule: "allow-0#0",
    effect: "never-matches",
  },
  {
    id: "L7",
    says: "exceptions from all that is named",
    policies: [allow(to({ paths: ["/a/b", "/a/c"], notPaths: ["/a/*"] }), paths("/ok"))],
    rule: "allow-0#0",
    effect: "never-matches",
  },
  {
    id: "L8",
    says: "with an identity or without",
    policies: [
      allow({ from: [{ source: { principals: ["*"] } }, { source: { notPrincipals: ["*"] } }] }),
    ],
    rule: "allow-0#0",
    effect: "matches-everything",
  },
  {
    id: "addresses",
    says: "of a peer that states another client",
    policies: [allow(from({ ipBlocks: ["10.0.0.0/8"], remoteIpBlocks: ["11.0.0.0/8"] }))],
    rule: "allow-0#0",
    effect: "matters",
  },
  {
    id: "an issuer",
    says: "that no RequestAuthentication names",
    policies: [allow(from({ requestPrincipals: ["https://other/*"] }), paths("/ok"))],
    world: signedIn,
    rule: "allow-0#0",
    effect: "never-matches",
  },
  {
    id: "an issuer",
    says: "that a RequestAuthentication names",
    policies: [allow(from({ requestPrincipals: [`${idp}/*`] }), paths("/ok"))],
    world: signedIn,
    rule: "allow-0#0",
    effect: "matters",
  },
  {
    id: "claims",
    says: "of which one is a text and holds the other",
    policies: [
      allow(
        {
          when: [
            { key: "request.auth.claims[realm]", values: ["x"] },
            { key: "request.auth.claims[realm][role]", values: ["y"] },
          ],
        },
        paths("/ok"),
      ),
    ],
    world: signedIn,
    rule: "allow-0#0",
    effect: "never-matches",
  },
  {
    id: "claims",
    says: "of which neither holds the other",
    policies: [
      allow(
        {
          when: [
            { key: "request.auth.claims[realm]", values: ["x"] },
            { key: "request.auth.claims[realms][role]", values: ["y"] },
          ],
        },
        paths("/ok"),
      ),
    ],
    world: signedIn,
    rule: "allow-0#0",
    effect: "matters",
  },
];

const nameOf = ({ rule }: RuleEffect): string => `${rule.policy.name}#${rule.rule}`;

test.each(examples)("$id: $says", ({ policies, world, rule, effect }) => {
  const { rules } = effects(policies, world);
  const matter = rules.filter((each) => nameOf(each) !== rule);
  expect(rules.find((each) => nameOf(each) === rule)?.effect).toBe(effect);
  expect(matter.map((each) => each.effect)).toEqual(matter.map(() => "matters"));
});

test("what is redundant says which rules do the same, and which rules may go together", () => {
  const { rules } = effects([allow(paths("/a"), paths("/a"), paths("/a*"), paths("/b"))]);
  const found = rules.map(({ effect, removable, coveredBy }) => [
    effect,
    removable ?? false,
    coveredBy?.map(({ rule }) => rule),
  ]);
  expect(found).toEqual([
    ["redundant", true, [1]],
    ["redundant", true, [0]],
    ["matters", false, undefined],
    ["matters", false, undefined],
  ]);
});

test.each([
  ["a path that another one holds", paths("/a/*", "/a/b"), ["paths", 1], "covered"],
  ["a path that no request has", paths("/a", "/x/../y"), ["paths", 1], "dead"],
  [
    "an exception from something else",
    to({ paths: ["/a"], notPaths: ["/b"] }),
    ["notPaths", 0],
    "covered",
  ],
] as const)("a value without effect: %s", (_, rule, place, effect) => {
  const { values } = effects([allow(rule, paths("/z"))]);
  expect(values.map(({ path, effect: found }) => [path.slice(-2), found])).toEqual([
    [place, effect],
  ]);
});

test("every value of a rule that needs all of them has an effect", () => {
  const { values } = effects([
    allow({ ...from({ namespaces: ["a", "b"] }), ...to({ paths: ["/a*"], notPaths: ["/a/b"] }) }),
  ]);
  expect(values).toEqual([]);
});

test.each([
  ["an ALLOW policy without rules", [{ action: "ALLOW" } as const], "denies-everything"],
  ["a DENY of everything", [deny({}), allow(paths("/a"))], "denies-everything"],
  ["an ALLOW of everything", [allow({})], "allows-everything"],
] as const)("a whole set: %s", (_, policies, wanted) => {
  const [found] = policyEffects(worldOf(policies), { only: ({ name }) => name === "ns/prod" });
  expect(found?.set).toBe(wanted);
});

test("what is denied because several authorizers could be asked is no rule that others cover: without it the others are asked", () => {
  const several: readonly Stated[] = [
    { action: "CUSTOM", provider: "oauth", rules: [paths("/a")] },
    { action: "CUSTOM", provider: "other", rules: [paths("/a*")] },
  ];
  const found = policyEffects(worldOf([...several, deny(paths("/b"))]));
  const policies = found.flatMap(({ rules }) => rules.map(({ rule }) => rule.policy.name));
  expect(new Set(policies)).toEqual(new Set(["deny-2"]));
});
