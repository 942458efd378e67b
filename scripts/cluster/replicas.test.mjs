import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { must, startCluster } from "./cluster.mjs";
import { scratch, sleep, until } from "./tools.mjs";
import { configure, newCertificate, policy, startWebhook } from "./webhook.mjs";

const port = 18450;
const replicaPorts = [18451, 18452];
const deny = { action: "DENY", rules: [{ to: [{ operation: { methods: ["PUT"] } }] }] };
const bad = { action: "ALLOW", rules: [{ when: [{ key: "nonsense", values: ["a"] }] }] };

let cluster;
let dir;
let replicas = [];
let service;

before(async () => {
  cluster = await startCluster();
  dir = scratch("replicas");
  mkdirSync(dir, { recursive: true });
  const ca = newCertificate(dir);
  await must(cluster.kubectl(["create", "namespace", "shop"]));
  replicas = await Promise.all(replicaPorts.map(startReplica));
  service = await balancer();
  await configure(cluster, { port, ca });
  await until("the webhook is asked", async () => (await create("probe", bad)).code !== 0);
});

after(async () => {
  service?.();
  await Promise.all(replicas.map((replica) => replica.stop("SIGKILL")));
  await cluster?.stop();
  rmSync(dir, { recursive: true, force: true });
});

function startReplica(own) {
  const flags = ["--guards", join(import.meta.dirname, "guards.yaml")];
  return startWebhook({ dir, kubeconfig: cluster.kubeconfig, port: own, drain: "2s", flags });
}

/** What a Service does: each connection goes to one of the pods that are ready. */
async function balancer() {
  let ready = [...replicaPorts];
  let turn = 0;
  const timer = setInterval(async () => {
    const states = await Promise.all(
      replicas.map((replica) =>
        replica.get("/readyz").then(
          ({ status }) => status === 200,
          () => false,
        ),
      ),
    );
    ready = replicaPorts.filter((_, index) => states[index]);
  }, 200);
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    const to = ready[turn++ % Math.max(1, ready.length)];
    if (to === undefined) return socket.destroy();
    const onward = connect(to, "127.0.0.1");
    socket.on("error", () => onward.destroy()).pipe(onward);
    onward.on("error", () => socket.destroy()).pipe(socket);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return () => {
    clearInterval(timer);
    server.close();
    for (const socket of sockets) socket.destroy();
  };
}

function create(name, spec) {
  return cluster.kubectl(["create", "--dry-run=server", "-f", "-"], policy(name, spec));
}

/** Asks without a pause; what came out of it. */
async function asking(seconds, meanwhile) {
  const answers = { right: 0, wrong: 0, failed: [] };
  const end = Date.now() + seconds * 1000;
  const work = async (worker) => {
    for (let index = 0; Date.now() < end; index += 1) {
      const isBad = index % 2 === 0;
      const { code, err } = await create(`w${worker}-${index}`, isBad ? bad : deny);
      if (/failed calling webhook/.test(err)) answers.failed.push(err);
      else if ((code !== 0) === isBad) answers.right += 1;
      else answers.wrong += 1;
    }
  };
  await Promise.all([work(0), work(1), meanwhile()]);
  return answers;
}

test("one of two is told to end: nobody notices", async () => {
  const answers = await asking(6, async () => {
    await sleep(1000);
    await replicas[0].stop("SIGTERM");
    replicas[0] = await startReplica(replicaPorts[0]);
  });
  console.log(answers.right, "right answers");
  assert.deepEqual([answers.wrong, answers.failed], [0, []]);
  assert.ok(answers.right > 10);
});

test("one of two is killed: no answer is wrong, and the API server reaches the other one", async () => {
  const answers = await asking(6, async () => {
    await sleep(1000);
    await replicas[1].stop("SIGKILL");
    await sleep(1500);
    replicas[1] = await startReplica(replicaPorts[1]);
  });
  console.log(answers.right, "right answers,", answers.failed.length, "refused under Fail");
  assert.equal(answers.wrong, 0);
  assert.ok(answers.failed.length <= 4);
});
