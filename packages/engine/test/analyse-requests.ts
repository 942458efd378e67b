import type { Concrete } from "../src/analyse/answer/values.ts";
import type { Dice } from "./analyse-dice.ts";

/** Values that requests are made of, beside and at the edges of what rules compare with. */
const pools: Readonly<Record<string, readonly [string, ...string[]]>> = {
  peer: [
    "spiffe://cluster.local/ns/a/sa/x",
    "spiffe://cluster.local/ns/a/sa/xx",
    "spiffe://cluster.local/ns/ab/sa/y",
    "spiffe://cluster.local/ns/b/sa/x",
    "spiffe://cluster.local/ns/c/sa/default",
  ],
  path: ["/", "/a", "/a/", "/a/b", "/ab", "/x/z", "/a/b/z", "/b/", "/b/c/d", "/q.js", "/a/[b"],
  host: ["a.example", "A.example", "b.example", "a.example:80", "x"],
  method: ["GET", "POST", "PUT", "DELETE"],
  "destination.port": ["80", "9000", "8080"],
  "source.ip": ["10.0.0.1", "10.1.0.9", "10.1.2.3", "192.168.0.1", "fd00::1"],
  sni: ["v", "w", "av", "outbound"],
};
const headers: readonly [string, ...string[]] = ["v", "w", "va", "av", "x", ""];
const claims: readonly [string, ...string[]] = ["v", "w", "va", "av", "a"];
const issuers: readonly [string, ...string[]] = ["https://i", "https://j"];

/** A request by its values: with a peer or without, with a token or without; with `tunnels` through one now and then. */
export function anyRequest(dice: Dice, tunnels = false): Concrete {
  const values = new Map<string, readonly string[]>();
  for (const [name, pool] of Object.entries(pools)) values.set(name, [dice.pick(pool)]);
  if (dice.chance(0.3)) {
    values.set("peer", []);
    values.set("sni", [""]);
  }
  if (tunnels) values.set("transport", [wayOf(values, dice)]);
  for (const name of ["header x-h", "header x-g"])
    values.set(name, dice.chance(0.5) ? [] : [...new Set(listOf(dice, headers))]);
  if (dice.chance(0.6)) {
    values.set("claim iss", [dice.pick(issuers)]);
    values.set("claim sub", dice.chance(0.2) ? [] : [dice.pick(["s", "t", "a"])]);
    for (const name of ["claim g", "claim aud"])
      values.set(name, dice.chance(0.4) ? [] : [...new Set(listOf(dice, claims))]);
  }
  return { values, answers: new Map([["oauth", dice.chance(0.5)]]) };
}

function wayOf(values: Concrete["values"], dice: Dice): string {
  return values.get("peer")?.[0] !== undefined && dice.chance(0.6) ? "hbone" : "direct";
}

function listOf(dice: Dice, pool: readonly [string, ...string[]]): readonly string[] {
  return dice.chance(0.7) ? [dice.pick(pool)] : dice.some(pool);
}

const few: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ["peer", [[], ["spiffe://cluster.local/ns/a/sa/x"], ["spiffe://cluster.local/ns/b/sa/xx"]]],
  ["path", [["/"], ["/a"], ["/a/b"], ["/ab/z"]]],
  ["method", [["GET"], ["POST"]]],
  ["destination.port", [["80"], ["9000"]]],
  ["source.ip", [["10.1.2.3"], ["fd00::1"]]],
  ["header x-h", [[], ["v"], ["w"]]],
];

/** Requests, those with an identity directly and through a tunnel. */
export function bothWays(requests: readonly Concrete[]): readonly Concrete[] {
  return requests.flatMap((request) =>
    ["direct", "hbone"]
      .slice(0, request.values.get("peer")?.[0] === undefined ? 1 : 2)
      .map((way) => ({ ...request, values: new Map([...request.values, ["transport", [way]]]) })),
  );
}

/** Every request of a small domain, without a token. */
export function allRequests(): readonly Concrete[] {
  const whole = few.reduce<readonly ReadonlyMap<string, readonly string[]>[]>(
    (made, [name, values]) =>
      made.flatMap((before) => values.map((value) => new Map([...before, [name, value]]))),
    [new Map()],
  );
  return whole.flatMap((values) =>
    [true, false].map((yes) => ({ values, answers: new Map([["oauth", yes]]) })),
  );
}
