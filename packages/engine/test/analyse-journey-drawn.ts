import type { Requests } from "../src/analyse/api.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import type { Dice } from "./analyse-dice.ts";
import { type Placed, type Roads, toOrders, toOther } from "./analyse-journey-world.ts";

type Condition = NonNullable<NonNullable<PolicyRule["when"]>[number]>;
type Choice<Item> = readonly [Item, ...Item[]];

const conditions: Choice<Condition> = [
  { key: "request.headers[x-h]", values: ["v"] },
  { key: "request.headers[x-h]", values: ["a*"] },
  { key: "request.headers[x-h]", notValues: ["w"] },
  { key: "request.headers[x-sub]", values: ["s"] },
  { key: "request.headers[:path]", values: ["/a*"] },
  { key: "destination.port", values: ["8080"] },
  { key: "remote.ip", values: ["10.0.0.0/8"] },
];
const identities: Choice<Condition> = [
  { key: "request.auth.claims[g]", values: ["v"] },
  { key: "request.auth.principal", values: ["https://i/s"] },
  { key: "source.namespace", values: ["edge"] },
];
const paths: Choice<string> = ["/a", "/a*", "/api/*", "/api/admin*", "*/z"];
const changes: Choice<object> = [
  { set: { "x-h": "prod" } },
  { remove: ["x-h"] },
  { add: { "x-h": "w" } },
  { set: { "x-h": "%REQ(x-sub)%" } },
  {},
];

/** Policies of a gateway and of the workload behind it. */
export function anyPolicies(dice: Dice): readonly Placed[] {
  return Array.from({ length: 1 + dice.below(4) }, (): Placed => {
    const action = dice.pick(["ALLOW", "ALLOW", "DENY", "CUSTOM"]);
    const seen = action === "CUSTOM" || dice.chance(0.5) ? conditions : identities;
    const to = [{ operation: { [dice.pick(["paths", "notPaths"])]: [dice.pick(paths)] } }];
    const isBoth = dice.chance(0.4);
    const rule = {
      ...(isBoth || dice.chance(0.5) ? { to } : {}),
      when: [dice.pick(seen)],
    };
    const provider = action === "CUSTOM" ? { provider: "oauth" } : {};
    return { namespace: dice.pick(["edge", "shop"]), action, rules: [rule], ...provider };
  });
}

/** Routes that rewrite, write headers, and lead elsewhere. */
export function anyRoutes(dice: Dice): Roads["routes"] {
  const headers = { headers: { request: dice.pick(changes) } };
  return dice.pick<Roads["routes"]>([
    [{ route: [toOrders], ...headers }],
    [
      { match: [{ uri: { prefix: "/old/" } }], rewrite: { uri: "/api/" }, route: [toOrders] },
      { match: [{ headers: { "x-h": { exact: "v" } } }], route: [toOther] },
      { route: [toOrders], ...headers },
    ],
    [
      { match: [{ withoutHeaders: { "x-h": { exact: "v" } } }], route: [toOrders] },
      { match: [{ uri: { regex: "/a.*" } }], rewrite: { uri: "/api/x" }, route: [toOrders] },
    ],
    [
      { match: [{ queryParams: { q: { exact: "1" } } }], route: [toOther] },
      {
        route: [
          { ...toOrders, weight: 50, ...headers },
          { ...toOther, weight: 50 },
        ],
      },
    ],
  ]);
}

/** Who verifies tokens, what becomes of them, and what an external authorizer may set. */
export function anyMore(dice: Dice): readonly object[] {
  const rule = (): object => ({
    issuer: "https://i",
    jwksUri: "https://i/keys",
    forwardOriginalToken: dice.chance(0.5),
    ...(dice.chance(0.4)
      ? { outputClaimToHeaders: [{ header: "x-sub", claim: dice.pick(["sub", "g"]) }] }
      : {}),
    ...(dice.chance(0.2) ? { audiences: ["v"] } : {}),
  });
  const login = (namespace: string, app: string): object => ({
    apiVersion: "security.istio.io/v1",
    kind: "RequestAuthentication",
    metadata: { name: "login", namespace },
    spec: { selector: { matchLabels: { app } }, jwtRules: [rule()] },
  });
  const sets = dice.chance(0.5) ? ", headersToUpstreamOnAllow: [x-h]" : "";
  const provider = `{ name: oauth, envoyExtAuthzHttp: { service: o.o.svc.cluster.local, port: 80${sets} } }`;
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "istio", namespace: "istio-system" },
      data: { mesh: `extensionProviders: [${provider}]` },
    },
    ...(dice.chance(0.6) ? [login("edge", "ingress")] : []),
    ...(dice.chance(0.6) ? [login("shop", "orders")] : []),
  ];
}

type Claims = Readonly<Record<string, unknown>> | undefined;

/** One request, as an invariant names it and as the evaluator is asked. */
export interface Drawn {
  readonly requests: Requests;
  readonly asked: AccessRequest;
}

export function anyRequest(dice: Dice): Drawn {
  const path = dice.pick(["/", "/a", "/a/b", "/api/x", "/api/admin", "/old/x", "/old/admin"]);
  const method = dice.pick(["GET", "OPTIONS"]);
  const own = dice.pick<string | undefined>([undefined, "v", "w", "prod", "ab"]);
  const sub = dice.pick<string | undefined>([undefined, undefined, "s"]);
  const claims = dice.pick<Claims>([
    undefined,
    { iss: "https://i", sub: "s" },
    { iss: "https://i", sub: "t", g: "v" },
    { iss: "https://i", g: ["v", "w"], aud: "v" },
  ]);
  const isPreflight = method === "OPTIONS" && claims === undefined && dice.chance(0.5);
  const headers = {
    "x-h": own,
    "x-sub": sub,
    origin: isPreflight ? "https://o" : undefined,
    "access-control-request-method": isPreflight ? "GET" : undefined,
  };
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    requests: {
      protocol: "http",
      to: [{ operation: { paths: [path], methods: [method], hosts: ["a.example"] } }],
      when: [
        { key: "source.ip", values: ["10.0.0.1"] },
        ...Object.entries(headers).map(([name, value]) => is(`request.headers[${name}]`, value)),
        ...["iss", "sub"].map((name) => is(`request.auth.claims[${name}]`, claims?.[name])),
      ],
    },
    asked: {
      from: "none",
      to: "gateway/edge/ingress:8080",
      transport: "plaintext",
      source: { ip: "10.0.0.1" },
      http: { method, path, host: "a.example", headers: Object.fromEntries(sent) },
      providers: { oauth: dice.pick(["allow", "deny"]) },
      ...(claims === undefined ? {} : { token: unsigned(claims) }),
    },
  };
}

function is(key: string, value: unknown): Condition {
  return value === undefined ? { key, notValues: ["*"] } : { key, values: [`${value}`] };
}

function unsigned(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.unsigned`;
}
