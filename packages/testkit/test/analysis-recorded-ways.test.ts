import { expect, test } from "vitest";
import type { Expectation, Proof } from "../../engine/src/analyse/api.ts";
import { prove } from "../../engine/src/analyse/prove.ts";
import type { LeftOut } from "./recorded-arrival.ts";
import { drawn } from "./recorded-requests.ts";
import { type End, type RecordedWay, recordedWays } from "./recorded-ways.ts";

/** One scenario in so many; `RECORDED=1` takes all of them. */
const oneIn = Number(process.env["RECORDED"] ?? 12);
const timeout = 600_000;

/** So many answers of each kind there must be, where one scenario in twelve is asked. */
const least: Readonly<Record<string, number>> = {
  "sidecar http got: never violated": 20,
  "sidecar http got: always holds": 20,
  "sidecar http refused: never holds": 3,
  "sidecar http refused: always violated": 6,
  "sidecar http elsewhere: never holds": 60,
  "gateway http got: never violated": 10,
  "gateway http got: always holds": 10,
  "gateway http refused: never holds": 1,
  "gateway http refused: always violated": 2,
  "gateway http elsewhere: never holds": 90,
  "gateway tcp got: never violated": 1,
  "gateway tcp elsewhere: never holds": 8,
};

/** Why requests are left out. What is not listed here is a fault of the test. */
const reasons: readonly RegExp[] = [
  /^(?:no proxy on the way|one proxy alone|a proxy that the oracle gave no routes)$/,
  /^a call (?:that is not HTTP|of no host|that names another port|that names no port|of a name that leads elsewhere)$/,
  /^HTTP that is passed on as bytes$/,
  /^a certificate (?:that nobody trusts|without an identity)$/,
  /^(?:a token |several tokens)/,
  /^a (?:path|host) that is not plain$/,
  /^a header (?:that proxies write|that is sent twice|that is not plain)$/,
];

/** Why the analysis has no answer: what it says that it does not follow, and what a recording does not tell. */
const open: readonly RegExp[] = [
  /^not followed: what .* sends to .*, for HTTP that is sent on there as bytes/,
  /^not followed: TLS that does not end at /,
  /^what the sidecar of .* does: it depends on destination:/,
  /: evaluated as not known: it depends on whose certificate .* is, which no manifest says/,
  /^proxies on the way look for tokens of .* in different places/,
  /: evaluated as /, // nobody shows that it is so
];

/** What comes of an invariant at all that its target names. */
function provedOf(
  { mesh, through, requests }: RecordedWay,
  { namespace, workload }: End,
  expected: Expectation,
): Pick<Proof, "result" | "undecided"> {
  const target = { ...through, namespace, workload };
  const proofs = prove(mesh, [{ name: "recorded", target, requests, expect: expected }]);
  const first = (result: Proof["result"]): Proof | undefined =>
    proofs.find((proof) => proof.result === result);
  const all = [first("violated"), first("undecided"), first("holds")];
  return all.find((each) => each !== undefined) ?? { result: "holds-vacuously", undecided: [] };
}

/** What proofs say of a request at one of the workloads otherwise than what happened there. */
function faultsOf(
  { exact }: RecordedWay,
  end: End,
  never: string,
  always: string,
): readonly string[] {
  const isExact = exact && !end.other;
  const holds = (result: string): boolean => result.startsWith("holds");
  return [
    ...((end.got || end.copied) && holds(never) ? ["it got through, and never does"] : []),
    ...(end.refused && holds(always) ? ["it was refused, and never is"] : []),
    ...(isExact && !end.got && !end.copied && never === "violated"
      ? ["it did not get through, and does"]
      : []),
    ...(isExact && end.got && !end.refused && always === "violated"
      ? ["it is refused, and was not"]
      : []),
  ];
}

function becameOf({ got, copied, refused }: End): string {
  if (got) return "got";
  if (copied) return "copied";
  return refused ? "refused" : "elsewhere";
}

/** What came of a request: what is counted, what is wrong, and what nobody knows the reason of. */
interface Judged {
  readonly counted: readonly string[];
  readonly faults: readonly object[];
  readonly unknown: readonly string[];
}

function leftOut({ leftOut: why }: LeftOut): Judged {
  const isKnown = reasons.some((each) => each.test(why));
  return { counted: [`left out: ${why}`], faults: [], unknown: isKnown ? [] : [why] };
}

function judged(way: RecordedWay): Judged {
  const { name, through, requests } = way;
  const all = way.ends.map((end): Judged => {
    const kind = `${way.entry} ${requests.protocol} ${becameOf(end)}`;
    const never = provedOf(way, end, "never-allowed");
    const always = provedOf(way, end, "always-allowed");
    const texts = [...never.undecided, ...always.undecided].map(({ text }) => text);
    return {
      counted: [`${kind}: never ${plain(never.result)}`, `${kind}: always ${plain(always.result)}`],
      faults: faultsOf(way, end, never.result, always.result).map((fault) => ({
        name,
        fault,
        end,
        through,
        requests,
      })),
      unknown: texts.filter((text) => !open.some((each) => each.test(text))),
    };
  });
  return {
    counted: all.flatMap(({ counted }) => counted),
    faults: all.flatMap(({ faults }) => faults),
    unknown: all.flatMap(({ unknown }) => unknown),
  };
}

function plain(result: Proof["result"]): string {
  return result === "holds-vacuously" ? "holds" : result;
}

test("a proof over a whole way says of a recorded request what the real proxies did", {
  timeout,
}, async () => {
  const counts = new Map<string, number>();
  const add = (key: string): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);
  const wrong: object[] = [];
  const strange: string[] = [];
  for await (const ways of recordedWays((name) => drawn(name) % oneIn === 0))
    for (const way of ways) {
      const { counted, faults, unknown } = "leftOut" in way ? leftOut(way) : judged(way);
      for (const each of counted) add(each);
      wrong.push(...faults);
      strange.push(...unknown);
    }
  const said = JSON.stringify(Object.fromEntries([...counts].sort()), null, 1);
  if (process.env["RECORDED"]) process.stdout.write(`${said}\n`);
  expect(wrong, said).toEqual([]);
  expect(strange, said).toEqual([]);
  const few = Object.entries(least).filter(
    ([kind, count]) => (counts.get(kind) ?? 0) < (count * 12) / oneIn,
  );
  expect(few, said).toEqual([]);
});
