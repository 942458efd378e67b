import { expect, test } from "vitest";
import type { Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { atEdge, atShop } from "./analyse-journey-examples.ts";
import { journeyMesh, type Placed, toOrders } from "./analyse-journey-world.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };

const forms = [
  ["^/old/(.*)$", "/api/\\1"],
  ["^/old/(.*)", "/\\1"],
  ["^/old", "/new"],
  ["^/old(/?)(.*)", "/\\2"],
  ["^/old(/|$)(.*)", "/\\2"],
  ["^/old/?(.*)$", "/\\1"],
  ["^/o\\-ld/(.*)$", "/api/\\1"],
  ["^(/?)(.*)", "/\\2"],
  ["^/old(.*)$", "/\\1"],
  ["^/old(.*)$", "\\1"],
  ["^/old(/.*)$", "\\1"],
  ["^/old(/.*)$", "/api/\\1"],
  ["^/old(/.*)?$", "/api\\1"],
  ["^/old(/.*)?", "/api\\1"],
  ["^/old$", "/api"],
  ["/old(/|$)(.*)", "/\\2"],
  ["/old/(.*)", "/\\1"],
  ["^\\/old\\/(.*)", "/\\1"],
  ["^/old/([^/]+)(/.*)$", "\\2"],
  ["^/old/[a-z]+/(.*)$", "/api/\\1"],
  ["^/([a-zA-Z0-9_-]+)/admin(/.*)$", "/x\\2"],
  ["^/old/\\w+(/|$)(.*)", "/\\2"],
  ["^/old/(.*)$", "/\\1/api"], // from here on it hangs on the path
  ["/old/", "/"],
  ["^/old/([^/]*)/(.*)$", "/\\2"],
] as const;

const paths = [
  ...[
    "/",
    "/old",
    "/old/",
    "/old/x",
    "/oldx",
    "/old/admin/a",
    "/old//x",
    "/api/x",
    "/admin",
    "/o-ld/x",
  ],
  ...["/x/old/x", "/old/admin", "/old?v=/x", "/old/x?v"],
  ...[
    "/old./admin",
    "/old../admin",
    "/old.x/admin",
    "/old..;v/x",
    "/old.;v",
    "/old..",
    "/oldadmin",
  ],
  ...[
    "/old//",
    "/old/b/old/x",
    "/old/b/admin/x",
    "/x/old",
    "/x/oldx",
    "/old/../admin",
    "/old/./x",
    "/old/..",
  ],
];

/** Whether a request gets through on some way. */
function arrives(mesh: Mesh, path: string): boolean {
  const { branches } = evaluate(mesh, {
    from: "none",
    to: "gateway/edge/ingress:8080",
    transport: "plaintext",
    source: { ip: "10.0.0.1" },
    http: { method: "GET", path, host: "a.example" },
  });
  return branches.some(
    ({ decision, hops }) => decision === "allow" && hops.at(-1)?.proxy === "shop/orders",
  );
}

function proved(mesh: Mesh, path: string): Proof["result"] | undefined {
  const when = [
    { key: "request.headers[:path]", values: [path] },
    { key: "source.ip", values: ["10.0.0.1"] },
  ];
  const plain = [{ key: "source.ip", values: ["10.0.0.1"] }];
  const to = [{ operation: { hosts: ["a.example"], methods: ["GET"] } }];
  const only = [{ operation: { hosts: ["a.example"], methods: ["GET"], paths: [path] } }];
  const hasQuery = path.includes("?");
  const requests = {
    protocol: "http",
    ...(hasQuery ? { to, when } : { to: only, when: plain }),
  } as const;
  return prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }])[0]?.result;
}

const patterns = ["/api/*", "/admin*", "/x", "*/x", "/old*", "/", "/new*", "*"] as const;

function anyPlaced(dice: Dice): Placed {
  const rule: PolicyRule = {
    to: [
      {
        operation: {
          [dice.pick(["paths", "notPaths"])]: dice.some(patterns as readonly [string, ...string[]]),
        },
      },
    ],
  };
  const place = dice.chance(0.8) ? atShop : atEdge;
  return place(dice.pick(["ALLOW", "DENY"]), rule);
}

