import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { workload } from "../work/workloads.mjs";

const program = join(import.meta.dirname, "../../packages/cli/bin/authz.cjs");

/** Starting the command against starting node: the least of interleaved starts, in milliseconds. */
export function startUp(rounds) {
  const folder = mkdtempSync(join(tmpdir(), "start-"));
  const mesh = join(folder, "mesh.yaml");
  writeFileSync(
    mesh,
    workload("W1")
      .policies.map((policy) => stringify(policy))
      .join("---\n"),
  );
  const from = ["--from", "sa/team-3/default", "--to", "ns/shop,app=cart:8080"];
  const cases = {
    node: ["-e", "0"],
    version: [program, "--version"],
    check: [program, "check", "-f", mesh, ...from, "--http", "GET /api/v1/orders/1"],
  };
  const times = { node: [], version: [], check: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const [name, args] of Object.entries(cases)) {
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args);
      times[name].push(performance.now() - start);
      if (status !== 0) throw new Error(`${name}: ${stderr}`);
    }
  rmSync(folder, { recursive: true });
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Math.min(...all)]));
}
