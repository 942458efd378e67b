import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { indexedMatch } from "../src/envoy/index/first-match.ts";
import { decide, firstMatch, holds, type Read } from "../src/envoy/rbac.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { AccessRequest, HttpParts } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { attributes, readings, rules, runs } from "./fuzz/arbitraries.ts";
import { mutateValue, type Value } from "./fuzz/mutate-value.ts";
import { randomFrom } from "./fuzz/random.ts";
import { objectSeeds, yamlOf } from "./fuzz/seeds.ts";

vi.setConfig({ testTimeout: 1_000_000 }); // a long run tries more

test("the index finds the rule that the walker finds, recorded or not", () => {
  fc.assert(
    fc.property(rules, fc.array(readings, { minLength: 1, maxLength: 8 }), (all, requests) => {
      for (const values of requests) {
        const named = new Map(
          attributes.map((attribute, at) => [JSON.stringify(attribute), values[at] ?? []]),
        );
        const read: Read = (attribute) => named.get(JSON.stringify(attribute)) ?? [];
        const walked = all.find((rule) => holds(rule, read));
        expect(indexedMatch(all, read, holds)).toBe(walked);
        expect(firstMatch(all, read, () => undefined)).toBe(walked);
        expect(
          decide({ kind: "rbac", action: "DENY", peer: "certificate", rules: all }, read).denied,
        ).toBe(walked !== undefined);
      }
    }),
    runs,
  );
});

/** The same value without characters that JSON can write, and YAML only in double quotes. */
function printable(value: Value): Value {
  const strange = /\\u(?:00[01].|d[89a-f]..)|\\[bf]|[^ -~\u0085\u00a0-\ufefe\uff00-\ufffd]/g;
  return JSON.parse(JSON.stringify(value).replace(strange, "?"));
}

test("an object loads from YAML as from JSON", () => {
  const objects = objectSeeds();
  fc.assert(
    fc.property(
      fc.nat(),
      fc.constantFrom("enforce" as const, "bypass" as const, "prune" as const),
      (seed, admission) => {
        const random = randomFrom(seed);
        const value = printable(mutateValue(random.any(objects) ?? null, random));
        const load = (path: string, text: string) => {
          const { mesh, findings, counts } = loadMesh({ files: [{ path, text }], admission });
          const { locate: _, ...plain } = mesh;
          return {
            plain,
            counts,
            codes: findings.map(({ code, message }) => `${code} ${message}`).sort(),
          };
        };
        expect(load("a", yamlOf(value))).toEqual(load("a", JSON.stringify(value)));
      },
    ),
    runs,
  );
});

const paths = ["/", "/a", "/a/b", "/ab", "/b", "/a/b/c"];
const pathPatterns = ["/a", "/a*", "*b", "/a/*", "/{*}/b", "/a/{**}", "*", "/"];
const hosts = ["a", "a.b", "b:80"];
const ips = ["10.0.0.1", "10.1.2.3", "192.168.0.1", "203.0.113.9"];
const callers = ["sa/shop/web", "sa/shop/api", "sa/jobs/web"];

const some = <Item>(items: readonly Item[]): fc.Arbitrary<readonly Item[]> =>
  fc.subarray([...items], { minLength: 1, maxLength: Math.min(2, items.length) });
const perhaps = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item | undefined> =>
  fc.option(item, { nil: undefined });

const source = fc.record({
  principals: perhaps(
    some(["cluster.local/ns/shop/sa/web", "*/sa/web", "cluster.local/ns/shop/*", "*"]),
  ),
  notNamespaces: perhaps(some(["shop", "j*"])),
  ipBlocks: perhaps(some(["10.0.0.0/8", "10.0.0.0/16", "203.0.113.9"])),
  notIpBlocks: perhaps(some(["10.1.0.0/16"])),
});
const operation = fc.record({
  paths: perhaps(some(pathPatterns)),
  notPaths: perhaps(some(pathPatterns)),
  methods: perhaps(some(["GET", "POST", "*"])),
  hosts: perhaps(some(["a", "*.b", "a*"])),
});
const condition = fc.record({
  key: fc.constantFrom("request.headers[x-user]", "request.headers[__proto__]"),
  values: perhaps(some(["a", "b*", "*"])),
  notValues: perhaps(some(["ab", "*c"])),
});
const rule = fc.record({
  from: perhaps(fc.array(fc.record({ source }), { minLength: 1, maxLength: 2 })),
  to: perhaps(fc.array(fc.record({ operation }), { minLength: 1, maxLength: 2 })),
  when: perhaps(fc.array(condition, { minLength: 1, maxLength: 2 })),
});
const spec = fc.record({
  action: fc.constantFrom("ALLOW", "DENY", "AUDIT"),
  rules: fc.array(rule, { maxLength: 3 }),
});

