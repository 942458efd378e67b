import { loadMesh } from "@meshproof/engine";
import { describe, expect, test } from "vitest";
import { describeMesh, extendExpect, invariant, openMesh } from "../src/vitest.ts";

const folder = "packages/testkit/test/analysis-fixture";
const before = { mesh: `${folder}/before.yaml`, istio: "1.31" };
const after = { mesh: `${folder}/after.yaml`, istio: "1.31" };

const onlyApi = invariant({
  name: "nothing but the api",
  requests: { not: { to: [{ operation: { paths: ["/api/*"] } }] } },
  expect: "never-allowed",
});

describeMesh("orders", before, ({ mesh, test }) => {
  test("an invariant is satisfied", async () => {
    expect(mesh).toSatisfy(onlyApi);
    await expect(mesh).toSatisfy(onlyApi);
    expect(mesh.mesh).toSatisfy(onlyApi);
    expect(onlyApi(mesh)).toBe(true);
    expect(mesh).toSatisfy(
      invariant({
        target: { namespace: "shop", workload: "orders" },
        expect: {
          "allowed-only-if": [{ from: [{ source: { serviceAccounts: ["shop/web"] } }] }],
        },
      }),
    );
  });

  test("vitest's own toSatisfy takes functions as before", () => {
    expect(3).toSatisfy((value: number) => value > 2);
    expect(3).not.toSatisfy((value: number) => value > 4);
    expect({ size: 3 }).toEqual({ size: expect.toSatisfy((value: number) => value === 3) });
    expect(() => expect(3).toSatisfy((value: number) => value > 4, "big")).toThrow(
      "Expected value to satisfy:\nbig\n",
    );
  });

  test("a mesh is compared with another", async () => {
    const wider = await openMesh(after);
    const same = await openMesh(before);
    expect(wider).toAllowMoreThan(mesh);
    expect(mesh).not.toAllowMoreThan(wider);
    expect(mesh).not.toAllowMoreThan(same);
    expect(mesh).toBeEquivalentTo(same);
    expect(mesh).not.toBeEquivalentTo(wider);
    expect(mesh).toSatisfy(invariant({ expect: { "no-wider-than": wider } }));
    expect(wider).not.toSatisfy(invariant({ expect: { "same-as": mesh } }));
  });
});

