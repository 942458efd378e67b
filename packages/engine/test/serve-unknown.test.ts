import { describe, expect, test } from "vitest";
import { serveEnvoy } from "../src/envoy/serve.ts";
import type { HttpRequest } from "../src/model/request.ts";
import type { Rule } from "../src/model/rule.ts";
import {
  allow,
  answering,
  deny,
  end,
  exact,
  get,
  mesh,
  path,
  plaintext,
  rule,
  sidecar,
  silent,
} from "./serve-program.ts";

describe("what nobody stated", () => {
  const unknown: HttpRequest = { version: "1.1", headers: [], otherHeaders: "unknown" };
  const { sourceIp: _, ...nowhere } = plaintext;

  test("is not asked for when nothing looks at it", () => {
    expect(end(serveEnvoy(sidecar(), nowhere, unknown, silent))).toBe("forwarded via_upstream");
  });

  test.each<readonly [string, Rule, string, string]>([
    ["http.path", path("/admin"), "/admin", "/"],
    ["http.method", rule("m", { kind: "method" }, exact("DELETE")), "DELETE", "GET"],
    [
      "http.host",
      rule("h", { kind: "host" }, exact("a.com")),
      "a.com",
      "orders.shop.svc.cluster.local",
    ],
    [
      "header:x-user",
      rule("x", { kind: "header", name: "x-user" }, exact("bob")),
      "bob",
      "(absent)",
    ],
    [
      "source.ip",
      rule(
        "ip",
        { kind: "source.ip" },
        { kind: "cidr", family: 4, low: "cb007100", high: "cb0071ff", of: 0 },
      ),
      "203.0.113.1",
      "10.0.0.1",
    ],
  ])("is asked for as %s, with a value that matters", (id, denying, deciding, ordinary) => {
    const facts = answering({ [id]: deciding });
    expect(end(serveEnvoy(sidecar(deny(denying)), nowhere, unknown, facts))).toMatch(/^reply 403/);
    expect(facts.asked).toHaveLength(1);
    expect(facts.asked[0]?.slice(0, 2)).toEqual([id, ordinary]);
    expect(facts.asked[0]).toContain(deciding);
  });

  test.each<readonly [string, HttpRequest]>([
    ["a whole URL", { version: "1.1", target: "http://a.com/x", headers: [] }],
    [
      "a request for UDP",
      {
        version: "1.1",
        target: "/.well-known/masque/udp/a.com/80/",
        headers: [["Upgrade", "connect-udp"]],
      },
    ],
  ])("is not the host of %s, which its target says", (_, request) => {
    const host = rule("h", { kind: "host" }, exact("a.com"), exact("a.com:80"));
    const facts = answering({ "http.host": "other.com" });
    expect(end(serveEnvoy(sidecar(deny(host)), mesh, request, facts))).toMatch(/^reply 403/);
    expect(facts.asked).toEqual([]);
  });

  test("of a certificate is a peer of the mesh", () => {
    const { certificate: _certificate, ...someone } = mesh;
    const web = rule("web", { kind: "peer" }, exact("spiffe://cluster.local/ns/shop/sa/web"));
    const facts = answering({});
    expect(end(serveEnvoy(sidecar(allow(web)), someone, get, facts))).toMatch(/^reply 403/);
    expect(facts.asked).toEqual([
      [
        "source.principal",
        "spiffe://cluster.local/ns/default/sa/default",
        "spiffe://cluster.local/ns/shop/sa/web",
      ],
    ]);
  });
});
