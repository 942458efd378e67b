import { expect, test } from "vitest";
import type { Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { callingPod, journeyMesh, type Placed } from "./analyse-journey-world.ts";

const object = (group: string, kind: string, namespace: string, spec: object): object => ({
  apiVersion: `${group}.istio.io/v1`,
  kind,
  metadata: { name: "db", namespace },
  spec,
});
const host = "db.shop.svc.cluster.local";
const names = ["db.test", "other.test"];

/** A gateway that passes TLS on, to a workload that ends it itself or behind its sidecar. */
function anyMore(dice: Dice): readonly object[] {
  const port = dice.pick(["tcp-db", "https-db", "tls-db", "http-db", "db"]);
  const tls = dice.pick(["DISABLE", "SIMPLE", "ISTIO_MUTUAL", undefined]);
  const mode = dice.pick(["STRICT", "PERMISSIVE", "DISABLE", undefined]);
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "db", namespace: "shop" },
      spec: { selector: { app: "orders" }, ports: [{ name: port, port: 9000, targetPort: 9000 }] },
    },
    object("networking", "Gateway", "edge", {
      selector: { app: "ingress" },
      servers: [
        {
          port: { number: 9443, name: "db", protocol: "TLS" },
          hosts: names,
          tls: { mode: "PASSTHROUGH" },
        },
      ],
    }),
    object("networking", "VirtualService", "edge", {
      hosts: names,
      gateways: ["db"],
      tls: [
        {
          match: [
            { port: 9443, sniHosts: [...new Set(dice.some(names as [string, ...string[]]))] },
          ],
          route: [{ destination: { host, port: { number: 9000 } } }],
        },
      ],
    }),
    ...(tls
      ? [
          object("networking", "DestinationRule", "edge", {
            host,
            trafficPolicy: { tls: { mode: tls } },
          }),
        ]
      : []),
    ...(mode ? [object("security", "PeerAuthentication", "shop", { mtls: { mode } })] : []),
  ];
}

function anyRule(dice: Dice): PolicyRule {
  return dice.pick<PolicyRule>([
    { to: [{ operation: { ports: [dice.pick(["9000", "9443"])] } }] },
    { to: [{ operation: { notPorts: ["9000"] } }] },
    { to: [{ operation: { paths: ["/x"] } }] },
    { from: [{ source: { serviceAccounts: ["edge/ingress"] } }] },
    { from: [{ source: { notServiceAccounts: ["edge/ingress"] } }] },
    { from: [{ source: { principals: ["*"] } }] },
    { from: [{ source: { ipBlocks: [dice.pick(["10.0.0.0/16", "10.9.0.1"])] } }] },
    { when: [{ key: "connection.sni", values: [dice.pick(names as [string, ...string[]])] }] },
    { when: [{ key: "connection.sni", notValues: ["db.test"] }] },
  ]);
}

function requestTo(sni: string): AccessRequest {
  return {
    from: "none",
    to: "gateway/edge/ingress:9443",
    transport: "tls",
    sni,
    source: { ip: "10.0.0.1" },
    http: "none",
  };
}

function arrives(mesh: Mesh, request: AccessRequest): boolean {
  return evaluate(mesh, request).branches.some(
    ({ decision, hops }) => decision === "allow" && hops.at(-1)?.proxy === "shop/orders",
  );
}

const workload = { namespace: "shop", workload: "orders" };

/** What is proved of one server name, held to the evaluator. */
function judged(mesh: Mesh, sni: string, said: string): Proof["result"] | undefined {
  const target = { ...workload, through: "gateway/edge/ingress" };
  const requests = {
    protocol: "tcp",
    when: [
      { key: "connection.sni", values: [sni] },
      { key: "source.ip", values: ["10.0.0.1"] },
    ],
  } as const;
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
  const allowed = arrives(mesh, requestTo(sni));
  const held = ["holds", "holds-vacuously", "undecided"];
  expect(allowed ? ["violated", "undecided"] : held, said).toContain(proof?.result);
  for (const { witness } of (proof?.violations ?? []).flatMap(({ regions }) => regions))
    expect(arrives(mesh, witness.request), said).toBe(true);
  return proof?.result;
}

