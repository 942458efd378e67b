// What callers that misbehave, large bodies, slow ones and a kill at any moment do to the answers of others: none may be wrong, and
// after a kill the next start must answer within a second.
import { request } from "node:https";
import { connect as connectTcp } from "node:net";
import { connect } from "node:tls";
import { agentFor, ask, load, review } from "./requests.mjs";
import { ready, startWebhook } from "./servers.mjs";

const server = await startWebhook();
const { port } = server;
const open = [];
let failed = false;

function check(what, isRight, detail = "") {
  failed ||= !isRight;
  console.log(`${isRight ? "ok  " : "FAIL"} ${what} ${detail}`);
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function send(body, headers = {}) {
  return new Promise((resolve) => {
    const options = {
      host: "127.0.0.1",
      port,
      path: "/validate",
      method: "POST",
      rejectUnauthorized: false,
      agent: false,
      headers,
    };
    const asked = request(options, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode));
    });
    asked.on("error", () => resolve("closed"));
    asked.end(body);
  });
}

/** Others ask while something goes on; all their answers must be right. */
async function whileAsking(what, seconds, trouble) {
  const [result] = await Promise.all([load(server, { connections: 4, seconds }), trouble()]);
  check(
    what,
    result.wrong === 0 && result.sent > 0,
    `${result.sent} right answers, ${result.wrong} wrong, p99 ${result.p99.toFixed(1)} ms`,
  );
}

await whileAsking("garbage bodies", 3, async () => {
  const bodies = [
    "",
    "{",
    "[]",
    "null",
    '"x"',
    "\u0000\u0001",
    "<html>",
    '{"kind":"AdmissionReview"}',
    "{}".repeat(50_000),
    JSON.stringify({ a: "x".repeat(1e6) }),
    "[".repeat(100_000),
  ];
  const statuses = await Promise.all(
    Array.from({ length: 200 }, (_, index) => send(bodies[index % bodies.length])),
  );
  check(
    "  each is refused",
    statuses.every((status) => status === 400),
    [...new Set(statuses)].join(" "),
  );
});

await whileAsking("bodies of 10 MB", 3, async () => {
  const large = "x".repeat(10 * 1024 * 1024);
  const known = await Promise.all(Array.from({ length: 4 }, () => send(large)));
  const chunked = await Promise.all(
    Array.from({ length: 4 }, () => send(large, { "transfer-encoding": "chunked" })),
  );
  const isRefused = [...known, ...chunked].every((status) => status === 413 || status === "closed");
  check("  each is refused", isRefused, [...new Set([...known, ...chunked])].join(" "));
});

await whileAsking("a review of 6 MB", 4, async () => {
  const padded = JSON.parse(review("large", true));
  padded.request.object.metadata.annotations = { a: "x".repeat(6 * 1024 * 1024) };
  check("  it is answered", (await send(JSON.stringify(padded))) === 200);
});

await whileAsking("clients that send a byte a second, and half-open connections", 14, async () => {
  for (let index = 0; index < 100; index += 1) {
    const plain = connectTcp(port, "127.0.0.1").on("error", () => {});
    const slow = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      slow.write("POST /validate HTTP/1.1\r\nhost: a\r\ncontent-length: 2000\r\n\r\n");
      slow.timer = setInterval(() => slow.write("x"), 1000);
    }).on("error", () => {});
    slow.on("close", () => clearInterval(slow.timer));
    open.push(plain, slow);
  }
  await sleep(13_000);
  const left = open.filter((socket) => !socket.destroyed && socket.readyState === "open").length;
  check("  they are given up", left === 0, `${left} of ${open.length} left`);
});

/** Whoever got an answer got the right one; whoever got none knows it, and the API server goes by its failure policy. */
const agent = agentFor(8);
for (let round = 0; round < 5; round += 1) {
  const came = { right: 0, wrong: 0, none: 0 };
  let killed = false;
  const asking = Array.from({ length: 8 }, async (_, worker) => {
    for (let id = 0; !killed; id += 1) {
      const asked = ask(server, agent, `${round}-${worker}-${id}`, id % 2 === 0);
      const what = await asked.then(
        (isRight) => (isRight ? "right" : "wrong"),
        () => "none",
      );
      came[what] += 1;
    }
  });
  await sleep(200 + Math.random() * 300);
  await server.kill();
  killed = true;
  await Promise.all(asking);
  const start = performance.now();
  await server.start();
  await ready(port);
  const ms = performance.now() - start;
  check(
    "a kill",
    came.wrong === 0 && ms < 1000,
    `${came.right} right, ${came.wrong} wrong, ${came.none} without an answer; answers again after ${ms.toFixed(0)} ms`,
  );
}
agent.destroy();
for (const socket of open) socket.destroy();
await server.stop();
process.exitCode = failed ? 1 : 0;