function meshOf(specs: readonly object[], mode: string): Mesh {
  const policies = specs.map((each, at) => ({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `p${at}`, namespace: "shop" },
    spec: each,
  }));
  const peer = {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "d", namespace: "shop" },
    spec: { mtls: { mode } },
  };
  const text = [...policies, peer].map((each) => JSON.stringify(each)).join("\n---\n");
  return loadMesh({ files: [{ path: "a.yaml", text }], admission: "bypass" }).mesh;
}

const whole: fc.Arbitrary<Whole> = fc.record({
  from: fc.constantFrom(...callers),
  transport: fc.constantFrom("mtls" as const, "plaintext" as const),
  ip: fc.constantFrom(...ips),
  method: fc.constantFrom("GET", "POST", "PUT"),
  host: fc.constantFrom(...hosts),
  path: fc.constantFrom(...paths),
  user: perhaps(fc.constantFrom("a", "b", "ab", "bc", "")),
});
interface Stated extends AccessRequest {
  readonly http: HttpParts;
}
interface Whole {
  readonly from: string;
  readonly transport: "mtls" | "plaintext";
  readonly ip: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly user?: string | undefined;
}

function requestOf({ from, transport, ip, method, host, path, user }: Whole): Stated {
  const headers = user === undefined ? {} : { "x-user": user, ["__proto__"]: user };
  return {
    from,
    to: {
      namespace: "shop",
      labels: { app: "a" },
      port: 8080,
      protocol: "http",
      dataPlane: "sidecar",
    },
    transport,
    source: { ip },
    http: { method, host, path, headers, version: "1.1" },
  };
}

const mode = fc.constantFrom("STRICT", "PERMISSIVE");

test("nothing is undetermined where everything is known", () => {
  fc.assert(
    fc.property(fc.array(spec, { maxLength: 3 }), mode, whole, (specs, tls, parts) => {
      const { decision, branches } = evaluate(meshOf(specs, tls), requestOf(parts));
      expect([decision === "undetermined", branches.length]).toEqual([false, 1]);
    }),
    runs,
  );
});

/** Ways to leave something out of a request. */
const gaps: readonly ((request: Stated) => AccessRequest)[] = [
  ({ http: { path: _, ...http }, ...rest }) => ({ ...rest, http }),
  ({ http: { method: _, ...http }, ...rest }) => ({ ...rest, http }),
  ({ http: { method: _, path: __, ...http }, ...rest }) => ({ ...rest, http }),
  ({ source: _, ...rest }) => rest,
  ({ from: _, ...rest }) => rest,
  ({ source: _, from: __, http: { path: ___, ...http }, ...rest }) => ({ ...rest, http }),
];

test("what is decided without a part is decided so whatever the part is", () => {
  fc.assert(
    fc.property(
      fc.array(spec, { maxLength: 2 }),
      mode,
      whole,
      fc.constantFrom(...gaps),
      (specs, tls, parts, leave) => {
        const mesh = meshOf(specs, tls);
        const request = requestOf(parts);
        const known = evaluate(mesh, request).decision;
        const unknown = evaluate(mesh, leave(request));
        const possible = new Set(unknown.branches.map(({ decision }) => decision));
        expect([known, ...possible]).toContain(known);
        if (unknown.decision !== "undetermined") expect(known).toBe(unknown.decision);
        else expect(possible).toContain(known);
      },
    ),
    runs,
  );
});