test("TLS that a gateway passes on comes to the workload as the evaluator leads it", () => {
  const counts = new Map<string | undefined, number>();
  for (let seed = 1; seed <= Number(process.env["ANALYSE"] ?? 60); seed += 1) {
    const dice = diceOf(8000 + seed);
    const policies = Array.from(
      { length: dice.below(4) },
      (): Placed => ({
        namespace: dice.pick(["edge", "shop", "shop"]),
        action: dice.pick(["ALLOW", "DENY"]),
        rules: [anyRule(dice)],
      }),
    );
    const more = anyMore(dice);
    const mesh = journeyMesh(policies, { routes: [], more });
    for (const sni of names) {
      const result = judged(mesh, sni, JSON.stringify({ seed, sni, policies, more }));
      counts.set(result, (counts.get(result) ?? 0) + 1);
    }
  }
  const of = (...results: readonly string[]): number =>
    results.reduce((sum, each) => sum + (counts.get(each) ?? 0), 0);
  expect(of("violated")).toBeGreaterThan(of("undecided"));
  expect(of("holds")).toBeGreaterThan(of("undecided"));
});

/** A workload whose application opens TLS to the first of the names, which the mesh leads to the gateway. */
const callers = [
  callingPod,
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "out", namespace: "edge" },
    spec: { selector: { app: "ingress" }, ports: [{ name: "tls", port: 443, targetPort: 9443 }] },
  },
  object("networking", "ServiceEntry", "shop", {
    hosts: ["db.test"],
    ports: [{ number: 443, name: "tls", protocol: "TLS" }],
    resolution: "DNS",
  }),
  object("networking", "VirtualService", "shop", {
    hosts: ["db.test"],
    gateways: ["mesh"],
    tls: [
      {
        match: [{ port: 443, sniHosts: ["db.test"] }],
        route: [{ destination: { host: "out.edge.svc.cluster.local", port: { number: 443 } } }],
      },
    ],
  }),
];

test("TLS that an application opens itself is led over the gateway as the evaluator leads it", () => {
  const results: (string | undefined)[] = [];
  for (let seed = 1; seed <= Number(process.env["ANALYSE"] ?? 60); seed += 1) {
    const dice = diceOf(8500 + seed);
    const policies = Array.from(
      { length: dice.below(3) },
      (): Placed => ({
        namespace: dice.pick(["edge", "shop"]),
        action: dice.pick(["ALLOW", "DENY"]),
        rules: [
          dice.chance(0.3)
            ? { from: [{ source: { serviceAccounts: ["shop/web"] } }] }
            : anyRule(dice),
        ],
      }),
    );
    const disabled = dice.chance(0.7)
      ? [
          object("networking", "DestinationRule", "shop", {
            host: "out.edge.svc.cluster.local",
            trafficPolicy: { tls: { mode: "DISABLE" } },
          }),
        ]
      : [];
    const more = [...anyMore(dice), ...callers, ...disabled];
    const mesh = journeyMesh(policies, { routes: [], more });
    const target = { ...workload, through: "pod/shop/web", calls: "https://db.test" };
    const requests = { protocol: "tcp" } as const;
    const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
    const said = JSON.stringify({ seed, policies, more, proof: proof?.undecided });
    const allowed = arrives(mesh, { from: "pod/shop/web", to: "https://db.test", http: "none" });
    const held = ["holds", "holds-vacuously", "undecided"];
    expect(allowed ? ["violated", "undecided"] : held, said).toContain(proof?.result);
    results.push(proof?.result);
  }
  const count = (result: string): number => results.filter((each) => each === result).length;
  expect(count("violated")).toBeGreaterThan(count("undecided"));
  expect(count("violated")).toBeGreaterThan(results.length / 20);
});
