import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { requests } from "../src/arbitraries.ts";
import {
  actors,
  type Caller,
  describeMesh,
  extendExpect,
  mint,
  openMesh,
  type RequestUnderTest,
} from "../src/vitest.ts";

const bookinfo = "policies/examples/bookinfo/";
const claims = {
  mesh: "policies/examples/jwt-claims/policies.yaml",
  namespace: "shop",
  istio: "1.31",
  now: "2026-09-01T10:00:00Z",
  keys: { "https://login.example": "trusted" },
  workloads: {
    orders: { labels: { app: "orders" }, serviceAccount: "orders", ports: { "8080": "http" } },
  },
  actors: { web: "sa/shop/web" },
  given: { to: "orders:8080" },
} as const;
const buyer = mint({
  issuer: "https://login.example",
  claims: { sub: "alice", groups: ["buyers"] },
});

describeMesh("bookinfo", { mesh: bookinfo, namespace: "bookinfo" }, ({ mesh, test, tests }) => {
  const page = mesh.from("deploy/bookinfo/productpage-v1");
  const details = "svc/bookinfo/details:9080";

  test("a rule lets a request in", async () => {
    await expect(page.get("/details/0").to(details)).toBeAllowed();
    await expect(page.get("/details/0").to(details)).toBeAllowedBy("bookinfo/details-viewer[0]");
    await expect(page.get("/details/0").to(details)).toBeAllowedBy("bookinfo/details-viewer");
    await expect(page.get("/details/0").to(details)).toHaveStatus(200);
    await expect(page.get("/details/0").to(details)).toBeDecidedAt("allow");
    await expect(page.get("/details/0").to(details)).toBeDecidedAt("sidecar");
  });

  test("a request that no rule lets in is denied", async () => {
    await expect(page.post("/details/0").to(details)).toBeDenied();
    await expect(page.post("/details/0").to(details)).not.toBeAllowed();
    await expect(page.post("/details/0").to(details)).toBeDenied({ status: 403, layer: "allow" });
    await expect(mesh.from("external/203.0.113.9").get("/").to(details)).toBeDecidedAt("mtls");
  });

  test("what is not known is undetermined, and proves nothing of its contrary", async () => {
    const anyone = mesh.anyone.get("/details/0").to(details);
    await expect(anyone).toBeUndetermined();
    await expect(expect(anyone).not.toBeAllowed()).rejects.toThrow("not shown, it is undetermined");
    await expect(expect(anyone).not.toBeDenied()).rejects.toThrow("not shown, it is undetermined");
    await expect(expect(anyone).not.toBeUndetermined()).rejects.toThrow("expected otherwise");
  });

  test.each(["get", "head"] as const)("works with each: %s", async (verb) => {
    await expect(page[verb]("/details/0").to(details)).toMeet({
      decision: verb === "get" ? "allow" : "deny",
    });
  });

  test.for([
    page.get("/details/0").to(details),
    page.get("/details/0").to(details).header("x-tries", ["1", "2"]),
  ])("is told by its name: %s", async (request, { expect: local }) => {
    await local(request).toBeAllowed();
  });

  test("works with soft assertions", async () => {
    await expect.soft(page.get("/details/0").to(details)).toBeAllowed();
    await expect.soft(page.get("/details/0").to(details)).not.toBeDenied();
  });

  test("works with polls", async () => {
    const ways = [page.post("/details/0"), page.post("/details/0"), page.get("/details/0")];
    await expect.poll(() => (ways.shift() ?? page.get("/details/0")).to(details)).toBeAllowed();
  });

  test("an answer can be asserted, too", async () => {
    const answer = await page.get("/details/0").to(details).ask();
    expect(answer.verdict.decision).toBe("allow");
    await expect(answer).toBeAllowed();
  });

  test("answers are kept in a snapshot", async () => {
    const all = [page.get("/details/0").to(details), page.post("/details/0").to(details)];
    await expect(all).toMatchAccessSnapshot();
    await expect(all[0]).toMatchAccessSnapshot("only the first");
  });

  tests(
    {
      name: "rows of a table",
      given: { to: details },
      table: {
        columns: ["from", "http", "expect", "expect.layer"],
        rows: [
          ["deploy/bookinfo/productpage-v1", "GET /details/0", null, "allow"],
          ["deploy/bookinfo/reviews-v1", "GET /details/0", "deny", null],
        ],
      },
    },
    {
      name: "everybody who can",
      whoCan: { to: details, http: "GET /details/0" },
      exactly: ["sa/bookinfo/bookinfo-productpage"],
    },
  );
});

