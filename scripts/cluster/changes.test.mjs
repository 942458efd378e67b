import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { must } from "./cluster.mjs";
import { until } from "./tools.mjs";
import { configure, policy, run, startWebhook, unconfigure } from "./webhook.mjs";
import { everyone, guards, suite, webOnly, world } from "./world.mjs";

const port = 18443;

let cluster;
let webhook;
let dir;
let ca;
let apply;
let inForce;
let end;

before(async () => {
  ({ cluster, dir, ca, apply, inForce, end } = await world("changes"));
});

after(async () => {
  await webhook?.stop("SIGKILL");
  await end?.();
});

test("everything that `authz webhook manifests` prints is accepted, twice", async () => {
  await must(cluster.kubectl(["create", "namespace", "istio-system"]));
  const text = run(
    "webhook",
    "manifests",
    "--image",
    "authz:test",
    "--guards",
    guards,
    "--suites",
    suite,
  );
  const { err, out } = await must(apply(text));
  assert.equal(err, "", "no warning of the API server");
  assert.equal(out.trim().split("\n").length, text.match(/^kind: /gm).length);
  await must(apply(text));
  await unconfigure(cluster); // nothing runs at its Service
});

test("the rights in the manifests are those it needs: it gets ready as its service account, and may not do more", async () => {
  const token = (
    await must(cluster.kubectl(["create", "token", "meshproof-webhook", "-n", "meshproof-system"]))
  ).out.trim();
  const kubeconfig = join(dir, "kubeconfig");
  const admin = readFileSync(cluster.kubeconfig, "utf8");
  writeFileSync(
    kubeconfig,
    admin.replace(/user: \{ client-certificate-data: .*/, `user: { token: ${token} }`),
  );
  webhook = await startWebhook({
    dir,
    kubeconfig,
    port,
    flags: ["--guards", guards, "--settle", "3s"],
  });
  const asked = ["auth", "can-i", "create", "pods"];
  const { out } = await cluster.kubectl(asked, undefined, { kubeconfig });
  assert.equal(out.trim(), "no");
  const secrets = await cluster.kubectl(["auth", "can-i", "list", "secrets"], undefined, {
    kubeconfig,
  });
  assert.equal(secrets.out.trim(), "no");
});

test("a good policy is stored without a word", async () => {
  await configure(cluster, { port, ca });
  await inForce();
  const { code, err, out } = await apply(policy("orders", webOnly));
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /orders created/);
});

test("a denial reads like help", async () => {
  const bad = policy("bad", {
    action: "ALLOW",
    rules: [
      {
        when: [{ key: "request.header[x-team]", values: ["a"] }],
        to: [{ operation: { ports: ["http"] } }],
      },
    ],
  });
  const { code, err } = await apply(bad);
  assert.equal(code, 1);
  console.log(err);
  assert.match(err, /^The AuthorizationPolicy "bad" is invalid: \n\* spec\.rules\[0\]/);
  assert.match(err, /\* spec\.rules\[0\]\.when\[0\]\.key: .*did you mean/);
  assert.doesNotMatch(err, /\bat .*\.js|Error:/);
});

test("a warning is a line before what was stored", async () => {
  const noLabels = policy("warned", { ...webOnly, selector: { matchLabels: {} } });
  const { code, err, out } = await apply(noLabels, "--dry-run=server");
  assert.deepEqual(
    [code, out],
    [0, "authorizationpolicy.security.istio.io/warned created (server dry run)\n"],
  );
  assert.match(err, /^Warning: spec.*\n$/);
});

test("a field that the API server removed is named", async () => {
  const misspelt = policy("pruned", {
    rules: [{ from: [{ source: { principal: ["cluster.local/ns/shop/sa/web"] } }] }],
  });
  const { code, err } = await apply(misspelt, "--validate=false");
  console.log(err);
  assert.equal(code, 1);
  assert.match(err, /\* spec\.rules\[0\]\.from\[0\]\.source\.principal: unknown field/);
});

test("what breaks a suite is denied: an update, and the deletion of the only ALLOW policy", async () => {
  const update = await apply(policy("orders", everyone));
  console.log(update.err);
  assert.equal(update.code, 1);
  assert.match(update.err, /jobs stay out.*expected deny, would get allow/);
  const deletion = await cluster.kubectl(["delete", "ap", "orders", "-n", "shop"]);
  console.log(deletion.err);
  assert.equal(deletion.code, 1);
  assert.match(deletion.err, /denied the request: AuthorizationPolicy shop\/orders must stay:/);
});

test("an update and a deletion that break nothing pass", async () => {
  await must(
    apply(
      policy("more", { action: "DENY", rules: [{ to: [{ operation: { methods: ["DELETE"] } }] }] }),
    ),
  );
  await must(
    apply(
      policy("more", { action: "DENY", rules: [{ to: [{ operation: { methods: ["PUT"] } }] }] }),
    ),
  );
  await must(cluster.kubectl(["label", "ap", "more", "-n", "shop", "team=a"]));
  await must(cluster.kubectl(["delete", "ap", "more", "-n", "shop"]));
});

test("who is exempt may do it", async () => {
  const as = [
    "--as=eve",
    "--as-group=break-glass",
    "--as-group=system:masters",
    "--dry-run=server",
  ];
  await must(apply(policy("orders", everyone), ...as));
});

test("the deletion of a namespace is one change", async () => {
  const { code, err } = await cluster.kubectl(["delete", "namespace", "shop", "--dry-run=server"]);
  assert.equal(code, 1, "the suite would fail without its policies");
  assert.match(err, /Namespace shop must stay/);
  await must(cluster.kubectl(["create", "namespace", "jobs"]));
  await must(apply({ ...policy("x", everyone), metadata: { namespace: "jobs", name: "x" } }));
  await must(cluster.kubectl(["delete", "namespace", "jobs", "--wait=false"]));
  await until(
    "it is ending",
    async () =>
      (await cluster.kubectl(["get", "ns", "jobs", "-o", "jsonpath={.status.phase}"])).out ===
      "Terminating",
  );
  await must(cluster.kubectl(["delete", "ap", "x", "-n", "jobs"]));
});
