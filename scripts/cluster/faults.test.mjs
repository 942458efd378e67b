import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { must } from "./cluster.mjs";
import { sleep, until } from "./tools.mjs";
import { configure, newCertificate, policy, startWebhook } from "./webhook.mjs";
import { everyone, guards, webOnly, world } from "./world.mjs";

const port = 18444;

let cluster;
let webhook;
let dir;
let ca;
let apply;
let inForce;
let end;

before(async () => {
  ({ cluster, dir, ca, apply, inForce, end } = await world("faults"));
  webhook = await startWebhook({
    dir,
    kubeconfig: cluster.kubeconfig,
    port,
    flags: ["--guards", guards],
  });
  await configure(cluster, { port, ca });
  await inForce();
  await must(apply(policy("orders", webOnly)));
});

after(async () => {
  await webhook?.stop("SIGKILL");
  await end?.();
});

test("a certificate is rotated without a failure", async () => {
  let failures = 0;
  let asked = 0;
  let done = false;
  const asking = (async () => {
    while (!done) {
      const { code } = await apply(policy(`r${asked}`, webOnly), "--dry-run=server");
      if (code !== 0) failures += 1;
      asked += 1;
    }
  })();
  const old = ca;
  ca = newCertificate(dir);
  const both = Buffer.concat([old, ca]); // as one rotates: first both are trusted
  await configure(cluster, { port, ca: both });
  await until("it was read", () =>
    webhook.lines.some((line) => line.includes("read the certificate again")),
  );
  await sleep(1500);
  await configure(cluster, { port, ca });
  await sleep(500);
  done = true;
  await asking;
  assert.ok(asked > 5);
  assert.ok(failures <= 2, `${failures} of ${asked}, while neither was trusted by the other`);
  await must(apply(policy("rotated", webOnly), "--dry-run=server"));
});

test("the API server comes back with all its objects, and what was known of it still is", async () => {
  await cluster.halt();
  await sleep(1000);
  await cluster.start();
  await until("the watch goes on", () =>
    webhook.get("/readyz").then(({ status }) => status === 200),
  );
  await until(
    "it is asked again",
    async () => (await apply(policy("orders", everyone))).code === 1,
  );
  await must(apply(policy("later", webOnly)));
  await must(cluster.kubectl(["delete", "ap", "later", "-n", "shop"]));
  const deletion = await cluster.kubectl(["delete", "ap", "orders", "-n", "shop"]);
  assert.match(deletion.err, /must stay/, "the webhook knows that it is the only one again");
});

test("down under Fail nothing is stored, down under Ignore everything is, and back it judges again", async () => {
  await webhook.stop("SIGKILL");
  const refused = await apply(policy("orders", everyone), "--dry-run=server");
  assert.match(refused.err, /failed calling webhook .*connection refused/);
  await configure(cluster, { port, ca, failurePolicy: "Ignore" });
  await until(
    "it is let in",
    async () => (await apply(policy("orders", everyone), "--dry-run=server")).code === 0,
  );
  await configure(cluster, { port, ca });
  webhook = await startWebhook({
    dir,
    kubeconfig: cluster.kubeconfig,
    port,
    flags: ["--guards", guards],
  });
  await until(
    "it is refused again",
    async () => (await apply(policy("orders", everyone), "--dry-run=server")).code === 1,
  );
});

test("among a thousand policies a change is judged as among a few", async () => {
  const items = Array.from({ length: 1000 }, (_, index) =>
    policy(`p${index}`, {
      action: "DENY",
      rules: [{ to: [{ operation: { paths: [`/private/${index}`] } }] }],
    }),
  );
  const start = Date.now();
  await must(cluster.kubectl(["create", "-f", "-"], { apiVersion: "v1", kind: "List", items }));
  const seconds = (Date.now() - start) / 1000;
  console.log(`1000 policies created in ${seconds.toFixed(1)} s`);
  const { err } = await apply(policy("orders", everyone), "--dry-run=server");
  assert.match(err, /jobs stay out/);
  await must(cluster.kubectl(["delete", "ap", "p0", "p999", "-n", "shop"]));
});