describeMesh("claims", claims, ({ mesh, test }) => {
  const { web } = actors(mesh);

  test("a token is minted when the request is asked", async () => {
    await expect(web.get("/orders").with(buyer)).toBeAllowedBy("shop/orders[0]");
    await expect(web.get("/orders").with("none")).toBeDenied();
    const expired = mint(buyer, { expiresIn: "-2m" });
    await expect(web.get("/orders").with(expired)).toBeDenied({ status: 401, layer: "jwt" });
    const number = mint(buyer, { claims: { groups: 7 } });
    await expect(web.get("/orders").with(number)).toBeDenied();
    await expect(web.get("/orders").with(buyer, { header: "x-jwt" })).toBeDenied();
  });

  test("no request without a group or a role gets in", async () => {
    const property = fc.asyncProperty(requests(mesh.mesh, { to: "orders:8080" }), async (part) => {
      const { verdict, asked } = await mesh.request(part).ask();
      const { token } = asked.request;
      if (token === "none")
        expect(verdict.decision, mesh.request(part).toString()).not.toBe("allow");
    });
    await fc.assert(property, { numRuns: 200, seed: 7 });
  });

  test("requests of fast-check meet all decisions", async () => {
    const seen = new Set<string>();
    for (const part of fc.sample(requests(mesh.mesh, { to: "orders:8080" }), {
      numRuns: 300,
      seed: 1,
    }))
      seen.add((await mesh.request(part).ask()).answer);
    expect([...seen].toSorted()).toEqual(
      expect.arrayContaining([
        "allow 200 by shop/orders[0]",
        "allow 200 by shop/orders[1]",
        "allow 200 by shop/orders[2]",
        "deny 401 at jwt",
        "deny 403 at allow",
      ]),
    );
  });
});

describeMesh(
  "rehearsed and audited",
  {
    mesh: "packages/testkit/test/vitest-fixture/marks.yaml",
    namespace: "shop",
    workloads: { orders: { labels: { app: "orders" }, ports: { "8080": "http" } } },
  },
  ({ mesh, test }) => {
    const { web } = actors(mesh, "web");
    test("dry run and audit do not decide", async () => {
      await expect(web.get("/legacy").to("orders:8080")).toBeAllowed();
      await expect(web.get("/legacy").to("orders:8080")).toDryRunDeny("shop/no-legacy[0]");
      await expect(web.get("/prices").to("orders:8080")).toAudit("shop/watched[0]");
      await expect(web.get("/").to("orders:8080")).not.toAudit("shop/watched");
    });
    test("a rule keeps a request out", () =>
      expect(web.get("/admin").to("orders:8080")).toBeDeniedBy("shop/no-admin[0]"));
    test("types say which names there are", () => {
      expectTypeOf(actors(mesh, "web")).toEqualTypeOf<{ readonly web: Caller }>();
      expectTypeOf(web.get).returns.toEqualTypeOf<RequestUnderTest>();
      expect(web.get).toBeTypeOf("function");
    });
    test("an actor that is not there is told, with what was meant", () => {
      expect(() => actors(mesh, "wbe")).toThrow("no actor `wbe`: did you mean `web`?");
    });
  },
);

describe("what is wrong", () => {
  test("a path that leads nowhere", async () => {
    const opened = openMesh({ mesh: "policies/nowhere" });
    await expect(opened).rejects.toThrow("no file at policies/nowhere");
  });

  test("a token that the options do not know", async () => {
    const { web } = actors(await openMesh(claims));
    const asked = web.get("/").with("bob").ask();
    await expect(asked).rejects.toThrow("suite/invalid-request: unknown token `bob`");
  });

  test("an option in another's words", async () => {
    const wrong: object = { workload: {} };
    await expect(openMesh({ ...claims, ...wrong })).rejects.toThrow("did you mean `workloads`?");
  });

  test("an assertion about something else", async () => {
    extendExpect();
    await expect(expect("GET /").toBeAllowed()).rejects.toThrow(
      "this assertion is about a request",
    );
  });

  test("a failure names what differs, what came close and where that is written", async () => {
    const { web } = actors(await openMesh(claims));
    const failed = expect(web.post("/orders").with(buyer)).toBeAllowedBy("shop/orders[0]");
    const error: unknown = await failed.catch((thrown: unknown) => thrown);
    const told = error instanceof Error ? error.message.replace(/\n *assumed: .*$/, "") : error;
    expect(told).toMatchInlineSnapshot(`
      "sa/shop/web -> orders:8080 POST /orders {"token":[{"issuer":"https://login.example","claims":{"sub":"alice","groups":["buyers"]}}]}
        ✗ decision: expected allow, got deny 403 (no ALLOW rule matched (1 policy, 3 rules))
        came close:
          ALLOW shop/orders[0]  policies/examples/jwt-claims/policies.yaml:21:5
            ✗ methods: POST, wanted GET  policies/examples/jwt-claims/policies.yaml:22:29
          ALLOW shop/orders[1]  policies/examples/jwt-claims/policies.yaml:26:5
            ✗ request.auth.claims[scope]: none, wanted orders:write  policies/examples/jwt-claims/policies.yaml:29:52
          ALLOW shop/orders[2]  policies/examples/jwt-claims/policies.yaml:31:5
            ✗ request.auth.claims[realm_access][roles]: none, wanted admin  policies/examples/jwt-claims/policies.yaml:32:66"
    `);
    expect(error).toMatchObject({
      expected: { decision: "allow" },
      actual: { decision: "deny 403 (no ALLOW rule matched (1 policy, 3 rules))" },
    });
  });
});
