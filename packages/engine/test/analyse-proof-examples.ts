import type { Invariant, Protocol, Requests } from "../src/analyse/api.ts";
import {
  allow,
  anonymous,
  deny,
  from,
  idp,
  paths,
  signedIn,
  to,
  web,
  when,
} from "./analyse-spoken.ts";
import type { Stated, World } from "./analyse-world.ts";

export interface ProofExample {
  readonly id: string;
  readonly says: string;
  readonly policies: readonly Stated[];
  readonly world?: World;
  readonly protocol?: Protocol;
  readonly scope: Requests;
  readonly expect?: Invariant["expect"]; // never-allowed
  readonly result: "holds" | "holds-vacuously" | "violated";
  readonly within?: Requests; // the counterexample
}

export const proofs: readonly ProofExample[] = [
  {
    id: "P1",
    says: "a DENY rule for anonymous requests keeps them from what it names",
    policies: [deny({ ...anonymous, ...paths("/admin/*") }), allow({})],
    world: signedIn,
    scope: { ...anonymous, ...paths("/admin/*") },
    result: "holds",
  },
  {
    id: "P2",
    says: "an exact path leaves what is below it open",
    policies: [deny({ ...anonymous, ...paths("/admin") })],
    world: signedIn,
    scope: { ...anonymous, ...paths("/admin*") },
    result: "violated",
    within: { ...anonymous, ...to({ paths: ["/admin*"], notPaths: ["/admin"] }) },
  },
  {
    id: "P3",
    says: "a suffix pattern opens a hole under a prefix",
    policies: [
      allow(paths("*/healthz"), { ...from({ requestPrincipals: ["*"] }), ...paths("/admin/*") }),
    ],
    world: signedIn,
    scope: { ...anonymous, ...paths("/admin/*") },
    result: "violated",
    within: { ...anonymous, ...paths("*/healthz") },
  },
  {
    id: "P4a",
    says: "notNamespaces lets in who has no identity",
    policies: [allow(from({ notNamespaces: ["untrusted"] }))],
    scope: from({ notPrincipals: ["*"] }),
    result: "violated",
    within: from({ notPrincipals: ["*"] }),
  },
  {
    id: "P4b",
    says: "STRICT leaves nobody without an identity",
    policies: [allow(from({ notNamespaces: ["untrusted"] }))],
    world: { mtls: "STRICT" },
    scope: from({ notPrincipals: ["*"] }),
    result: "holds-vacuously",
  },
  {
    id: "P5",
    says: "request principals are cut at the last slash",
    policies: [allow(from({ requestPrincipals: [`${idp}*`] }))],
    world: signedIn,
    scope: from({ requestPrincipals: [`${idp}/*`] }),
    expect: "always-allowed",
    result: "violated",
    within: from({ requestPrincipals: [`${idp}/*`] }),
  },
  {
    id: "P6a",
    says: "a denied audience is denied among others, too",
    policies: [deny(when("request.auth.audiences", ["partner"]))],
    world: signedIn,
    scope: when("request.auth.audiences", ["partner"]),
    result: "holds",
  },
  {
    id: "P6b",
    says: "an allowed audience does not keep another out: a token may have both",
    policies: [allow(when("request.auth.audiences", ["internal"]))],
    world: signedIn,
    scope: when("request.auth.audiences", ["partner"]),
    result: "violated",
    within: {
      when: [
        { key: "request.auth.audiences", values: ["internal"] },
        { key: "request.auth.audiences", values: ["partner"] },
      ],
    },
  },
  {
    id: "P7a",
    says: "DENY with notValues denies what lacks the header",
    policies: [deny(when("request.headers[x-internal]", undefined, ["true"]))],
    scope: when("request.headers[x-internal]", undefined, ["*"]),
    result: "holds",
  },
  {
    id: "P7b",
    says: "ALLOW with notValues admits what lacks the header",
    policies: [allow(when("request.headers[x-env]", undefined, ["dev"]))],
    scope: when("request.headers[x-env]", undefined, ["*"]),
    result: "violated",
    within: when("request.headers[x-env]", undefined, ["*"]),
  },
  {
    id: "P8a",
    says: "{*} is one segment",
    policies: [deny(paths("/users/{*}/keys"))],
    scope: { ...paths("/users/*"), not: to({ notPaths: ["*/keys"] }) },
    result: "violated",
    within: to({ paths: ["*/keys"], notPaths: ["/users/{*}/keys"] }),
  },
  {
    id: "P8b",
    says: "{**} takes fewer characters than *",
    policies: [deny(paths("/admin/{**}"))],
    scope: paths("/admin/*"),
    result: "violated",
    within: to({ paths: ["/admin/*"], notPaths: ["/admin/{**}"] }),
  },
  {
    id: "P9a",
    says: "hosts match in any case",
    policies: [deny(to({ hosts: ["Internal.Example.com"] }))],
    scope: to({ hosts: ["INTERNAL.EXAMPLE.COM"] }),
    result: "holds",
  },
  {
    id: "P9b",
    says: "a host with a port is another host",
    policies: [deny(to({ hosts: ["internal.example.com"] }))],
    scope: to({ hosts: ["internal.example.com", "internal.example.com:*"] }),
    result: "violated",
    within: to({ hosts: ["internal.example.com:*"] }),
  },
  {
    id: "P10",
    says: "notIpBlocks cuts a hole into ipBlocks",
    policies: [allow(from({ ipBlocks: ["10.0.0.0/8"], notIpBlocks: ["10.1.0.0/16"] }))],
    scope: from({ ipBlocks: ["10.1.2.0/24"] }),
    result: "holds",
  },
  {
    id: "P11",
    says: "everything but IPv4 is IPv6",
    policies: [allow(from({ notIpBlocks: ["0.0.0.0/0"] }))],
    scope: {},
    result: "violated",
    within: from({ ipBlocks: ["::/0"] }),
  },
  {
    id: "P12",
    says: "a principal that ends in a star admits names that only begin like it",
    policies: [allow(from({ principals: [`${web}*`] }))],
    scope: { not: from({ serviceAccounts: ["prod/web"] }) },
    result: "violated",
    within: { ...from({ principals: [`${web}*`] }), not: from({ serviceAccounts: ["prod/web"] }) },
  },
  {
    id: "P13",
    says: "a principal that begins with a star admits every trust domain",
    policies: [allow(from({ principals: ["*/ns/prod/sa/web"] }))],
    world: { anyDomain: true },
    scope: { not: from({ principals: ["cluster.local/*"] }) },
    result: "violated",
    within: {
      ...from({ principals: ["*/ns/prod/sa/web"] }),
      not: from({ principals: ["cluster.local/*"] }),
    },
  },
  {
    id: "P14",
    says: "a principal of one namespace is in no other",
    policies: [allow(from({ principals: [web], namespaces: ["dev"] }))],
    scope: {},
    result: "holds",
  },
  {
    id: "P15",
    says: "a provider may say yes",
    policies: [{ action: "CUSTOM", provider: "oauth", rules: [paths("/admin/*")] }],
    scope: paths("/admin/*"),
    result: "violated",
    within: paths("/admin/*"),
  },
  {
    id: "P16",
    says: "DENY is wider on bytes: what speaks of HTTP is gone",
    policies: [deny(to({ methods: ["GET"], ports: ["9000"] }))],
    protocol: "tcp",
    scope: to({ ports: ["9000"] }),
    result: "holds",
  },
  {
    id: "P17",
    says: "an ALLOW rule that speaks of HTTP is none for bytes",
    policies: [allow(to({ methods: ["GET"], ports: ["9000"] }))],
    protocol: "tcp",
    scope: {},
    result: "holds",
  },
  {
    id: "P18",
    says: "a rule on a claim asks for a token",
    policies: [allow(when("request.auth.claims[role]", ["admin"]))],
    world: signedIn,
    scope: when("request.auth.claims[iss]", undefined, ["*"]),
    result: "holds",
  },
  {
    id: "P19",
    says: "a star at the front of a request principal belongs to the issuer",
    policies: [allow(from({ requestPrincipals: ["*example.com/alice"] }))],
    world: signedIn,
    scope: {
      not: {
        when: [
          { key: "request.auth.claims[iss]", values: ["*example.com"] },
          { key: "request.auth.claims[sub]", values: ["alice"] },
        ],
      },
    },
    result: "holds",
  },
];
