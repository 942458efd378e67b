import { rmSync } from "node:fs";
import { join } from "node:path";
import { must, startCluster } from "./cluster.mjs";
import { missingTools, scratch, until } from "./tools.mjs";
import { newCertificate, policy } from "./webhook.mjs";

const missing = missingTools();
if (missing.length > 0) {
  console.error(missing.join("\n"));
  process.exit(2);
}

export const guards = join(import.meta.dirname, "guards.yaml");
export const suite = join(import.meta.dirname, "shop.suite.yaml");

/** What lets one caller in, and what lets in everyone, so that the suite fails. */
export const webOnly = {
  action: "ALLOW",
  rules: [{ from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }] }],
};
export const everyone = { action: "ALLOW", rules: [{}] };

/** A cluster with a namespace, and a certificate for a webhook. */
export async function world(name) {
  const cluster = await startCluster();
  const dir = scratch(name);
  const ca = newCertificate(dir);
  await must(cluster.kubectl(["create", "namespace", "shop"]));
  const apply = (object, ...args) => cluster.kubectl(["apply", "-f", "-", ...args], object);
  /** A configuration is in force some milliseconds after it was stored. */
  const inForce = () => {
    const rules = [{ when: [{ key: "nonsense", values: ["a"] }] }];
    const bad = policy("probe", { action: "ALLOW", rules });
    const isDenied = async () => (await apply(bad, "--dry-run=server")).code !== 0;
    return until("the webhook is asked", isDenied);
  };
  const end = async () => {
    await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { cluster, dir, ca, apply, inForce, end };
}
