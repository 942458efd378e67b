import { evaluate } from "../../src/evaluate.ts";
import { programFor } from "../../src/istiod/program.ts";
import { tellZtunnel } from "../../src/istiod/ztunnel.ts";
import { serve } from "../../src/journey/serve.ts";
import type { LoadOptions } from "../../src/load/options.ts";
import { type Loaded, loadMesh } from "../../src/load.ts";
import type { AccessRequest } from "../../src/model/access-request.ts";
import type { Facts } from "../../src/model/fact.ts";
import type { Mesh } from "../../src/model/mesh.ts";
import type { Proxy } from "../../src/model/program.ts";
import type { Connection, HttpRequest } from "../../src/model/request.ts";
import { blemishOf } from "./blemish.ts";

/** Answers with the most ordinary value. */
export const facts: Facts = {
  now: Date.parse("2026-09-01T10:00:00Z"),
  ask: ({ candidates }) => candidates[0] ?? "",
};

export const token =
  "eyJhbGciOiJIUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUiLCJzdWIiOiJhIn0.AAAA";

const get: HttpRequest = {
  version: "1.1",
  method: "GET",
  target: "/api/orders?token=x",
  host: "orders.shop",
  headers: [
    ["authorization", `Bearer ${token}`],
    ["x-forwarded-for", "10.0.0.5"],
    ["x-user", "a"],
  ],
};

export const mtls: Connection = {
  transport: "mtls",
  sourceIp: "10.1.2.3",
  destinationIp: "10.9.9.9",
  destinationPort: 8080,
  alpn: ["istio"],
  sni: "outbound_.80_._.orders.shop.svc.cluster.local",
  certificate: { uris: ["spiffe://cluster.local/ns/shop/sa/web"] },
};

/** What is wrong with an answer, thrown: nothing may be printed that is no text. */
export function inspect(answer: unknown, input: string): void {
  const blemish = blemishOf(answer, input);
  if (blemish !== undefined) throw new Error(`printed: ${blemish}`);
}

/** Loads texts, and checks what is said of them and where. */
export function load(options: LoadOptions, input: string): Loaded {
  const loaded = loadMesh(options);
  const { mesh, suites, ...said } = loaded;
  inspect(said, input);
  const texts = new Map(options.files.map(({ path, text }) => [path, text]));
  for (const { at, code, related = [] } of loaded.findings)
    for (const span of [at, ...related.map((each) => each.at)]) {
      const end = texts.get(span.file)?.length ?? -1;
      if (!(0 <= span.start && span.start <= span.end && span.end <= end))
        throw new Error(`${code} is at ${span.start}-${span.end} of ${end}`);
    }
  return loaded;
}

/** Goes every way there is from a mesh to an answer. Returns what kinds of answers came. */
export function useMesh(mesh: Mesh, input: string): string {
  const hops = [...sidecars(mesh), ...others(mesh)].flatMap((proxy) => {
    inspect(
      proxy.kind === "ztunnel" ? tellZtunnel(mesh, proxy, []) : programFor(mesh, proxy),
      input,
    );
    const open: Connection = { ...mtls, transport: "plaintext", alpn: [] };
    return [
      serve(mesh, proxy, mtls, get, facts, { trace: "all" }),
      serve(mesh, proxy, open, get, facts),
      serve(mesh, proxy, { ...open, destinationPort: 9000 }, undefined, facts),
    ];
  });
  inspect(hops, input);
  for (const { notes } of hops) for (const { at } of notes) inspect(mesh.locate(at) ?? null, input);
  return hops
    .map(({ outcome, notes }) => `${outcome.kind}${outcome.status ?? ""}${notes[0]?.because ?? ""}`)
    .join();
}

/** One request that leaves nothing open, by the journey. */
export function ask(mesh: Mesh, input: string, more: Partial<AccessRequest> = {}): string {
  const [sidecar] = sidecars(mesh);
  const verdict = evaluate(
    mesh,
    {
      from: "sa/shop/web",
      to: { namespace: sidecar?.namespace ?? "shop", labels: sidecar?.labels ?? {}, port: 8080 },
      http: { method: "GET", path: "/api/orders", host: "orders", headers: { "x-user": "a" } },
      source: { ip: "10.0.0.5" },
      now: "2026-09-01T10:00:00Z",
      token,
      ...more,
    },
    { signatures: { [token]: "valid" } },
  );
  inspect(verdict, input);
  return `${verdict.decision}${verdict.layer ?? ""}`;
}

/** The workloads that policies are about. */
function sidecars(mesh: Mesh): readonly Proxy[] {
  const policies = [
    ...mesh.authorizationPolicies,
    ...mesh.peerAuthentications,
    ...mesh.requestAuthentications,
  ];
  return policies.slice(0, 1).map(
    ({ key, spec }): Proxy => ({
      kind: "sidecar",
      namespace: key.namespace,
      name: "orders-1",
      labels: spec.selector?.matchLabels ?? { app: "orders" },
      serviceAccount: "orders",
      addresses: ["10.9.9.9"],
      ports: [
        { port: 8080, protocol: "http" },
        { port: 9000, protocol: "tcp" },
        { port: 9090, protocol: "auto" },
      ],
    }),
  );
}

function others(mesh: Mesh): readonly Proxy[] {
  return sidecars(mesh).flatMap((sidecar) =>
    (["ztunnel", "gateway", "waypoint"] as const).map((kind) => ({ ...sidecar, kind })),
  );
}
