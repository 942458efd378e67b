import type { Facts } from "../src/model/fact.ts";
import type { Filter, FilterChain, HttpSettings, Program } from "../src/model/program.ts";
import type { Connection, HttpRequest } from "../src/model/request.ts";
import type { Attribute, Matcher, Rule } from "../src/model/rule.ts";
import type { Hop } from "../src/model/verdict.ts";

const http: HttpSettings = {
  normalizePath: true,
  mergeSlashes: false,
  escapedSlashes: "keep",
  underscores: "keep",
  remoteAddress: "xff",
  trustedHops: 0,
  headerLines: "each",
  clientCertHeader: "append-forward",
};
const tls = {
  clientCertificate: "required",
  authority: "mesh",
  trustDomains: ["cluster.local"],
} as const;

export function rule(name: string, attribute: Attribute, ...any: readonly Matcher[]): Rule {
  return {
    name: `ns[shop]-policy[${name}]-rule[0]`,
    policy: { kind: "AuthorizationPolicy", namespace: "shop", name },
    index: 0,
    groups: [{ of: "to", any: [{ index: 0, all: [{ attribute, field: "values", any }] }] }],
  };
}

export const exact = (text: string): Matcher => ({ kind: "exact", text, of: 0 });
export const path = (text: string): Rule => rule("paths", { kind: "path" }, exact(text));

export function deny(...rules: readonly Rule[]): Filter {
  return { kind: "rbac", action: "DENY", peer: "certificate", rules };
}
export function allow(...rules: readonly Rule[]): Filter {
  return { kind: "rbac", action: "ALLOW", peer: "certificate", rules };
}

/** A sidecar that is permissive on 8080 (HTTP) and 9000 (bytes). */
export function sidecar(...filters: readonly Filter[]): Program {
  const chain = (
    name: string,
    kind: "http" | "tcp",
    match: FilterChain["match"],
    terminates = false,
  ): FilterChain => ({ name, kind, match, filters, http, ...(terminates ? { tls } : {}) });
  return {
    proxy: {
      kind: "sidecar",
      namespace: "shop",
      name: "orders-1",
      labels: {},
      serviceAccount: "orders",
      addresses: ["10.9.9.9"],
      ports: [
        {
          port: 8080,
          protocol: "http",
          service: { host: "orders.shop.svc.cluster.local", port: 80 },
        },
      ],
    },
    listeners: [
      {
        name: "virtualInbound",
        chains: [
          { name: "blackhole", kind: "blackhole", match: { port: 15006 }, filters: [] },
          chain("mtls", "http", { port: 8080, transport: "tls", alpn: ["istio"] }, true),
          chain("plain", "http", { port: 8080, transport: "raw_buffer" }),
          chain("disabled", "http", { port: 8090, transport: "raw_buffer" }),
          chain("bytes", "tcp", { port: 9000, transport: "raw_buffer" }),
        ],
      },
    ],
    notes: [],
  };
}

export const plaintext: Connection = {
  transport: "plaintext",
  sourceIp: "10.1.2.3",
  destinationPort: 8080,
};
export const mesh: Connection = {
  ...plaintext,
  transport: "mtls",
  alpn: ["istio"],
  certificate: { uris: ["spiffe://cluster.local/ns/shop/sa/web"] },
};
export const get: HttpRequest = {
  version: "1.1",
  method: "GET",
  target: "/a",
  host: "orders",
  headers: [],
};

export const silent: Facts = {
  now: 0,
  ask: ({ id }) => {
    throw new Error(`nobody should ask for ${id}`);
  },
};

/** Answers with what is said, and keeps what was asked. */
export function answering(
  answers: Readonly<Record<string, string>>,
): Facts & { readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    now: 0,
    asked,
    ask: ({ id, candidates }) => {
      asked.push([id, ...candidates]);
      return answers[id] ?? candidates[0] ?? "";
    },
  };
}

export function end({ outcome }: Hop): string {
  const { kind, status = "", details = "" } = outcome;
  return `${kind} ${status} ${details}`.replace(/ +/g, " ").trim();
}
