import { expect, test } from "vitest";
import type { Invariant, Requests } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { atEdge } from "./analyse-journey-examples.ts";
import { journeyMesh, toOrders } from "./analyse-journey-world.ts";
import { to } from "./analyse-spoken.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };

/** Who looks at `:path` sees it with its query. */
const lookingAtQueries = [
  atEdge("ALLOW", { when: [{ key: "request.headers[:path]", values: ["/a*"] }] }),
  atEdge("ALLOW", to({ methods: ["GET"] })),
];

const everything = { route: [toOrders] };
const like = (regex: string): object => ({ match: [{ uri: { regex } }], ...everything });
const asking = (value: string): object => ({
  match: [{ queryParams: { q: { exact: value } } }],
  ...everything,
});

function meshOf(...routes: readonly object[]): Mesh {
  return journeyMesh(lookingAtQueries, { routes });
}

function resultOf(
  mesh: Mesh,
  expected: Invariant["expect"],
  requests: Partial<Requests> = {},
): string | undefined {
  const all: Requests = { protocol: "http", ...requests };
  return prove(mesh, [{ name: "it", target, requests: all, expect: expected }])[0]?.result;
}

test.each([
  ["an expression", like("/a.*")],
  ["a parameter of the query", asking("1")],
])("a route to all is wider than one that asks for %s", (_what, narrow) => {
  const [some, all] = [meshOf(narrow), meshOf(everything)];
  expect(resultOf(all, { "no-wider-than": some })).toBe("violated");
  expect(resultOf(all, { "same-as": some })).toBe("violated");
  expect(resultOf(some, { "no-wider-than": all })).toBe("holds");
  expect(resultOf(some, { "same-as": meshOf(narrow) })).toBe("holds");
});

test("one that asks for another parameter is not taken for the same", () => {
  const [some, other] = [meshOf(asking("1")), meshOf(asking("2"))];
  expect(resultOf(some, { "no-wider-than": other })).not.toMatch(/^holds/);
});

test.each([
  ["/a.*", "/a/x", "/old/x"],
  ["/a(/.*)?", "/a", "/ab"],
  ["/[^?]*", "/a?b", undefined],
  ["(/a|/a\\?b)", "/a", "/b"],
  ["/a[?]b|/c", "/c", "/a"],
])("an expression of a route is about a path before its query: %s", (regex, takes, leaves) => {
  const mesh = meshOf(like(regex));
  const only = (path: string): Partial<Requests> => ({
    ...to({ methods: ["GET"] }),
    when: [{ key: "request.headers[:path]", values: [path] }],
  });
  expect(resultOf(mesh, "never-allowed", only(takes))).toBe("violated");
  expect(resultOf(mesh, "never-allowed", only(`${takes.replace(/\?.*/, "")}?z=1`))).toBe(
    "violated",
  );
  if (leaves) expect(resultOf(mesh, "never-allowed", only(leaves))).toMatch(/^holds/);
});
