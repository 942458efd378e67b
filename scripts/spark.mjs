// `authz decide` inside Apache Spark: two million lines through rdd.pipe in several worker processes, and the answers laid beside those of one
// process; then a log with lines that are no requests, which are answered in their place, or fail the job where the exit code is looked at. Needs Java and Python; pyspark is installed into a temporary folder.
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

/** Runs a program; fails with it, unless its exit code is one of those that are expected. */
function run(command, args, { expected = [0], ...options } = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    ...options,
  });
  if (!expected.includes(status))
    throw new Error(`${command} ${args.join(" ")}: ${status} ${stderr?.slice(-2000)}`);
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

/** One process over a file; then Spark, in so many partitions. Gives what Spark said, and whether the answers are the same. */
async function both(name, { partitions, expected, checked }) {
  const command = [process.execPath, program, "decide", "-f", at("mesh.yaml")];
  const start = performance.now();
  run(command[0], command.slice(1), {
    ...{ expected, stdio: [openSync(at(name)), openSync(at(`${name}.one`), "w"), "pipe"] },
  });
  const again = performance.now();
  const said = spark([at(name), at(`${name}.answers`), partitions, checked, command.join(" ")]);
  const end = performance.now();
  const parts = readdirSync(at(`${name}.answers`)).filter((part) => part.startsWith("part-"));
  const wanted = await digest([at(`${name}.one`)]);
  const found = await digest(parts.toSorted().map((part) => at(join(`${name}.answers`, part))));
  return { said, wanted, same: wanted === found, alone: again - start, together: end - again };
}

function spark(args, expected = [0]) {
  return run(at("python/bin/python"), [join(root, "scripts/spark/pipe.py"), ...args], {
    expected,
    env: { ...process.env, PYSPARK_PYTHON: at("python/bin/python") },
  });
}

/** Requests, and in between what is none: broken JSON, nothing, another log, a destination that is nowhere, bytes that are no text. */
function writeBroken(path) {
  const request = (id) =>
    `{"id":${id},"from":"sa/ops/root","to":"ns/shop,app=app-1:8080","http":"GET /${id}"}`;
  const broken = [
    ...['{"to":', "", "once upon a time", '{"id":"x","to":"nowhere"}', '{"a":1}', "[]"],
    '{"from":"sa/a/b","to":"ns/shop,app=app-1:8080","http":"GET /\\ud800"}',
  ];
  const lines = Array.from({ length: 2000 }, (_, id) =>
    id % 9 === 4 ? broken[id % broken.length] : request(id),
  );
  const noText = Buffer.concat([Buffer.from('{"id":"y","to":"'), Buffer.from([0xff, 0xfe, 0x22])]);
  writeFileSync(path, Buffer.concat([Buffer.from(`${lines.join("\n")}\n`), noText]));
}

try {
  writeFileSync(at("mesh.yaml"), mesh());
  writeRequests(at("requests.ndjson"));
  run("python3", ["-m", "venv", at("python")]);
  run(at("python/bin/pip"), ["install", "--quiet", "pyspark"]);

  const good = await both("requests.ndjson", { partitions: "8", expected: [0], checked: "yes" });
  console.log(`Spark ${good.said.trim().split("\n").at(-1)}`);
  const seconds = (ms) => `${(ms / 1000).toFixed(0)} s`;
  console.log(
    `${lines} lines: one process ${seconds(good.alone)}, Spark ${seconds(good.together)}, its own start included`,
  );
  const told = (same) =>
    same ? "the answers are the same, in the same order" : "DIFFERENT answers";
  console.log(told(good.same));

  writeBroken(at("broken.ndjson"));
  const bad = await both("broken.ndjson", { partitions: "4", expected: [2], checked: "no" });
  console.log(`with lines that are no requests, ${told(bad.same)}`);
  const decide = `${process.execPath} ${program} decide -f ${at("mesh.yaml")}`;
  spark([at("broken.ndjson"), at("refused"), "4", "yes", decide], [1]);
  console.log("where the exit code is looked at, the job fails");
  if (!good.same || !bad.same || !good.wanted.startsWith(`${lines} `)) process.exitCode = 1;
} finally {
  if (process.argv.includes("--keep")) console.log(folder);
  else rmSync(folder, { recursive: true });
}
