import { expect, test } from "vitest";
import type { Proof, Requests } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { atEdge, atShop } from "./analyse-journey-examples.ts";
import { journeyMesh, type Placed, toOrders } from "./analyse-journey-world.ts";
import { to } from "./analyse-spoken.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };
const old = { istio: "1.30.3", envoy: "1.38.3", stated: true } as const;
const young = { istio: "1.31.0", envoy: "1.39.3", stated: true } as const;
const joined = { istio: "1.28.5", envoy: "1.36.4", stated: true } as const;
const apart = { istio: "1.28.6", envoy: "1.36.5", stated: true } as const;

function meshOf(policies: readonly Placed[], release: Mesh["release"]): Mesh {
  return { ...journeyMesh(policies, { routes: [{ route: [toOrders] }] }), release };
}

function compared(
  policies: readonly Placed[],
  [before, now]: readonly [Mesh["release"], Mesh["release"]],
  requests?: Requests,
): Proof | undefined {
  const against = { "no-wider-than": meshOf(policies, before) };
  const asked = requests ? { requests } : {};
  return prove(meshOf(policies, now), [{ name: "it", target, ...asked, expect: against }])[0];
}

function shown(proof: Proof | undefined): readonly string[] {
  return (proof?.violations ?? []).flatMap(({ regions }) => regions.map(({ text }) => text));
}

const noAdmin = to({ paths: ["/admin/*"] });
const dots = "path has a segment such as ..;x";
const twice = "a header is sent twice";

test.each([
  ["the gateway", [atEdge("DENY", noAdmin)]],
  ["the workload", [atShop("DENY", noAdmin)]],
  ["each of them", [atEdge("ALLOW", to({ paths: ["/public/*"] })), atShop("DENY", noAdmin)]],
] as const)(
  "segments that only one release takes for dot segments lead past policies of %s",
  (_where, policies) => {
    const proof = compared(policies, [old, young]);
    expect([proof?.result, shown(proof)]).toEqual(["violated", [dots]]);
  },
);

test("a header that is sent twice goes past a policy where its lines are joined", () => {
  const guests = { when: [{ key: "request.headers[x-role]", values: ["guest"] }] };
  for (const policies of [[atEdge("DENY", guests)], [atShop("DENY", guests)]]) {
    expect(shown(compared(policies, [apart, joined]))).toEqual([twice]);
    expect(compared(policies, [joined, apart])?.result).toBe("holds");
  }
});

test("where the same is read on both sides, nothing more is tried", () => {
  expect(compared([atEdge("DENY", noAdmin)], [young, young])?.result).toBe("holds");
});

test("what is asked about some paths alone is not asked about others in another spelling, which is said", () => {
  const proof = compared([atEdge("DENY", noAdmin)], [old, young], to({ paths: ["/x*"] }));
  expect(proof?.result).toBe("holds");
  expect(proof?.assumptions.join()).toContain("..;x");
});

test("another normalisation of paths is tried on the whole way, and nothing is proved of it", () => {
  const withPaths = (normalization: string): Mesh => {
    const config = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "istio", namespace: "istio-system" },
      data: { mesh: JSON.stringify({ pathNormalization: { normalization } }) },
    };
    const policies = [atShop("DENY", noAdmin)];
    return journeyMesh(policies, { routes: [{ route: [toOrders] }], more: [config] });
  };
  const against = { "no-wider-than": withPaths("MERGE_SLASHES") };
  const [proof] = prove(withPaths("BASE"), [{ name: "it", target, expect: against }]);
  expect([proof?.result, shown(proof)]).toEqual(["violated", ["path has doubled slashes"]]);
});
