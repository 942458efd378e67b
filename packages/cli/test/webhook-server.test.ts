import { Agent } from "node:https";
import { connect as connectTcp } from "node:net";
import { connect } from "node:tls";
import { type Guard, valid } from "@meshproof/engine/admission";
import { expect, test } from "vitest";
import type { Reviewer } from "../src/webhook/reviewer.ts";
import { asking, nothing, send, serve, slow, stops } from "./webhook-world.ts";

test("a review is answered, counted and logged, without anything that is in the object", async () => {
  const running = await serve(valid());
  const { status, text } = await send(running, "/validate?timeout=5s", asking);
  expect([status, JSON.parse(text).response.status.code]).toEqual([200, 422]);
  expect(running.entries.at(-1)).toMatchObject({
    ...{ message: "review", uid: "u-1", outcome: "denied", operation: "CREATE", user: "jane" },
    found: [{ guard: "guard", effect: "deny", code: "webhook/unknown-attribute" }],
  });
  expect(JSON.stringify(running.entries)).not.toContain("secret-value");
  const metrics = (await send(running, "/metrics")).text;
  expect(metrics).toContain(
    'meshproof_webhook_reviews_total{outcome="denied",operation="CREATE",kind="AuthorizationPolicy"} 1',
  );
});

test.each([
  ["deny", false],
  ["allow", true],
] as const)("a guard that takes too long: on-timeout %s", async (onTimeout, allowed) => {
  const running = await serve(slow, { onTimeout });
  const { text } = await send(running, "/validate?timeout=300ms", asking);
  expect(JSON.parse(text).response).toMatchObject({ uid: "u-1", allowed });
});

test.each([
  ["deny", { allowed: false, status: { code: 500 } }],
  ["allow", { allowed: true, warnings: [expect.stringContaining("fault")] }],
] as const)("a guard that fails: on-fault %s", async (onFault, expected) => {
  const broken: Guard = () => {
    throw new TypeError("broken");
  };
  const running = await serve(broken, { onFault });
  const { text } = await send(running, "/validate", asking);
  expect(JSON.parse(text).response).toMatchObject(expected);
  expect(running.entries.at(-1)).toMatchObject({
    level: "error",
    outcome: "fault",
    because: "broken",
  });
  expect((await send(running, "/metrics")).text).toContain('reviews_total{outcome="fault"');
});

test("a guard that looks at objects alone and fails is a fault like any other", async () => {
  const broken = Object.assign(() => Promise.reject(new TypeError("broken")), {
    objectOnly: true as const,
  });
  const running = await serve(broken);
  const { text } = await send(running, "/validate", asking);
  expect(JSON.parse(text).response).toMatchObject({ allowed: false, status: { code: 500 } });
});

test("who does not know the mesh judges nothing", async () => {
  const reviewer: Reviewer = {
    readiness: () => ({ ready: false, why: "waiting for pods" }),
    review: () => Promise.reject(new Error("asked")),
    close: () => Promise.resolve(),
  };
  const running = await serve(nothing, {}, reviewer);
  expect(await send(running, "/readyz")).toMatchObject({ status: 503, text: "waiting for pods" });
  expect((await send(running, "/livez")).status).toBe(200);
  const { text } = await send(running, "/validate", asking);
  expect(JSON.parse(text).response).toMatchObject({ allowed: false, status: { code: 503 } });
});

test("more than may wait are told at once", async () => {
  const running = await serve(slow, { timeout: 600 });
  const answers = await Promise.all(
    Array.from({ length: 9 }, () => send(running, "/validate", asking)),
  );
  const codes = answers.map(({ text }) => JSON.parse(text).response.status.code).toSorted();
  expect(codes).toEqual([503, 503, 503, 504, 504, 504, 504, 504, 504]);
});

test.each([
  ["no JSON", "<html>", 400],
  ["an empty body", "", 400],
  ["JSON that is no review", "[1, 2]", 400],
  ["a body that is too large", "x".repeat(200_000), 413],
])("%s", async (_, body, status) => {
  expect((await send(await serve(nothing), "/validate", body)).status).toBe(status);
});

test("a body that is too large without a length is refused, too", async () => {
  const running = await serve(nothing);
  const headers = { "transfer-encoding": "chunked" };
  const sent = send(running, "/validate", "x".repeat(200_000), { headers }).catch(() => ({
    status: 413,
  }));
  expect((await sent).status).toBe(413);
});

test("a body that breaks off harms nobody", async () => {
  const running = await serve(nothing);
  const head = "POST /validate HTTP/1.1\r\nhost: a\r\ncontent-length: 2000\r\n\r\n{";
  const options = { port: running.port, host: "127.0.0.1", rejectUnauthorized: false };
  const socket = connect(options, () => socket.write(head, () => socket.destroy()));
  const broken = { level: "warning", message: "the body broke off" };
  await expect.poll(() => running.entries).toContainEqual(broken);
  expect((await send(running, "/validate", asking)).status).toBe(200);
});

test("other paths and methods lead nowhere", async () => {
  const running = await serve(nothing);
  expect((await send(running, "/")).status).toBe(404);
  expect((await send(running, "/validate")).status).toBe(404);
});

test("connections that say nothing keep nobody waiting", async () => {
  const running = await serve(nothing);
  const sockets = Array.from({ length: 50 }, () => connectTcp(running.port, "127.0.0.1"));
  for (const socket of sockets) socket.on("error", () => undefined);
  stops.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  expect((await send(running, "/validate", asking)).status).toBe(200);
});

test("who shuts down says so, answers what comes all the same, and ends connections", async () => {
  const running = await serve(valid());
  const agent = new Agent({ keepAlive: true });
  stops.push(() => agent.destroy());
  running.drain();
  expect(await send(running, "/readyz")).toMatchObject({ status: 503, text: "shutting down" });
  const { text, headers } = await send(running, "/validate", asking, { agent });
  expect(JSON.parse(text).response.uid).toBe("u-1");
  expect(headers["connection"]).toBe("close");
});
