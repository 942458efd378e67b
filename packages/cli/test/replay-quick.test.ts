import { Buffer } from "node:buffer";
import { decider, loadMesh } from "@meshproof/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerLines } from "../src/replay/answer-lines.ts";
import { lineCutter } from "../src/replay/lines.ts";
import type { Setting } from "../src/replay/logged.ts";
import { type Replayer, replayer } from "../src/replay/replayer.ts";
import { sumOf } from "../src/replay/tally.ts";
import { log } from "./drawn-logs.ts";

const policy = (name: string, spec: object): string =>
  JSON.stringify({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name, namespace: "shop" },
    spec,
  });
const policies = (method: string): readonly string[] => [
  policy("orders", {
    selector: { matchLabels: { app: "orders" } },
    rules: [
      {
        from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }],
        to: [{ operation: { methods: [method], paths: ["/api/*"] } }],
      },
      { from: [{ source: { namespaces: ["ops"] } }] },
    ],
  }),
  policy("deny", {
    action: "DENY",
    rules: [{ to: [{ operation: { paths: ["/api/admin*", "*.json"] } }] }],
  }),
  policy("headers", {
    selector: { matchLabels: { app: "headers" } },
    rules: [{ when: [{ key: "request.headers[x-a]", values: ["b"] }] }],
  }),
];
const pods = ["orders", "web"].map((app, at) =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...{ name: `${app}-1`, namespace: "shop", labels: { app } },
      annotations: { "sidecar.istio.io/status": "{}" },
    },
    spec: { serviceAccountName: app, containers: [{ ports: [{ containerPort: 8080 }] }] },
    status: { podIP: `10.0.0.${5 + at}` },
  }),
);
const deciderOf = (texts: readonly string[]): ReturnType<typeof decider> =>
  decider(loadMesh({ files: texts.map((each, at) => ({ path: `${at}.json`, text: each })) }).mesh);

function tallied(own: Replayer, text: string, bytes: boolean): unknown {
  const cut = lineCutter(bytes ? own : { line: own.line, tooLong: own.tooLong });
  cut.add(Buffer.from(text));
  cut.end();
  return sumOf([own.tally()]);
}

test("lines that are taken as they stand are answered as lines that are read", async () => {
  const own = deciderOf([...policies("GET"), ...pods]);
  await fc.assert(
    fc.asyncProperty(log, async (text) => {
      const each = [true, false].map(async (bytes) => {
        const taker = answerLines(own, undefined);
        const cut = lineCutter(bytes ? taker : { line: taker.line, tooLong: taker.tooLong });
        cut.add(Buffer.from(text));
        cut.end();
        return [await taker.take(), taker.failed()];
      });
      const answers = await Promise.all(each);
      expect(answers[0]).toEqual(answers[1]);
    }),
    { numRuns: 60, seed: 13 },
  );
  expect(own.counts().fast).toBeGreaterThan(300);
});

describe("lines that are taken as they stand count as lines that are read", () => {
  const [now, next] = [policies("GET"), policies("POST")];
  const setting: Setting = {
    workloadAt: (ip) => ({ "10.0.0.5": "pod/shop/orders-1", "10.0.0.6": "pod/shop/web-1" })[ip],
  };
  const everywhere = { ...setting, to: "ns/shop,app=orders:8080" };
  test.each<[string, readonly string[], readonly string[] | undefined, Setting, boolean]>([
    ["policies alone", now, undefined, setting, false],
    ["policies alone, a destination of all", now, undefined, everywhere, false],
    ["with pods", [...now, ...pods], undefined, setting, false],
    ["other policies", [...now, ...pods], [...next, ...pods], setting, false],
    ["what was observed", [...now, ...pods], undefined, setting, true],
  ])("%s", (_, texts, others, given, calibrate) => {
    const current = deciderOf(texts);
    const meshes = { current, ...(others ? { candidate: deciderOf(others) } : {}) };
    fc.assert(
      fc.property(log, (text) => {
        const read = tallied(replayer(meshes, given, calibrate), text, false);
        expect(tallied(replayer(meshes, given, calibrate), text, true)).toEqual(read);
      }),
      { numRuns: 60, seed: 11 },
    );
    expect(current.counts().fast).toBeGreaterThan(300);
  });
});

test("a line without a method says nothing of those that have one", () => {
  const setting: Setting = { to: "ns/shop,app=orders:8080", workloadAt: () => undefined };
  const lines = ["-", "", "get", "GET", "POST"].map((method) =>
    JSON.stringify({
      ...{ method, path: "/api/1", protocol: "HTTP/1.0", authority: "a b", response_code: 400 },
      downstream_peer_uri_san: "spiffe://cluster.local/ns/shop/sa/web",
    }),
  );
  const [read, taken] = [false, true].map((bytes) => {
    const own = replayer({ current: deciderOf(policies("GET")) }, setting, false);
    return tallied(own, lines.join("\n"), bytes);
  });
  expect(taken).toEqual(read);
});
