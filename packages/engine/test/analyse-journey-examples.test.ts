import { describe, expect, test } from "vitest";
import type { Invariant } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import {
  atEdge,
  atShop,
  journeyExamples,
  jwt,
  paths,
  signedIn,
} from "./analyse-journey-examples.ts";
import { journeyMesh, toOrders } from "./analyse-journey-world.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };
const never = "never-allowed";

describe("an invariant of a journey is about what every proxy on it says", () => {
  test.each(journeyExamples)("$name", (example) => {
    const { policies = [], routes = [{ route: [toOrders] }], more = [], invariant } = example;
    const mesh = journeyMesh(policies, { routes, more });
    const [proof] = prove(mesh, [{ name: "it", target, ...invariant }]);
    const [region] = proof?.violations.flatMap(({ regions }) => regions) ?? [];
    const said = region?.text ?? proof?.undecided.map(({ text }) => text).join("; ");
    expect(proof?.result, said).toBe(example.result);
    if (example.text !== undefined) expect(said).toMatch(example.text);
    expect(proof?.through?.name).toBe("pod/edge/ingress");
  });

  test("a token that is accepted is one that the workload takes, where the gateway looks at none", () => {
    const more = [jwt("shop", "orders")];
    const mesh = journeyMesh([atShop("ALLOW", signedIn)], {
      routes: [{ route: [toOrders] }],
      more,
    });
    const requests = { ...signedIn, ...paths("/x"), protocol: "http", token: "accepted" } as const;
    const stated = { name: "it", target, requests, expect: "always-allowed" } as const;
    expect(prove(mesh, [stated])[0]?.result).toBe("holds");
  });

  test("a journey from nowhere is told", () => {
    const mesh = journeyMesh([], { routes: [{ route: [toOrders] }] });
    const lost = { ...target, through: "gateway/edge/egress" };
    const [proof] = prove(mesh, [{ name: "it", target: lost, expect: never }]);
    expect(proof).toMatchObject({
      points: [],
      result: "holds-vacuously",
      assumptions: [
        "no gateway or waypoint is called gateway/edge/egress: there are gateway/edge/ingress",
      ],
    });
  });

  test("a journey from a gateway to itself is told, and proves nothing", () => {
    const mesh = journeyMesh([], { routes: [{ route: [toOrders] }] });
    const itself = { through: target.through, namespace: "edge" };
    const proofs = prove(mesh, [{ name: "it", target: itself, expect: never }]);
    expect(proofs).toMatchObject([
      {
        points: [],
        result: "holds-vacuously",
        assumptions: [
          expect.stringMatching(/^no way leads from gateway\/edge\/ingress to itself: /),
        ],
      },
    ]);
  });

  test("a host that routes take is told from one that a policy names", () => {
    const named = { to: [{ operation: { hosts: ["a.example"] } }] };
    const roads = { hosts: ["a.example"], routes: [{ route: [toOrders] }] };
    const stated = { name: "it", target, requests: { protocol: "http" }, expect: never } as const;
    const [proof] = prove(journeyMesh([atEdge("DENY", named)], roads), [stated]);
    const [region] = proof?.violations[0]?.regions ?? [];
    expect(region?.text).toBe("host is a.example in any spelling except a.example");
    expect(region?.witness.request.http).toMatchObject({
      host: expect.stringMatching(/^a.example:/),
    });
  });

  test("what is taken to lead elsewhere is told", () => {
    const routes = [{ route: [{ destination: { host: "gone.shop.svc.cluster.local" } }] }];
    const [proof] = prove(journeyMesh([], { routes }), [{ name: "it", target, expect: never }]);
    expect(proof?.assumptions.join("\n")).toMatch(
      /none of these leads to pod\/shop\/orders: .*gone/,
    );
  });

  test("two meshes are compared over the whole way", () => {
    const routes = [{ route: [toOrders] }];
    const both = [atEdge("DENY", paths("/a*")), atShop("DENY", paths("/b*"))];
    const before = journeyMesh(both, { routes });
    const moved = journeyMesh([atEdge("DENY", paths("/a*", "/b*"))], { routes });
    const less = journeyMesh([atEdge("DENY", paths("/a*"))], { routes });
    const result = (mesh: typeof before, expected: Invariant["expect"]): string | undefined =>
      prove(mesh, [{ name: "it", target, expect: expected }])[0]?.result;
    expect(result(moved, { "same-as": before })).toBe("holds");
    expect(result(moved, { "no-wider-than": before })).toBe("holds");
    expect(result(less, { "no-wider-than": before })).toBe("violated");
    expect(result(before, { "no-wider-than": less })).toBe("holds");
    expect(result(before, { "same-as": less })).toBe("violated");
  });
});
