import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { root, scratch, serverBinary, start, stop, until } from "./tools.mjs";

/** A real API server on loopback, empty but for the CRDs of Istio. */
export async function startCluster() {
  const binary = serverBinary();
  const dir = scratch("cluster");
  const kubeconfig = join(dir, "kubeconfig");
  const cluster = { dir, kubeconfig, server: undefined };
  cluster.start = async () => {
    cluster.server = start(binary, ["-dir", dir, "-for", "40m"]);
    await until("the API server is ready", () => ready(dir), 120);
  };
  cluster.halt = () => stop(cluster.server, "SIGKILL");
  cluster.stop = async () => {
    await stop(cluster.server);
    rmSync(dir, { recursive: true, force: true });
  };
  cluster.kubectl = (args, input, more = {}) => kubectl(more.kubeconfig ?? kubeconfig, args, input);
  await cluster.start();
  const crds = join(root, "scripts/cluster/crds/security.yaml");
  await must(cluster.kubectl(["apply", "-f", crds]));
  const names = ["authorizationpolicies", "requestauthentications", "peerauthentications"];
  const wanted = names.map((name) => `crd/${name}.security.istio.io`);
  await must(cluster.kubectl(["wait", "--for=condition=Established", ...wanted]));
  return cluster;
}

function kubectl(kubeconfig, args, input) {
  return new Promise((resolve, reject) => {
    const child = spawn("kubectl", ["--kubeconfig", kubeconfig, ...args], {
      env: { ...process.env, KUBECONFIG: kubeconfig },
    });
    const ran = { code: 0, out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => (ran.out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (ran.err += text));
    child.once("error", reject).once("close", (code) => resolve({ ...ran, code }));
    child.stdin.end(
      input === undefined ? "" : typeof input === "string" ? input : JSON.stringify(input),
    );
  });
}

/** What a command printed; an error if it failed. */
export async function must(running) {
  const ran = await running;
  if (ran.code !== 0) throw new Error(ran.err);
  return ran;
}

/** Who the admin is, for a request without kubectl. */
export function adminOf(dir) {
  const text = readFileSync(join(dir, "kubeconfig"), "utf8");
  const field = (name) => Buffer.from(new RegExp(`${name}: (\\S+)`).exec(text)[1], "base64");
  const [, server] = /server: "([^"]+)"/.exec(text);
  return {
    server,
    ca: field("certificate-authority-data"),
    cert: field("client-certificate-data"),
    key: field("client-key-data"),
  };
}

function ready(dir) {
  const { server, ...credentials } = adminOf(dir);
  return new Promise((resolve, reject) => {
    const asked = request(`${server}/readyz`, { ...credentials, timeout: 2000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on("error", reject).end();
  });
}