function meshConfig(normalization: string): object {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "istio", namespace: "istio-system" },
    data: { mesh: `pathNormalization: { normalization: ${normalization} }` },
  };
}

/** Whether proxies leave a path as it is. */
function isSeen(path: string, config: string | undefined): boolean {
  if (config === "NONE") return true;
  return !/\/\.\.?(?:\/|$)/.test(path) && !(config === "MERGE_SLASHES" && path.includes("//"));
}

function drawn(dice: Dice): {
  readonly mesh: Mesh;
  readonly said: string;
  readonly known: boolean;
  readonly config: string | undefined;
} {
  const [match, rewrite] = dice.pick<readonly [string, string]>(forms);
  const prefix = dice.pick(["/", "/old", "/o"]);
  const regex = dice.chance(0.25)
    ? { uri: dice.pick(["/", "/api", "/api/", "/old/"]) }
    : { uriRegexRewrite: { match, rewrite } };
  const routes = [{ match: [{ uri: { prefix } }], rewrite: regex, route: [toOrders] }];
  const policies = [anyPlaced(dice), ...(dice.chance(0.4) ? [anyPlaced(dice)] : [])];
  const known = "uriRegexRewrite" in regex && match === "^/old/(.*)$" && rewrite === "/api/\\1";
  const config = dice.pick<string | undefined>([undefined, undefined, "MERGE_SLASHES", "NONE"]);
  return {
    mesh: journeyMesh(policies, { routes, more: config ? [meshConfig(config)] : [] }),
    said: JSON.stringify([regex, prefix, config]),
    known,
    config,
  };
}

test("who reads a path behind a regular expression sees what the evaluator does, or it is left open", () => {
  let [asked, decided] = [0, 0];
  for (let seed = 1; seed <= Number(process.env["ANALYSE"] ?? 15); seed += 1) {
    const { mesh, said, known, config } = drawn(diceOf(9000 + seed));
    for (const path of paths.filter((each) => isSeen(each, config))) {
      const result = proved(mesh, path);
      const text = `${seed} ${said} ${path}`;
      asked += 1;
      if (result !== "undecided") decided += 1;
      const allowed = arrives(mesh, path) ? ["violated", "undecided"] : [...held, "undecided"];
      expect(known ? allowed.slice(0, -1) : allowed, text).toContain(result);
    }
  }
  expect(decided).toBeGreaterThan(asked * 0.85);
});

const held = ["holds", "holds-vacuously"];

test("the prefix that a route of the Gateway API takes away is followed", () => {
  const of = (apiVersion: string, kind: string, name: string, spec: object): object => ({
    apiVersion: `gateway.networking.k8s.io/${apiVersion}`,
    kind,
    metadata: { name, namespace: "shop" },
    spec,
  });
  const urlRewrite = { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } };
  const more = [
    of("v1", "Gateway", "k", {
      gatewayClassName: "istio",
      listeners: [{ name: "http", port: 80, protocol: "HTTP" }],
    }),
    of("v1", "HTTPRoute", "r", {
      parentRefs: [{ name: "k" }],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/api" } }],
          filters: [{ type: "URLRewrite", urlRewrite }],
          backendRefs: [{ name: "orders", port: 80 }],
        },
      ],
    }),
  ];
  const deny = atShop("DENY", { to: [{ operation: { paths: ["/admin", "/admin/*"] } }] });
  const mesh = journeyMesh([deny], { routes: [], more });
  const way = { through: "gateway/shop/k", namespace: "shop", workload: "orders" };
  const result = (...all: readonly string[]): string | undefined => {
    const requests = { protocol: "http", to: [{ operation: { paths: all } }] } as const;
    const [proof] = prove(mesh, [{ name: "it", target: way, requests, expect: "never-allowed" }]);
    return proof?.undecided.length === 0 ? proof.result : "undecided";
  };
  expect(result("/api/admin", "/api/admin/*")).toBe("holds");
  expect(result("/api*")).toBe("violated");
  expect(result("/admin*")).toBe("holds-vacuously");
});
