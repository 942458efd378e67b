// How long the linter takes: `node packages/engine/bench/lint/run.mjs [SHAPE...] [--policies 1000] [--workloads 500] [--sets]`, with the
// project built. Each shape runs in a process of its own; CPU time is what a shared machine does not distort.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { meshText, shapes } from "./meshes.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    policies: { type: "string", default: "1000" },
    workloads: { type: "string", default: "500" },
    checks: { type: "boolean" },
    one: { type: "boolean" },
  },
});
const size = { policies: Number(values.policies), workloads: Number(values.workloads) };

async function measure(shape) {
  const { lintMesh } = await import("../../dist/lint/lint.js");
  const { loadMesh } = await import("../../dist/load.js");
  const files = [{ path: `${shape}.yaml`, text: meshText(shape, size) }];
  const start = process.cpuUsage();
  const { mesh } = loadMesh({ files });
  const loaded = process.cpuUsage(start);
  const options = values.checks ? await byCheck(mesh) : {};
  const found = lintMesh(mesh, options);
  const all = process.cpuUsage(start);
  const seconds = ({ user, system }) => ((user + system) / 1e6).toFixed(1);
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.log(
    `${shape}: load ${seconds(loaded)} s, all ${seconds(all)} s CPU, ${memory} MB, ${found.length} findings`,
  );
}

/** What each check takes by itself, the slowest first. */
async function byCheck(mesh) {
  const { checks } = await import("../../dist/lint/checks.js");
  const { lintMesh } = await import("../../dist/lint/lint.js");
  const rows = checks.map(({ code }) => {
    const start = process.cpuUsage();
    lintMesh(mesh, { only: [code] });
    const { user, system } = process.cpuUsage(start);
    return [code, (user + system) / 1e6];
  });
  for (const [code, seconds] of rows.sort((a, b) => b[1] - a[1]).slice(0, 12))
    console.log(`  ${seconds.toFixed(2)} ${code}`);
  return {};
}

const wanted = positionals.length > 0 ? positionals : Object.keys(shapes);
if (values.one) await measure(wanted[0]);
else
  for (const shape of wanted)
    execFileSync(
      process.execPath,
      [
        fileURLToPath(import.meta.url),
        shape,
        "--one",
        ...process.argv.slice(2).filter((each) => !(each in shapes)),
      ],
      { stdio: "inherit" },
    );
