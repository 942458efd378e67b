import { expect, test } from "vitest";
import { proved, wordsOf } from "./recorded-proofs.ts";
import { type Compared, recordedRequests, type Uncompared } from "./recorded-requests.ts";

/** One scenario in so many; `RECORDED=1` takes all of them. */
const oneIn = Number(process.env["RECORDED"] ?? 6);
const timeout = 600_000;

/** So many of each must be compared, where one scenario in six is. */
const least: Readonly<Record<string, readonly [allowed: number, denied: number]>> = {
  "sidecar http": [1000, 900],
  "sidecar tcp": [60, 200],
  gateway: [200, 90],
  waypoint: [130, 80],
  ztunnel: [400, 220],
};

/** Why requests are left out. What is not listed here is a fault of the test, or of the analysis. */
const reasons: readonly RegExp[] = [
  /^(?:recorded as|a version that no request can have|a client that says nothing)/,
  /^HTTP that Envoy/,
  /^(?:a certificate that nobody trusts|a second name of a certificate|a tunnel without an identity)/,
  /^(?:a token |several tokens|no token place is like that)/,
  /^(?:TLS without a certificate|plaintext where a sidecar speaks TLS|application protocols|HBONE to a sidecar)/,
  /^(?:bytes where HTTP is served|a gateway or waypoint that serves nothing there)/,
  /^no (?:peer|path|host|method|source\.ip|header|claim) is like that/,
  /^undecided: (?:budget|Envoy does not take|TLS of a Sidecar's ingress)/,
  /^what it hangs on is not known/,
];

function counted(): {
  readonly add: (key: string) => void;
  readonly of: (key: string) => number;
  readonly all: () => object;
} {
  const counts = new Map<string, number>();
  return {
    add: (key) => counts.set(key, (counts.get(key) ?? 0) + 1),
    of: (key) => counts.get(key) ?? 0,
    all: () => Object.fromEntries([...counts].sort()),
  };
}

/** The counts, which are shown where somebody asked for more or fewer than usual. */
function say(counts: object): string {
  const text = JSON.stringify(counts, null, 1);
  if (process.env["RECORDED"]) process.stdout.write(`${text}\n`);
  return text;
}

test("a region holds what real proxies let by, and nothing that they refused", {
  timeout,
}, async () => {
  const [compared, left] = [counted(), counted()];
  const wrong: unknown[] = [];
  let [all, outside] = [0, 0];
  for await (const requests of recordedRequests(oneIn))
    for (const request of requests) {
      all += 1;
      if ("leftOut" in request) {
        left.add(request.leftOut);
        if (request.recorded === "allowed") outside += 1;
        continue;
      }
      const { name, plane, recorded, said } = request;
      compared.add(`${plane} ${recorded}`);
      if (said !== recorded) wrong.push({ name, recorded, said });
    }
  const counts = say({ compared: compared.all(), left: left.all() });
  expect(wrong, counts).toEqual([]);
  const strange = Object.keys(left.all()).filter((why) => !reasons.some((each) => each.test(why)));
  expect(strange).toEqual([]);
  const few = Object.entries(least).filter(
    ([plane, [allowed, denied]]) =>
      compared.of(`${plane} allowed`) < (allowed * 6) / oneIn ||
      compared.of(`${plane} denied`) < (denied * 6) / oneIn,
  );
  expect(few, counts).toEqual([]);
  expect(outside, counts).toBeLessThan(all * 0.04);
});

/** The first requests of a scenario that were recorded like that, one of each kind of traffic. */
function firstOf(
  requests: readonly (Compared | Uncompared)[],
  recorded: Compared["recorded"],
): readonly Compared[] {
  const first = new Map<string, Compared>();
  for (const each of requests)
    if ("said" in each && each.recorded === recorded && !first.has(each.plane))
      first.set(each.plane, each);
  return [...first.values()];
}

/** What is asked of a request: what must be refuted, and what must hold where no other one is meant. */
const asked = {
  allowed: ["never-allowed", "always-allowed"],
  denied: ["always-allowed", "never-allowed"],
} as const;

/** What proofs say of a request otherwise than what happened to it. */
function judged(
  { name, plane, recorded, side, region, spoken }: Compared,
  results: ReturnType<typeof counted>,
): readonly object[] {
  const words = wordsOf(region, spoken, side);
  const [opposite, same] = asked[recorded];
  const refuted = proved(side, words, opposite);
  const held = words.exact ? proved(side, words, same) : "not exact";
  results.add(`${plane} ${recorded}: ${refuted}`);
  results.add(`exactly ${recorded}: ${held}`);
  return [
    ...(refuted.startsWith("holds") ? [{ name, opposite, refuted, words }] : []),
    ...(held === "violated" ? [{ name, same, held, words }] : []),
  ];
}

test("a proof about a recorded request says what the real proxy did", { timeout }, async () => {
  const results = counted();
  const wrong: object[] = [];
  for await (const requests of recordedRequests(oneIn * 2))
    for (const request of [...firstOf(requests, "allowed"), ...firstOf(requests, "denied")])
      wrong.push(...judged(request, results));
  const counts = say(results.all());
  expect(wrong, counts).toEqual([]);
  for (const recorded of ["allowed", "denied"]) {
    const few = Object.keys(least).filter(
      (plane) => results.of(`${plane} ${recorded}: violated`) < 18 / oneIn,
    );
    expect([recorded, few], counts).toEqual([recorded, []]);
    const exact = ["holds", "holds-vacuously"].map((each) => `exactly ${recorded}: ${each}`);
    const held = exact.reduce((sum, key) => sum + results.of(key), 0);
    expect(held, counts).toBeGreaterThan(240 / oneIn);
  }
});
