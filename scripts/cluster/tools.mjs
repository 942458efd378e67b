import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");
const server = join(import.meta.dirname, "server");

/** Where what takes long to get is kept: the binary of the API server, the client library. */
const cache =
  process.env.MESHPROOF_CLUSTER_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "meshproof-cluster");

/** What is missing on this machine, one line each. */
export function missingTools() {
  const wanted = { go: ["version"], kubectl: ["version", "--client"], openssl: ["version"] };
  return Object.entries(wanted)
    .filter(([name, args]) => spawnSync(name, args).status !== 0)
    .map(
      ([name]) =>
        `${name} is needed: the test runs against an API server that is built from source`,
    );
}

/** The API server, built from its Go modules: minutes the first time. */
export function serverBinary() {
  const sources = readdirSync(server).map((name) => readFileSync(join(server, name)));
  const hash = createHash("sha256").update(Buffer.concat(sources)).digest("hex").slice(0, 12);
  const binary = join(cache, `server-${hash}`);
  if (existsSync(binary)) return binary;
  console.log(`building kube-apiserver: minutes, once; kept in ${cache}`);
  mkdirSync(cache, { recursive: true });
  const [, version] = /k8s\.io\/kubernetes (v[\d.]+)/.exec(
    readFileSync(join(server, "go.mod"), "utf8"),
  );
  const flags = `-s -w -X k8s.io/component-base/version.gitVersion=${version}`;
  execFileSync(
    "go",
    ["build", "-mod=readonly", "-buildvcs=false", `-ldflags=${flags}`, "-o", binary, "."],
    {
      cwd: server,
      env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
      stdio: "inherit",
    },
  );
  return binary;
}

/** A folder in which `@kubernetes/client-node` is installed: it is too large for everyone to have. */
export function clientFolder() {
  const folder = join(cache, "client-node");
  const library = "@kubernetes/client-node@1.4.0";
  if (existsSync(join(folder, "node_modules/@kubernetes/client-node"))) return folder;
  console.log(`installing ${library} into ${folder}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", library], {
    cwd: folder,
    stdio: "inherit",
  });
  return folder;
}

/** A folder for one run. */
export function scratch(name) {
  const folder = join(tmpdir(), `meshproof-${name}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Starts a process; what it writes goes to a list of lines. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const lines = [];
  let rest = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      const parts = (rest + text).split("\n");
      rest = parts.pop();
      lines.push(...parts);
      if (lines.length > 5000) lines.splice(0, 1000);
    });
  const exited = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  return { child, lines, exited };
}

/** Ends a process, and waits until it is gone. */
export async function stop(process_, signal = "SIGTERM") {
  process_.child.kill(signal);
  await process_.exited;
}

export function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks until the answer is a yes. */
export async function until(what, ask, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < end) {
    try {
      last = await ask();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    await sleep(50);
  }
  throw new Error(`${what}: not within ${seconds} s (last: ${String(last)})`);
}
