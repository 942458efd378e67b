import { parseAllDocuments } from "yaml";
import { whole } from "./checks.mjs";

const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
metadata: { name: shop }
spec:
  invariants:
  - name: admin is for the admin
    target: { namespace: shop }
    requests:
      from: [{ source: { notPrincipals: ["*/sa/admin"] } }]
      to: [{ operation: { paths: ["/admin/*"] } }]
    expect: never-allowed
  - name: nobody gets in
    requests: { protocol: http }
    expect: never-allowed
`;

const suite = `apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: shop }
spec:
  mesh: [mesh.yaml]
  tests:
  - name: the web reads orders
    request: { from: sa/shop/web, to: "ns/shop,app=orders:8080", http: GET /api/orders }
    expect: allow
  - name: and does not write them
    request: { from: sa/shop/web, to: "ns/shop,app=orders:8080", http: POST /admin }
    expect: { decision: deny, layer: deny }
`;

const limits = `- "/tenants/{*}/admin"
        notMethods: [OPTIONS]
    when: [{ key: "request.auth.claims[groups]", notValues: [admins] }]`;
const changed = whole
  .replace("methods: [GET, HEAD]", "methods: [GET, PUT]")
  .replace("notMethods: [OPTIONS]", limits);

/** Without a PeerAuthentication, as most meshes begin: whoever has no identity is served, too. */
const permissive = (text) =>
  text
    .split("---\n")
    .filter((document) => !document.includes("kind: PeerAuthentication"))
    .join("---\n");

/** Policies alone, as `kubectl get -o json` writes them. */
const listOf = (text) => {
  const all = parseAllDocuments(text).map((document) => document.toJS());
  const items = all.filter(({ apiVersion }) => apiVersion.startsWith("security."));
  return JSON.stringify({ apiVersion: "v1", kind: "List", items }, undefined, 4);
};

/** What they are asked of, beside the files of `inFolder`. */
export const files = {
  "changed.yaml": changed,
  "mesh.json": listOf(whole),
  "changed.json": listOf(changed),
  "open.json": listOf(permissive(whole)),
  "open-changed.json": listOf(permissive(changed)),
  "invariants.yaml": invariants,
  "shop.suite.yaml": suite,
};

const request = "--from sa/shop/web --to ns/shop,app=orders:8080 --http".split(" ");

/** Questions about all requests, as they are asked of a few policies. */
export const analyses = [
  ["diff", "open.json", "open-changed.json"],
  ["prove", "invariants.yaml", "-f", "open.json"],
  ...["yaml", "json"].flatMap((kind) => [
    ["diff", `mesh.${kind}`, `changed.${kind}`],
    ["prove", "invariants.yaml", "-f", `mesh.${kind}`],
    ["who-can", "ns/shop,app=orders", "-f", `mesh.${kind}`],
    ["what-can", "sa/shop/web", "-f", `mesh.${kind}`],
    ["matrix", "-f", `mesh.${kind}`],
  ]),
];

/** The questions that are asked most. */
export const questions = [
  ["explain", "-f", "mesh.yaml", ...request, "POST /api/orders"],
  ["describe", "deploy/shop/orders", "-f", "mesh.yaml"],
  ["lint", "mesh.yaml"],
  ...analyses,
  ["test", "shop.suite.yaml"],
];
