import { describe, expect, test } from "vitest";
import type { Question } from "../src/model/fact.ts";
import {
  answering,
  empty,
  hbone,
  peers,
  plaintext,
  policies,
  serve,
  web,
} from "./ztunnel-world.ts";

describe("the handshake", () => {
  test.each([
    ["a SPIFFE id of the own trust domain passes", web, "forwarded"],
    ["another trust domain fails", hbone("spiffe://old/ns/shop/sa/web"), "tls-failed"],
    [
      "any SAN may bring the trust domain",
      hbone("spiffe://old/ns/a/sa/b", "spiffe://cluster.local/ns/a/sa/b"),
      "forwarded",
    ],
    ["a path of another form is no identity", hbone("spiffe://cluster.local/sa/web"), "tls-failed"],
    ["no certificate fails", { ...plaintext, transport: "hbone" }, "tls-failed"],
    [
      "a certificate of an unknown CA fails",
      { ...web, certificate: { uris: ["spiffe://cluster.local/ns/a/sa/b"], untrusted: true } },
      "tls-failed",
    ],
    ["TLS that is not HBONE is plain bytes", { ...web, transport: "mtls" }, "forwarded"],
  ] as const)("%s", (_, connection, kind) => {
    expect(serve(empty, connection).outcome.kind).toBe(kind);
  });

  test("an alias of the trust domain does not help", () => {
    const mesh = {
      ...empty,
      config: { trustDomain: "td1", trustDomainAliases: ["cluster.local"] },
    };
    expect(serve(mesh, web).outcome.kind).toBe("tls-failed");
  });

  test("of several identities policies see the first", () => {
    const mesh = policies({ rules: [{ from: [{ source: { namespaces: ["a"] } }] }] });
    const second = "spiffe://cluster.local/ns/b/sa/x";
    expect(serve(mesh, hbone("spiffe://old/ns/a/sa/x", second)).outcome.kind).toBe("forwarded");
    expect(serve(mesh, hbone(second, "spiffe://cluster.local/ns/a/sa/x")).outcome.kind).toBe(
      "closed",
    );
  });
});

describe("what a caller observes", () => {
  const mesh = policies(
    {},
    { action: "DENY", rules: [{ from: [{ source: { namespaces: ["shop"] } }] }] },
  );

  test("a plaintext connection that no ALLOW policy admits is closed", () => {
    const { outcome, steps } = serve(mesh, plaintext);
    expect(outcome).toEqual({ kind: "closed", details: "allow policies exist, but none allowed" });
    expect(steps.at(-1)).toMatchObject({ layer: "allow", result: "refuse", policies: 1, rules: 0 });
  });

  test("a tunnel is answered 401 and names the policy", () => {
    const { outcome, steps } = serve(mesh, web);
    expect(outcome.details).toBe("CONNECT answered 401: explicitly denied by: shop/p1");
    expect(steps[1]).toMatchObject({
      layer: "deny",
      result: "refuse",
      by: [{ rule: 0, at: { path: ["spec", "rules", 0] } }],
    });
  });

  test("a STRICT port refuses at the layer mtls, by the line that made it so", () => {
    const strict = peers([
      "shop",
      "a",
      {
        selector: { matchLabels: { app: "orders" } },
        portLevelMtls: { "8080": { mode: "STRICT" } },
      },
    ]);
    expect(serve(strict, plaintext).steps[1]).toMatchObject({
      layer: "mtls",
      by: [{ at: { path: ["spec", "portLevelMtls", "8080"] } }],
    });
    expect(serve(strict, { ...plaintext, destinationPort: 9090 }).outcome.kind).toBe("forwarded");
  });
});

describe("an address that nobody stated", () => {
  const mesh = policies({
    rules: [{ from: [{ source: { ipBlocks: ["10.1.0.0/16", "10.1.2.3"] } }] }],
  });
  const { sourceIp: _, ...unknown } = plaintext;

  test("is asked for with one candidate of each class, an ordinary one first", () => {
    const asked: Question[] = [];
    expect(serve(mesh, unknown, answering(0, asked)).outcome.kind).toBe("closed");
    expect(asked).toEqual([{ id: "source.ip", candidates: ["10.0.0.1", "10.1.0.0", "10.1.2.3"] }]);
    expect(serve(mesh, unknown, answering(1)).outcome.kind).toBe("forwarded");
  });

  test("is not asked for when no rule looks at it", () => {
    const asked: Question[] = [];
    serve(policies({ rules: [{}] }), unknown, answering(0, asked));
    expect(asked).toEqual([]);
  });

  test("is the pod's own where the destination has only one", () => {
    const at = policies({ rules: [{ when: [{ key: "destination.ip", values: ["10.9.9.9"] }] }] });
    expect(serve(at, plaintext).outcome.kind).toBe("forwarded");
  });
});
