import { describe, expect, test } from "vitest";
import { runVectors } from "../src/conformance/conformance.ts";

function policy(name: string, spec: object): object {
  const metadata = { name, namespace: "foo" };
  return { apiVersion: "security.istio.io/v1", kind: "AuthorizationPolicy", metadata, spec };
}

const readers = policy("readers", { rules: [{ to: [{ operation: { methods: ["GET"] } }] }] });

async function run(line: object) {
  return runVectors([{ path: "lines.jsonl", text: JSON.stringify(line) }], {});
}

describe("scenarios of ztunnel", () => {
  const accepted = { status: true, reason: "Accepted", message: "attached to ztunnel" };
  const ambient = (status: object): object => ({
    id: "ambient",
    mesh: {},
    objects: [readers, policy("all", { rules: [{}] })],
    workload: { namespace: "foo", name: "w", serviceAccount: "w", ips: ["10.0.0.1"] },
    connections: [],
    results: [],
    status,
    versions: { istio: "1.31.0" },
  });

  test("hold the condition that istiod writes against the recorded one", async () => {
    const { requests, divergences, text } = await run(ambient({ "foo/all": accepted }));
    expect({ requests, divergences }, text).toEqual({ requests: 1, divergences: 0 });
  });

  test("diverge where istiod says something else of a policy", async () => {
    const { divergences, text } = await run(ambient({ "foo/readers": accepted }));
    expect(divergences).toBe(1);
    expect(text).toContain("ambient/status of foo/readers");
  });
});
