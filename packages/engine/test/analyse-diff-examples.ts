import type { Requests } from "../src/analyse/api.ts";
import { allow, deny, from, idp, paths, signedIn, to, web, when } from "./analyse-spoken.ts";
import type { Stated, World } from "./analyse-world.ts";

export interface DiffExample {
  readonly id: string;
  readonly says: string;
  readonly before: readonly Stated[];
  readonly after: readonly Stated[];
  readonly world?: World;
  readonly added?: Requests;
  readonly removed?: Requests;
}

export const diffs: readonly DiffExample[] = [
  {
    id: "D1",
    says: "the order of rules and doubles mean nothing",
    before: [allow(paths("/a"), paths("/b"))],
    after: [allow(paths("/b"), paths("/a"), paths("/b"))],
  },
  {
    id: "D2",
    says: "two rules put into one allow the cross product",
    before: [
      allow(
        { ...from({ namespaces: ["a"] }), ...paths("/x") },
        { ...from({ namespaces: ["b"] }), ...paths("/y") },
      ),
    ],
    after: [allow({ ...from({ namespaces: ["a", "b"] }), ...paths("/x", "/y") })],
    added: {
      anyOf: [
        { ...from({ namespaces: ["a"] }), ...paths("/y") },
        { ...from({ namespaces: ["b"] }), ...paths("/x") },
      ],
    },
  },
  {
    id: "D3",
    says: "a slash less is more",
    before: [allow(paths("/api/*"))],
    after: [allow(paths("/api*"))],
    added: to({ paths: ["/api*"], notPaths: ["/api/*"] }),
  },
  {
    id: "D4",
    says: "all methods but one are many",
    before: [allow(to({ methods: ["GET"] }))],
    after: [allow(to({ notMethods: ["POST"] }))],
    added: to({ notMethods: ["GET", "POST"] }),
  },
  {
    id: "D5",
    says: "the first ALLOW policy denies everything else",
    before: [],
    after: [allow(paths("/ok"))],
    removed: to({ notPaths: ["/ok"] }),
  },
  {
    id: "D6",
    says: "a DENY rule that another covers may go",
    before: [deny(paths("/admin*"), { ...from({ namespaces: ["x"] }), ...paths("/admin/x") })],
    after: [deny(paths("/admin*"))],
  },
  {
    id: "D7",
    says: "two halves of a block are the block",
    before: [allow(from({ ipBlocks: ["10.0.0.0/8"] }))],
    after: [allow(from({ ipBlocks: ["10.0.0.0/9", "10.128.0.0/9"] }))],
  },
  {
    id: "D8",
    says: "a claim of an issuer asks for no subject",
    before: [allow(from({ requestPrincipals: ["*"] }))],
    after: [allow(when("request.auth.claims[iss]", ["*"]))],
    world: signedIn,
    added: {
      when: [
        { key: "request.auth.claims[iss]", values: [idp] },
        { key: "request.auth.claims[sub]", notValues: ["*"] },
      ],
    },
  },
  {
    id: "D9",
    says: "one entry with two fields is less than two entries",
    before: [
      allow({
        from: [{ source: { namespaces: ["a"] } }, { source: { ipBlocks: ["10.0.0.0/8"] } }],
      }),
    ],
    after: [allow(from({ namespaces: ["a"], ipBlocks: ["10.0.0.0/8"] }))],
    removed: {
      anyOf: [
        from({ namespaces: ["a"], notIpBlocks: ["10.0.0.0/8"] }),
        from({ ipBlocks: ["10.0.0.0/8"], notNamespaces: ["a"] }),
      ],
    },
  },
  {
    id: "D10",
    says: "no rules allow nothing",
    before: [allow({})],
    after: [{ action: "ALLOW" }],
    removed: {},
  },
  {
    id: "D11",
    says: "what was denied before is not newly denied",
    before: [deny(paths("/x"))],
    after: [deny(paths("/x")), allow(paths("/ok"))],
    removed: to({ notPaths: ["/ok", "/x"] }),
  },
];

export interface PlanesExample extends Omit<DiffExample, "before"> {
  readonly allowed?: Requests; // on both
}

/** The same policies at a sidecar and in ambient mode: what ztunnel allows of bytes that a sidecar does not. */
export const planes: readonly PlanesExample[] = [
  {
    id: "X1",
    says: "a DENY on a method denies all bytes at a sidecar, and none in ztunnel",
    after: [deny(to({ methods: ["DELETE"] }))],
    added: {},
  },
  {
    id: "X2",
    says: "ztunnel looks at the namespace, not at the trust domain beside it",
    after: [allow(from({ namespaces: ["prod"], trustDomains: ["elsewhere"] }))],
    added: from({ namespaces: ["prod"] }),
  },
  {
    id: "X3",
    says: "identities, addresses and ports mean the same",
    after: [
      allow(
        { ...from({ principals: [web], ipBlocks: ["10.0.0.0/8"] }), ...to({ ports: ["9000"] }) },
        from({ namespaces: ["ops*"] }),
        from({ serviceAccounts: ["prod/web"] }),
      ),
    ],
    allowed: {
      anyOf: [
        { ...from({ principals: [web], ipBlocks: ["10.0.0.0/8"] }), ...to({ ports: ["9000"] }) },
        from({ namespaces: ["ops*"] }),
        from({ serviceAccounts: ["prod/web"] }),
      ],
    },
  },
  {
    id: "X4",
    says: "an ALLOW rule that speaks of HTTP allows nothing on either",
    after: [allow(to({ methods: ["GET"], ports: ["9000"] }))],
    allowed: { anyOf: [] },
  },
];

export const whoCanExample: {
  readonly policies: readonly Stated[];
  readonly world: World;
  readonly target: Requests;
  readonly equals: Requests;
} = {
  policies: [
    deny({ ...from({ namespaces: ["legacy"] }), ...paths("/admin*") }),
    allow(from({ namespaces: ["ops", "legacy"] }), {
      ...from({ requestPrincipals: [`${idp}/*`] }),
      ...paths("/admin/*"),
      ...when("request.auth.claims[groups]", ["admins"]),
    }),
  ],
  world: { mtls: "STRICT", ...signedIn },
  target: to({ paths: ["/admin/x"], methods: ["GET"] }),
  equals: {
    not: from({ namespaces: ["legacy"] }),
    anyOf: [
      from({ namespaces: ["ops"] }),
      {
        ...from({ requestPrincipals: [`${idp}/*`] }),
        ...when("request.auth.claims[groups]", ["admins"]),
      },
    ],
  },
};