/** What an assertion that fails says. */
function failure(assertion: () => unknown): string {
  try {
    assertion();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("it does not fail");
}

describe("what fails says why", () => {
  extendExpect();

  test("a violated invariant: where, which requests, one of them, the rule that lets it in", async () => {
    const mesh = await openMesh(after);
    expect(failure(() => expect(mesh).toSatisfy(onlyApi))).toMatchInlineSnapshot(`
      "nothing but the api: violated at pod/shop/orders
        - peer is service account shop/web and method is GET and path is /api*
          such as spiffe://cluster.local/ns/shop/sa/web -> pod/shop/orders:8080 GET /apix {"transport":"mtls"}: allowed  shop/orders[0]  packages/testkit/test/analysis-fixture/after.yaml:7:5
        assumed: data plane sidecar, where nothing that is loaded says another; peers are named spiffe://DOMAIN/ns/NAMESPACE/sa/NAME, with one such name in a certificate; who has no identity speaks plaintext; other TLS than the mesh's is bytes to a proxy, but where a gateway's server or a Sidecar's ingress ends it; paths are UTF-8, as the proxy normalises them"
    `);
  });

  test("an invariant that holds, with `.not`", async () => {
    const mesh = await openMesh(before);
    expect(failure(() => expect(mesh).not.toSatisfy(onlyApi))).toMatchInlineSnapshot(`
      "nothing but the api: it holds
      nothing but the api: holds at pod/shop/orders
        assumed: data plane sidecar, where nothing that is loaded says another; peers are named spiffe://DOMAIN/ns/NAMESPACE/sa/NAME, with one such name in a certificate; who has no identity speaks plaintext; other TLS than the mesh's is bytes to a proxy, but where a gateway's server or a Sidecar's ingress ends it; paths are UTF-8, as the proxy normalises them"
    `);
  });

  test("one that holds only because there is no such request", async () => {
    const mesh = await openMesh(before);
    const nobody = {
      requests: { from: [{ source: { namespaces: ["a"], notNamespaces: ["a"] } }] },
      expect: "never-allowed",
    } as const;
    expect(failure(() => expect(mesh).toSatisfy(invariant(nobody)))).toMatch(
      /^never-allowed: holds only because there is no such request/,
    );
    expect(mesh).toSatisfy(invariant({ ...nobody, vacuous: "ok" }));
    expect(failure(() => expect(mesh).not.toSatisfy(invariant(nobody)))).toMatch(
      /^never-allowed: not shown to be violated/,
    );
  });

  test("one about nobody", async () => {
    const mesh = await openMesh(before);
    const lost = invariant({ target: { workload: "order" }, expect: "never-allowed" });
    expect(failure(() => expect(mesh).toSatisfy(lost))).toBe(
      'never-allowed: the target names no enforcement point: {"workload":"order"}',
    );
  });

  test("more access than another: which requests, and one of them", async () => {
    const [mesh, wider] = [await openMesh(before), await openMesh(after)];
    expect(failure(() => expect(wider).not.toAllowMoreThan(mesh))).toMatchInlineSnapshot(`
      "it allows more
      pod/shop/orders
        allowed here and not there (HTTP)
          - peer is service account shop/web and method is GET and path is /api* except /api/*
            such as spiffe://cluster.local/ns/shop/sa/web -> pod/shop/orders:8080 GET /apix {"transport":"mtls"}: 403 -> allowed  shop/orders[0]  packages/testkit/test/analysis-fixture/after.yaml:7:5
      assumed: data plane sidecar, where nothing that is loaded says another; peers are named spiffe://DOMAIN/ns/NAMESPACE/sa/NAME, with one such name in a certificate; who has no identity speaks plaintext; other TLS than the mesh's is bytes to a proxy, but where a gateway's server or a Sidecar's ingress ends it; paths are UTF-8, as the proxy normalises them"
    `);
    expect(failure(() => expect(mesh).toAllowMoreThan(wider))).toMatch(/^it allows no more\n/);
  });

  test("what differs", async () => {
    const [mesh, wider] = [await openMesh(before), await openMesh(after)];
    expect(failure(() => expect(mesh).toBeEquivalentTo(wider))).toMatchInlineSnapshot(`
      "they differ
      pod/shop/orders
        allowed there and not here (HTTP)
          - peer is service account shop/web and method is GET and path is /api* except /api/*
            such as spiffe://cluster.local/ns/shop/sa/web -> pod/shop/orders:8080 GET /apix {"transport":"mtls"}: allowed -> 403
      assumed: data plane sidecar, where nothing that is loaded says another; peers are named spiffe://DOMAIN/ns/NAMESPACE/sa/NAME, with one such name in a certificate; who has no identity speaks plaintext; other TLS than the mesh's is bytes to a proxy, but where a gateway's server or a Sidecar's ingress ends it; paths are UTF-8, as the proxy normalises them"
    `);
    expect(failure(() => expect(mesh).not.toBeEquivalentTo(mesh))).toMatch(
      /^every request meets the same/,
    );
  });

  test("meshes that have no workload in common were not compared", async () => {
    const mesh = await openMesh(before);
    const { mesh: bare } = loadMesh({ files: [], allowEmpty: true });
    expect(failure(() => expect(mesh).not.toAllowMoreThan(bare))).toMatch(
      /^not shown: no workload is in both/,
    );
    expect(failure(() => expect(mesh).toBeEquivalentTo(bare))).toMatch(
      /^they differ\n.*orders: only here/,
    );
  });

  test("what is undecided is shown neither way", async () => {
    const [mesh, wider] = [await openMesh(before), await openMesh(after)];
    const budget = { budget: { states: 1 } };
    const open = invariant({ expect: "never-allowed" }, budget);
    for (const assertion of [
      () => expect(mesh).toSatisfy(open),
      () => expect(mesh).not.toSatisfy(open),
      () => expect(wider).toAllowMoreThan(mesh, budget),
      () => expect(wider).not.toAllowMoreThan(mesh, budget),
      () => expect(mesh).toBeEquivalentTo(wider, budget),
      () => expect(mesh).not.toBeEquivalentTo(wider, budget),
    ])
      expect(failure(assertion)).toContain("? undecided: ");
  });

  test("what is no mesh, no invariant, no rule", async () => {
    const mesh = await openMesh(before);
    expect(failure(() => expect("policies/").toSatisfy(onlyApi))).toMatch("about a mesh");
    expect(failure(() => expect(mesh).toBeEquivalentTo({} as never))).toMatch("about a mesh");
    expect(failure(() => expect(mesh).toSatisfy({ expect: "x" } as never))).toMatch(
      "takes a function, or what `invariant` makes",
    );
    expect(() => invariant({ expect: "never-alowed" as "never-allowed" })).toThrow(
      "did you mean `never-allowed`?",
    );
    expect(() => invariant({ requests: { form: [] } as never, expect: "never-allowed" })).toThrow(
      "did you mean `from`?",
    );
    expect(() =>
      invariant({
        requests: { from: [{ source: { ipBlocks: ["10.0.0.0/99"] } }] },
        expect: "never-allowed",
      }),
    ).toThrow();
  });
});
