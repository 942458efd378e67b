import { expect, test } from "vitest";
import { prove } from "../src/analyse/prove.ts";
import { atShop } from "./analyse-journey-examples.ts";
import { journeyMesh, toOrders } from "./analyse-journey-world.ts";
import { paths } from "./analyse-spoken.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };

/** Whether a path that comes to the gateway may be this one at the workload. */
function arrives(path: string, as: string, rewrite: { from: string; to: string }): unknown {
  const config = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "istio", namespace: "istio-system" },
    data: { mesh: JSON.stringify({ pathNormalization: { normalization: "MERGE_SLASHES" } }) },
  };
  const match = [{ uri: { prefix: rewrite.from } }];
  const mesh = journeyMesh([atShop("ALLOW", paths(as))], {
    routes: [{ match, rewrite: { uri: rewrite.to }, route: [toOrders] }],
    more: [config],
  });
  const requests = { protocol: "http", ...paths(path) } as const;
  return prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }])[0]?.result;
}

test.each([
  ["//", "/b/", { from: "/", to: "/b/" }, "violated"],
  ["//", "/b//", { from: "/", to: "/b/" }, "holds"],
  ["/", "/b/", { from: "/", to: "/b/" }, "violated"],
  ["/x", "/b/x", { from: "/", to: "/b/" }, "violated"],
  ["/a/", "/b/", { from: "/a", to: "/b/" }, "violated"],
  ["/a/x", "/b/x", { from: "/a", to: "/b/" }, "violated"],
  ["/a/x", "/b//x", { from: "/a", to: "/b/" }, "holds"],
] as const)(
  "two slashes in a row become one where slashes are merged: %s as %s",
  (path, as, rewrite, result) => {
    expect(arrives(path, as, rewrite)).toBe(result);
  },
);

test.each(["/a..", "/a../x", "/a."])(
  "what a rewrite leaves of %s leads elsewhere: nothing is taken to hold of it",
  (path) => {
    const rewrite = { uriRegexRewrite: { match: "^/a/?(.*)$", rewrite: "/b/\\1" } };
    const mesh = journeyMesh([atShop("ALLOW", paths("/", "/x", "/b/"))], {
      routes: [{ rewrite, route: [toOrders] }],
    });
    const requests = { protocol: "http", ...paths(path) } as const;
    const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
    expect(proof?.result).not.toMatch(/^holds/);
  },
);

test("a tenth group cannot be named: it is the first one and a zero", () => {
  const eight = Array.from({ length: 8 }, () => "/([^/]+)").join("");
  const rewrite = { uriRegexRewrite: { match: `^${eight}(/|$)(.*)`, rewrite: "/b\\10" } };
  const mesh = journeyMesh([atShop("ALLOW", paths("/ba0"))], {
    routes: [{ rewrite, route: [toOrders] }],
  });
  const requests = { protocol: "http", ...paths("/a/b/c/d/e/f/g/h/x") } as const;
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
  expect(proof?.result).not.toMatch(/^holds/);
});

test("a prefix that becomes navigation is not read as it is written", () => {
  const match = [{ uri: { prefix: "/a" } }];
  const mesh = journeyMesh([atShop("ALLOW", paths("/x"))], {
    routes: [{ match, rewrite: { uri: "/b/.." }, route: [toOrders] }],
  });
  const requests = { protocol: "http", ...paths("/a/x") } as const;
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
  expect(proof?.result).not.toMatch(/^holds/);
});
