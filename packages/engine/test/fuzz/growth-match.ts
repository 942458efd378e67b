import { evaluate } from "../../src/evaluate.ts";
import { parseAddress, parseCidr, parsePort } from "../../src/match/address.ts";
import { matchesText } from "../../src/match/matches.ts";
import { parsePathTemplate } from "../../src/match/path-template.ts";
import { matchesRe2, re2Error } from "../../src/match/re2.ts";
import type { Piece } from "../../src/model/rule.ts";
import { type Growth, repeat, growths as table } from "./growth.ts";
import { load } from "./use-mesh.ts";

const run = (kind: Exclude<Piece, string>["run"]): Piece => ({ run: kind, min: 1 });

/** Patterns and the values that are hardest for them. The pattern stays, the value grows. */
const matched: Readonly<Record<string, () => (value: string) => unknown>> = {
  "a sequence of many runs": () => (value) =>
    matchesText(
      { kind: "sequence", pieces: Array.from({ length: 30 }, () => [run("any"), "a"]).flat() },
      value,
    ),
  "a sequence of segments": () => (value) =>
    matchesText(
      { kind: "sequence", pieces: Array.from({ length: 30 }, () => ["/", run("segment")]).flat() },
      value,
    ),
  "a path template": () => {
    const parsed = parsePathTemplate("/{*}/a/{*}/a/{**}");
    return (value) => "text" in parsed && matchesText(parsed.text, value);
  },
  "a template with a star": () => {
    const parsed = parsePathTemplate("/a*a/{*}/a*/{**}");
    return (value) => "text" in parsed && matchesText(parsed.text, value);
  },
  "a suffix in any case": () => (value) =>
    matchesText({ kind: "suffix", text: "aaaaab", fold: true }, value),
};

const expressions = [
  "(a*)*b",
  "(a|a)*b",
  "(a|aa)+b",
  "(.*)(.*)(.*)b",
  "(a?){30}a{30}",
  "((a{2}){10}){10}",
  "(?i)(A+)+b",
  "([^/]*/)*b",
  "\\b(a|\\b)*b",
];

const texts: Readonly<Record<string, (size: number) => string>> = {
  letters: repeat("a"),
  segments: repeat("/a"),
  "high bytes": repeat("\xc3\xa9"),
  "broken bytes": repeat("\xff"),
  lines: repeat("a\n"),
};

const growing: Readonly<Record<string, (size: number) => string>> = {
  letters: repeat("a"),
  groups: (n) => "(".repeat(n) + ")".repeat(n),
  "groups that never end": repeat("("),
  alternatives: repeat("a|"),
  repetitions: repeat("a*"),
  "counted repetitions": repeat("a{9}"),
  "nested counts": repeat("{9}", "a"),
  classes: repeat("[a-z]"),
  "a long class": (n) => `[${"a-z".repeat(n)}]`,
  "a class that never ends": repeat("[a"),
  escapes: repeat("\\d"),
  flags: repeat("(?i)"),
  "named groups": repeat("(?P<a>b)"),
  "a long name of a group": (n) => `(?P<${"a".repeat(n)}`,
  "nested stars": (n) => `${"(".repeat(n)}a${")*".repeat(n)}`,
};

const addresses: Readonly<Record<string, (size: number) => string>> = {
  digits: repeat("1"),
  dots: repeat("1."),
  colons: repeat("1:"),
  "colons alone": repeat(":"),
  slashes: repeat("/", "10.0.0.0"),
  percents: repeat("%", "fe80::1"),
  zeros: repeat("0", "10.0.0."),
  "a long length": repeat("0", "10.0.0.0/"),
};

function policyOf(rules: readonly object[]): string {
  return JSON.stringify({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "a", namespace: "shop" },
    spec: { rules },
  });
}

/** A policy with so many values, and a request of which nothing is known. */
const openEnded: Readonly<Record<string, (size: number) => readonly object[]>> = {
  "many paths": (n) => [
    { to: [{ operation: { paths: Array.from({ length: n }, (_, at) => `/p${at}`) } }] },
  ],
  "many rules": (n) =>
    Array.from({ length: n }, (_, at) => ({ to: [{ operation: { paths: [`/p${at}*`] } }] })),
  "many headers": (n) =>
    Array.from({ length: n }, (_, at) => ({
      when: [{ key: `request.headers[x-${at}]`, values: ["a"] }],
    })),
  "many callers": (n) => [
    {
      from: [{ source: { principals: Array.from({ length: n }, (_, at) => `a/ns/b/sa/c${at}`) } }],
    },
  ],
  "many blocks": (n) => [
    {
      from: [
        {
          source: {
            ipBlocks: Array.from({ length: n }, (_, at) => `10.${at % 256}.${at >> 8}.0/24`),
          },
        },
      ],
    },
  ],
};

function unknowns(make: (size: number) => readonly object[]): Growth["work"] {
  return (size) => {
    const text = policyOf(make(size));
    const { mesh } = load({ files: [{ path: "p.json", text }] }, text);
    const to = {
      namespace: "shop",
      labels: { app: "orders" },
      port: 8080,
      protocol: "http",
    } as const;
    return () => evaluate(mesh, { to, http: {} });
  };
}

export const matchGrowth: readonly Growth[] = [
  ...Object.entries(matched).flatMap(([pattern, make]) =>
    table(
      `${pattern} against`,
      texts,
      (text) => (size) => {
        const [value, match] = [text(size), make()];
        return () => match(value);
      },
      2 ** 18,
    ),
  ),
  ...expressions.flatMap((source) =>
    table(
      `RE2 ${source} against`,
      texts,
      (text) => (size) => {
        const value = text(size);
        return () => matchesRe2(source, value);
      },
      2 ** 16,
    ),
  ),
  ...table(
    "RE2 with many",
    growing,
    (make) => (size) => {
      let times = 0;
      const source = make(size);
      return () => {
        times += 1;
        return [
          re2Error(`${source}${"b".repeat(times)}`),
          matchesRe2(`${source}${"b".repeat(times)}`, "aaaaaaaa"),
        ];
      };
    },
    2 ** 16,
  ),
  ...table("CIDR of", addresses, (make) => (size) => {
    const text = make(size);
    return () => [parseAddress(text), parseCidr(text), parsePort(text)];
  }),
  ...table("unknown request,", openEnded, unknowns, 2 ** 12).map((growth) => ({
    ...growth,
    from: 16,
    steepest: 20, // every class of values meets every value of the policy; at most 4,096 are tried
  })),
];
