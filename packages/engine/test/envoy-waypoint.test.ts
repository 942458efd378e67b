import { expect, test } from "vitest";
import { addressedBy } from "../src/envoy/waypoint-chain.ts";
import type { Facts, Question } from "../src/model/fact.ts";
import type { FilterChain, Program } from "../src/model/program.ts";
import type { Connection, HttpRequest } from "../src/model/request.ts";

const tls = {
  clientCertificate: "required",
  authority: "mesh",
  trustDomains: ["cluster.local"],
} as const;

function chain(name: string, match: FilterChain["match"]): FilterChain {
  const kind = name.includes("http") ? "http" : "tcp";
  return { name, match: { transport: "hbone", ...match }, tls, kind, filters: [] };
}

const vip = { service: "a", addresses: ["10.96.0.9", "2001:db8::9"] };
const pods = { service: "", addresses: ["10.9.9.9"] };
const alpn = ["http/1.1", "h2c"];

const program: Program = {
  proxy: {
    kind: "waypoint",
    namespace: "foo",
    name: "waypoint-1",
    labels: {},
    serviceAccount: "waypoint",
    addresses: [],
    ports: [],
  },
  listeners: [
    { name: "connect_terminate", port: 15008, chains: [chain("default", {})] },
    {
      name: "main_internal",
      chains: [
        chain("http", { port: 80, ...vip }),
        chain("odd-tcp", { port: 9090, ...vip }),
        chain("odd-http", { port: 9090, ...vip, alpn }),
        chain("b-http", { port: 80, service: "b", addresses: ["10.96.0.7"] }),
        chain("direct-tcp", pods),
        chain("direct-http", { ...pods, alpn }),
      ],
    },
  ],
  notes: [],
};

const get: HttpRequest = { version: "1.1", method: "GET", target: "/", headers: [] };
const known = "spiffe://cluster.local/ns/a/sa/b";

function hbone(destinationPort: number, destinationIp?: string, uri: string = known): Connection {
  return {
    transport: "hbone",
    destinationPort,
    certificate: { uris: [uri] },
    ...(destinationIp === undefined ? {} : { destinationIp }),
  };
}

function answering(index: number, asked: Question[] = []): Facts {
  return {
    now: 0,
    ask: (question) => {
      asked.push(question);
      return question.candidates[index] ?? "";
    },
  };
}

function chainOf(connection: Connection, http?: HttpRequest, facts: Facts = answering(0)) {
  return addressedBy(program, connection, http, facts).program.listeners[0]?.chains[0]?.name;
}

test.each<[string, Connection, HttpRequest | undefined, string | undefined]>([
  ["a Service's port", hbone(80, "10.96.0.9"), get, "http"],
  ["another spelling of its address", hbone(80, "2001:DB8:0::9"), get, "http"],
  ["another Service's port", hbone(80, "10.96.0.7"), get, "b-http"],
  ["HTTP on a port that does not say", hbone(9090, "10.96.0.9"), get, "odd-http"],
  ["HTTP/1.0 there", hbone(9090, "10.96.0.9"), { ...get, version: "1.0" }, "odd-tcp"],
  ["bytes there", hbone(9090, "10.96.0.9"), undefined, "odd-tcp"],
  ["a pod", hbone(8080, "10.9.9.9"), get, "direct-http"],
  ["a pod on the number of a Service's port", hbone(80, "10.9.9.9"), undefined, "direct-tcp"],
  ["a port that the Service does not have", hbone(81, "10.96.0.9"), get, undefined],
  ["an address of nobody", hbone(80, "10.1.1.1"), get, undefined],
  [
    "a tunnel of a foreign trust domain",
    hbone(80, "10.96.0.9", "spiffe://x/ns/a/sa/b"),
    get,
    "default",
  ],
])("%s leads to its chain", (_, connection, http, name) => {
  expect(chainOf(connection, http)).toBe(name);
});

test("an address that nobody stated is asked for where it makes a difference", () => {
  const asked: Question[] = [];
  expect(chainOf(hbone(80), get, answering(1, asked))).toBe("b-http");
  expect(asked).toEqual([
    { id: "destination.ip", candidates: ["10.96.0.9", "10.96.0.7", "10.9.9.9"] },
  ]);
});

test("the same chain gives the same program, so that what is known of it is kept", () => {
  const programs = [1, 2].map(() =>
    addressedBy(program, hbone(80, "10.96.0.9"), get, answering(0)),
  );
  expect(programs[0]?.program).toBe(programs[1]?.program);
});

test("a listener that Envoy does not take is not served, whoever knocks", () => {
  const [terminate, internal] = program.listeners;
  if (!terminate || !internal) throw new TypeError("no listeners");
  const at = { resource: { kind: "AuthorizationPolicy", namespace: "foo", name: "p" }, path: [] };
  const refused = { effect: "process-dies", cause: "x", at } as const;
  const broken: Program = { ...program, listeners: [terminate, { ...internal, refused }] };
  const foreign = hbone(80, "10.96.0.9", "spiffe://x/ns/a/sa/b");
  const { listeners } = addressedBy(broken, foreign, get, answering(0)).program;
  expect(listeners.map((listener) => listener.refused)).toEqual([refused]);
});
