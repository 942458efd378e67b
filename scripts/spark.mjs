// `authz decide` inside Apache Spark: two million lines through rdd.pipe in several worker processes, and the answers laid beside those of one
// process. Needs Java and Python; pyspark is installed into a temporary folder.
//   node scripts/spark.mjs [--lines 2000000] [--keep]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "..");
const program = join(root, "packages/cli/bin/authz.cjs");
const lines = Number(process.argv[process.argv.indexOf("--lines") + 1] || 0) || 2_000_000;
const folder = mkdtempSync(join(tmpdir(), "spark-"));
const at = (name) => join(folder, name);

function run(command, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    ...options,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr?.slice(-2000)}`);
  return stdout;
}

/** Policies of a namespace, and one that asks for a header: not all of it is for the index. */
function mesh() {
  const rules = Array.from({ length: 40 }, (_, app) => ({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `app-${app}`, namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: `app-${app}` } },
      rules: [
        {
          from: [{ source: { principals: [`cluster.local/ns/shop/sa/app-${(app + 1) % 40}`] } }],
          to: [{ operation: { methods: ["GET"], paths: [`/api/${app}/*`] } }],
        },
        ...(app % 10 === 0
          ? [{ when: [{ key: "request.headers[x-admin]", values: ["yes"] }] }]
          : [{ from: [{ source: { namespaces: ["ops"] } }] }]),
      ],
    },
  }));
  return rules.map((rule) => JSON.stringify(rule)).join("\n---\n");
}

function writeRequests(path) {
  const file = openSync(path, "w");
  let text = "";
  for (let id = 0; id < lines; id += 1) {
    const app = (id * 7) % 40;
    const from = id % 3 === 0 ? "sa/ops/root" : `sa/shop/app-${(app + (id % 2)) % 40}`;
    const http = `${id % 5 === 0 ? "POST" : "GET"} /api/${app}/${app % 10 === 0 ? id % 50 : id}`;
    text += `${JSON.stringify({ id, from, to: `ns/shop,app=app-${app}:8080`, http })}\n`;
    if (text.length > 2 ** 20) {
      writeSync(file, text);
      text = "";
    }
  }
  writeSync(file, text);
  closeSync(file);
}

/** How many lines files have, with a digest of all of them in order. */
async function digest(paths) {
  const hash = createHash("sha256");
  let count = 0;
  for (const path of paths)
    for await (const line of createInterface({ input: createReadStream(path) })) {
      hash.update(`${line}\n`);
      count += 1;
    }
  return `${count} ${hash.digest("hex")}`;
}

try {
  writeFileSync(at("mesh.yaml"), mesh());
  writeRequests(at("requests.ndjson"));
  run("python3", ["-m", "venv", at("python")]);
  run(at("python/bin/pip"), ["install", "--quiet", "pyspark"]);

  const command = [process.execPath, program, "decide", "-f", at("mesh.yaml")];
  const once = openSync(at("one.ndjson"), "w");
  const start = performance.now();
  run(command[0], command.slice(1), { stdio: [openSync(at("requests.ndjson")), once, "pipe"] });
  const alone = performance.now() - start;

  const args = [join(root, "scripts/spark/pipe.py"), at("requests.ndjson"), at("answers"), "8"];
  const again = performance.now();
  const said = run(at("python/bin/python"), [...args, command.join(" ")], {
    env: { ...process.env, PYSPARK_PYTHON: at("python/bin/python") },
  });
  const spark = performance.now() - again;

  const parts = readdirSync(at("answers")).filter((name) => name.startsWith("part-"));
  const [wanted, found] = [
    await digest([at("one.ndjson")]),
    await digest(parts.toSorted().map((name) => at(join("answers", name)))),
  ];
  console.log(`Spark ${said.trim().split("\n").at(-1)}`);
  const seconds = (ms) => `${(ms / 1000).toFixed(0)} s`;
  console.log(
    `${lines} lines: one process ${seconds(alone)}, Spark ${seconds(spark)}, its own start included`,
  );
  console.log(
    wanted === found ? "the answers are the same, in the same order" : "DIFFERENT answers",
  );
  if (wanted !== found || !wanted.startsWith(`${lines} `)) process.exitCode = 1;
} finally {
  if (process.argv.includes("--keep")) console.log(folder);
  else rmSync(folder, { recursive: true });
}
