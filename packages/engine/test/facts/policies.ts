import type { Mesh } from "../../src/model/mesh.ts";
import type {
  Action,
  Attachment,
  AuthorizationPolicySpec,
  Condition,
  Operation,
  PolicyRule,
  RequestAuthentication,
  Source,
} from "../../src/model/policy.ts";
import { jwks } from "../jwt-request.ts";
import { handMesh, handPeer, handPolicy } from "../mesh.ts";
import type { Dice } from "./dice.ts";

export const issuer = "issA";
export const provider = "p";

const paths = ["/a", "/a*", "*b", "/a/*", "/{*}/b", "/a/{**}", "*", "/", "/ab", "*/b", "/a/{*}"];
const hosts = ["a", "*.b", "a*", "a.b", "*"];
const principals = [
  "cluster.local/ns/shop/sa/web",
  "*/sa/web",
  "cluster.local/ns/shop/*",
  "*web",
  "*",
  "cluster.local/ns/jobs/sa/x",
];
const headerValues = ["a", "b*", "*c", "*", "ab"];
const blocks = ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "203.0.113.9", "2001:db8::/32"];
const namespaces = ["shop", "j*", "*x"];
const accounts = ["shop/web", "jobs/x"];

/** The patterns that the rules of these policies may hold, by the part of a request that they look at. */
export const patterns = {
  paths,
  hosts,
  principals,
  headerValues,
  blocks,
  namespaces,
  accounts,
} as const;

function source(dice: Dice): Source {
  const { some, chance } = dice;
  return {
    ...(chance(0.4) ? { principals: some(principals) } : {}),
    ...(chance(0.15) ? { notPrincipals: some(principals) } : {}),
    ...(chance(0.2) ? { namespaces: some(namespaces) } : {}),
    ...(chance(0.15) ? { notNamespaces: some(namespaces) } : {}),
    ...(chance(0.3) ? { ipBlocks: some(blocks) } : {}),
    ...(chance(0.15) ? { notIpBlocks: some(blocks) } : {}),
    ...(chance(0.1) ? { remoteIpBlocks: some(blocks) } : {}),
    ...(chance(0.15) ? { requestPrincipals: some([`${issuer}/u`, "*", "issB/*"]) } : {}),
    ...(chance(0.1) ? { serviceAccounts: some(accounts) } : {}),
  };
}

function operation(dice: Dice): Operation {
  const { some, chance } = dice;
  return {
    ...(chance(0.5) ? { paths: some(paths) } : {}),
    ...(chance(0.25) ? { notPaths: some(paths) } : {}),
    ...(chance(0.4) ? { methods: some(["GET", "POST", "*", "PUT"]) } : {}),
    ...(chance(0.15) ? { notMethods: some(["GET", "POST"]) } : {}),
    ...(chance(0.3) ? { hosts: some(hosts) } : {}),
    ...(chance(0.15) ? { notHosts: some(hosts) } : {}),
    ...(chance(0.1) ? { ports: some(["8080", "9090"]) } : {}),
  };
}

const keys = [
  ["request.headers[x-user]", headerValues],
  ["request.headers[x-user]", headerValues],
  ["request.auth.claims[role]", ["admin", "dev*"]],
  ["source.ip", blocks],
  ["source.principal", principals],
  ["request.auth.principal", [`${issuer}/u`, "*"]],
] as const;

function condition({ pick, some, chance }: Dice): Condition {
  const [key, values] = pick(keys);
  const negative = chance(0.3);
  return {
    key,
    ...(negative ? { notValues: some<string>(values) } : { values: some<string>(values) }),
  };
}

function rule(dice: Dice): PolicyRule {
  const { list, chance } = dice;
  return {
    ...(chance(0.5) ? { from: list(2, () => ({ source: source(dice) })) } : {}),
    ...(chance(0.6) ? { to: list(2, () => ({ operation: operation(dice) })) } : {}),
    ...(chance(0.35) ? { when: list(2, () => condition(dice)) } : {}),
  };
}

const actions: readonly Action[] = ["ALLOW", "ALLOW", "ALLOW", "DENY", "DENY", "CUSTOM", "AUDIT"];

function policy(dice: Dice): AuthorizationPolicySpec {
  const action = dice.pick(actions);
  const rules = dice.list(2, () => rule(dice));
  return { action, rules, ...(action === "CUSTOM" ? { provider: { name: provider } } : {}) };
}

function authentication({ chance }: Dice, attachment: Attachment): RequestAuthentication {
  return {
    key: { kind: "RequestAuthentication", namespace: "shop", name: "jwt" },
    labels: {},
    annotations: {},
    spec: {
      ...attachment,
      jwtRules: [
        { issuer, ...(chance(0.5) ? { jwks } : { jwksUri: "https://login.example/keys" }) },
      ],
    },
  };
}

/** A mesh with a few policies of every kind in the namespace `shop`, and what else there must be. */
export function anyMesh(
  dice: Dice,
  more: Parameters<typeof handMesh>[0] = {},
  attachment: Attachment = {},
): Mesh {
  const { list, chance, pick } = dice;
  const names = list(3, () => policy(dice));
  const mode = pick(["STRICT", "PERMISSIVE", "DISABLE"] as const);
  return handMesh({
    config: {
      extensionProviders: [{ name: provider, envoyExtAuthzGrpc: { service: "p.c", port: 9000 } }],
    },
    authorizationPolicies: names.map((spec, at) =>
      handPolicy(`shop/p${at}`, { ...spec, ...attachment }),
    ),
    requestAuthentications: chance(0.4) ? [authentication(dice, attachment)] : [],
    peerAuthentications: chance(0.6) ? [handPeer("shop/d", { mtls: { mode } })] : [],
    ...more,
  });
}
