// The command as a few files, with what V8 made of them: starting it then costs little more than starting node.
//   node scripts/bundle.mjs
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";

const cli = join(import.meta.dirname, "../packages/cli");
const out = join(cli, "dist/bundle");
rmSync(out, { recursive: true, force: true });

const bundle = await rolldown({
  input: {
    authz: join(cli, "dist/start.js"),
    "judge-thread": join(cli, "dist/webhook/judge-thread.js"), // of `authz serve webhook`: started by its name
  },
  platform: "node",
  logLevel: "warn",
});
await bundle.write({
  dir: out,
  format: "cjs",
  entryFileNames: "[name].cjs",
  chunkFileNames: "[name].cjs",
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } }, // stack traces stay readable
});
await bundle.close();

/** Runs the command once, so that what V8 makes of it is kept beside it. */
function warm(...args) {
  const { status, stderr } = spawnSync(process.execPath, [join(cli, "bin/authz.cjs"), ...args], {
    input: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a, namespace: a }
spec: { rules: [{ to: [{ operation: { paths: ["/"] } }] }] }
`,
    env: { ...process.env, AUTHZ_WARM: "1" },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the bundle does not run: ${stderr}`);
}

warm("--help"); // loads every command
warm("check", "-f", "-", "--from", "sa/a/a", "--to", "ns/a,app=a:80", "--http", "GET /");
