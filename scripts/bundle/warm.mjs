import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checks, inFolder, whole } from "./checks.mjs";

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

const files = {
  "changed.yaml": whole.replace("methods: [GET, HEAD]", "methods: [GET, PUT]"),
  "invariants.yaml": invariants,
  "shop.suite.yaml": suite,
};

const request = "--from sa/shop/web --to ns/shop,app=orders:8080 --http".split(" ");
const mesh = ["-f", "mesh.yaml"];

/** The questions that are asked most, each as it is asked of a few policies. */
const questions = [
  ["explain", ...mesh, ...request, "POST /api/orders"],
  ["describe", "deploy/shop/orders", ...mesh],
  ["lint", "mesh.yaml"],
  ["diff", "mesh.yaml", "changed.yaml"],
  ["prove", "invariants.yaml", ...mesh],
  ["who-can", "deploy/shop/orders", ...mesh],
  ["what-can", "sa/shop/web", ...mesh],
  ["matrix", ...mesh],
  ["test", "shop.suite.yaml"],
];

/** Runs the command, so that what V8 makes of it for what it is asked most is kept beside it. */
export function warm(program) {
  inFolder((cwd) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const env = { ...process.env, AUTHZ_WARM: "1" };
    const run = (args, input = "") => {
      const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd,
        input,
        env,
      });
      if (status === null || status === 2 || status > 3)
        throw new Error(`the bundle does not run: ${args.join(" ")}: ${stderr}`);
    };
    run(["--help"]); // loads every command
    for (const { args, input } of checks) run(args, input);
    for (const args of questions) run(args);
  });
}
