import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { must } from "./cluster.mjs";
import { clientFolder, root, start, stop, until } from "./tools.mjs";

const authz = join(root, "packages/cli/bin/authz.js");

/** Runs the program and gives what it prints. */
export function run(...args) {
  return execFileSync(process.execPath, [authz, ...args], { encoding: "utf8" });
}

/** An authority and a certificate for 127.0.0.1, in a folder; with the same names each time. */
export function newCertificate(dir) {
  const openssl = (...args) => execFileSync("openssl", args, { cwd: dir, stdio: "pipe" });
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...curve,
    "-keyout",
    "ca.key",
    "-out",
    "ca.crt",
    "-days",
    "2",
    "-subj",
    "/CN=ca",
  );
  openssl("req", ...curve, "-keyout", "new.key", "-out", "new.csr", "-subj", "/CN=webhook");
  writeFileSync(join(dir, "ext"), "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n");
  const signing = [
    "-CA",
    "ca.crt",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-days",
    "2",
    "-extfile",
    "ext",
  ];
  openssl("x509", "-req", "-in", "new.csr", "-out", "new.crt", ...signing);
  for (const kind of ["crt", "key"])
    writeFileSync(join(dir, `tls.${kind}`), readFileSync(join(dir, `new.${kind}`)));
  return readFileSync(join(dir, "ca.crt"));
}

/** Starts the webhook on a port of loopback, following a cluster, and waits until it is ready. */
export async function startWebhook({ dir, kubeconfig, port, drain = "300ms", flags = [] }) {
  const args = [
    "serve",
    "webhook",
    "--listen",
    `127.0.0.1:${port}`,
    "--cluster",
    "--kubeconfig",
    kubeconfig,
  ];
  const tls = ["--cert", join(dir, "tls.crt"), "--key", join(dir, "tls.key"), "--reload", "200ms"];
  const process_ = start(process.execPath, [authz, ...args, ...tls, "--drain", drain, ...flags], {
    cwd: clientFolder(),
  });
  const webhook = { ...process_, port, dir };
  webhook.stop = (signal) => stop(process_, signal);
  webhook.get = (path) => get(port, path);
  webhook.ready = () =>
    until("the webhook is ready", async () => (await get(port, "/readyz")).status === 200);
  await webhook.ready().catch((error) => {
    throw new Error(`${error.message}\n${process_.lines.join("\n")}`);
  });
  return webhook;
}

function get(port, path) {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port, path, rejectUnauthorized: false, agent: false },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part) => (text += part));
        answer.on("end", () => resolve({ status: answer.statusCode, text }));
      },
    );
    asked.on("error", reject).end();
  });
}

/** Makes the API server ask a webhook, and waits until it does. `failurePolicy` as in the manifests. */
export async function configure(cluster, { port, ca, failurePolicy = "Fail", timeoutSeconds = 5 }) {
  const flags = [
    "--only",
    "ValidatingWebhookConfiguration",
    "--url",
    `https://127.0.0.1:${port}/validate`,
  ];
  const text = run(
    "webhook",
    "manifests",
    ...flags,
    "--failure-policy",
    failurePolicy,
    "--timeout-seconds",
    String(timeoutSeconds),
  );
  const bundle = ca.toString("base64");
  await must(
    cluster.kubectl(["apply", "-f", "-"], text.replaceAll(/caBundle: .*/g, `caBundle: ${bundle}`)),
  );
}

/** Takes the configuration away, so that everything is let in. */
export function unconfigure(cluster) {
  return must(
    cluster.kubectl([
      "delete",
      "validatingwebhookconfiguration",
      "meshproof-webhook",
      "--ignore-not-found",
    ]),
  );
}

/** A policy of namespace shop. */
export function policy(name, spec, metadata = {}) {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { namespace: "shop", name, ...metadata },
    spec,
  };
}
