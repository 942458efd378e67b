import { expect, test } from "vitest";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest, HttpParts } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { worldOf } from "./analyse-world.ts";

/**
 * A policy allows one value, and nobody is to get in: that must be violated wherever the evaluator allows a request with it, and hold
 * where none can be sent. Asked of every character of ASCII and some others, at the beginning, in the middle and at the end of values.
 */
const characters = [
  ...Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code)),
  ...["\u0080", "\u00ad", "\u00e9", "\u00ff", "\u0394", "\u0800", "\u20ac", "\ufffd", "\u{1f600}"],
];

/** Letters, digits and most control characters are alike, wherever they stand. */
function valuesAfter(before: string): readonly string[] {
  return characters.flatMap((each) => {
    const places = [`x${each}x`, `${each}x`, `x${each}`, each];
    const isOne = /[0-9A-Za-z]/.test(each) || (each < " " && !"\0\t\n\r".includes(each));
    return (isOne ? places.slice(0, 1) : places).map((text) => before + text);
  });
}

/** What a policy asks for, and how one would send it. */
interface Looked {
  readonly rule: (values: readonly string[]) => PolicyRule;
  readonly requests: (value: string) => readonly AccessRequest[];
  readonly before?: string; // of each value
}

interface Around {
  readonly writes?: string; // the claim that a header repeats
  readonly normalization?: string;
  readonly asks?: true; // an external authorizer
}

const base = { from: "none", to: { namespace: "prod", port: 80 }, transport: "plaintext" } as const;
const [get, source] = [{ method: "GET", path: "/" }, { ip: "10.0.0.1" }];

function http(parts: HttpParts): readonly AccessRequest[] {
  return (["1.1", "2"] as const).map((version) => ({
    ...base,
    source,
    http: { ...get, host: "h", version, ...parts },
  }));
}

function named(sni: string): readonly AccessRequest[] {
  const from = "spiffe://cluster.local/ns/a/sa/b";
  return [{ ...base, source, from, transport: "mtls", http: get, sni }];
}

function withToken(claims: Readonly<Record<string, unknown>>): readonly AccessRequest[] {
  const parts = [
    { alg: "RS256", typ: "JWT" },
    { iss: "https://i", sub: "s", ...claims },
  ];
  const texts = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [{ ...base, source, http: get, token: [...texts, "unsigned"].join(".") }];
}

function writing(value: string): readonly AccessRequest[] {
  const providers = { oauth: { allow: { set: { "x-p": value } } } };
  return http({}).map((request) => ({ ...request, providers }));
}

function when(key: string): Looked["rule"] {
  return (values) => ({ when: [{ key, values }] });
}

function header(name: string): Looked {
  return {
    rule: when(`request.headers[${name}]`),
    requests: (value) => http({ headers: { [name]: value } }),
  };
}

const paths: Looked = {
  rule: (values) => ({ to: [{ operation: { paths: values } }] }),
  requests: (path) => http({ path }),
  before: "/",
};
const targets: Looked = { ...paths, rule: when("request.headers[:path]"), before: "/a?" };
const written = when("request.headers[x-c]");

const looked: readonly (readonly [string, Looked, Around])[] = [
  [
    "methods",
    {
      rule: (values) => ({ to: [{ operation: { methods: values } }] }),
      requests: (method) => http({ method }),
    },
    {},
  ],
  [
    "hosts",
    {
      rule: (values) => ({ to: [{ operation: { hosts: values } }] }),
      requests: (host) => http({ host }),
    },
    {},
  ],
  [
    "hosts as headers",
    { rule: when("request.headers[:authority]"), requests: (host) => http({ host }) },
    {},
  ],
  ...["NONE", "BASE", "MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES"].map(
    (normalization) => [`paths, ${normalization}`, paths, { normalization }] as const,
  ),
  ["paths with their queries", targets, {}],
  ["headers", header("x-h"), {}],
  ["headers of one line", header("user-agent"), {}],
  [
    "headers that a provider writes",
    { rule: when("request.headers[x-p]"), requests: writing },
    { asks: true },
  ],
  [
    "headers that repeat a claim",
    { rule: written, requests: (c) => withToken({ c }) },
    { writes: "c" },
  ],
  [
    "headers that repeat the subject",
    { rule: written, requests: (sub) => withToken({ sub }) },
    { writes: "sub" },
  ],
  ["server names", { rule: when("connection.sni"), requests: named }, {}],
  ["claims", { rule: when("request.auth.claims[c]"), requests: (c) => withToken({ c: [c] }) }, {}],
  [
    "audiences",
    { rule: when("request.auth.audiences"), requests: (aud) => withToken({ aud: [aud] }) },
    {},
  ],
  [
    "presenters",
    { rule: when("request.auth.presenter"), requests: (azp) => withToken({ azp: [azp] }) },
    {},
  ],
  [
    "subjects",
    {
      rule: (values) => ({
        from: [{ source: { requestPrincipals: values.map((value) => `https://i/${value}`) } }],
      }),
      requests: (sub) => withToken({ sub }),
    },
    {},
  ],
];

const oauth = { action: "CUSTOM", rules: [{}], provider: "oauth" } as const;

function worldWith(allowed: PolicyRule, { writes = "other", normalization, asks }: Around): Mesh {
  const outputClaimToHeaders = [{ header: "x-c", claim: writes }];
  const jwtRule = { issuer: "https://i", jwksUri: "https://i/keys", outputClaimToHeaders };
  const policies = [{ action: "ALLOW", rules: [allowed] } as const, ...(asks ? [oauth] : [])];
  const mesh = worldOf(policies, { jwtRules: [jwtRule] });
  const envoyExtAuthzHttp = { service: "oauth", port: 80, headersToUpstreamOnAllow: ["x-p"] };
  const extensionProviders = [{ name: "oauth", envoyExtAuthzHttp }];
  const paths = normalization ? { pathNormalization: { normalization } } : {};
  return { ...mesh, config: { ...mesh.config, ...paths, extensionProviders } } as Mesh;
}

function isAllowed(mesh: Mesh, request: AccessRequest): boolean {
  const { token, http: parts } = request;
  const values = typeof parts === "object" ? Object.values(parts.headers ?? {}).flat() : [];
  if (values.some((value) => /[\r\n\0]/.test(value))) return false; // one header has one line
  const signatures = typeof token === "string" ? { [token]: "valid" as const } : {};
  const options = { signatures, keys: { "https://i": "trusted" } };
  return evaluate(mesh, request, options).decision === "allow";
}

function proved(mesh: Mesh, allowed: PolicyRule): string | undefined {
  const requests = { protocol: "http", ...allowed } as const;
  const target = { namespace: "prod" };
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
  for (const { regions } of proof?.violations ?? [])
    for (const { witness } of regions)
      if (!witness.claims)
        expect([witness.request, isAllowed(mesh, witness.request)]).toEqual([
          witness.request,
          true,
        ]);
  return proof?.result;
}

test.each(looked)(
  "%s: a value is one that nobody has only where nobody can",
  (_, about, around) => {
    const others: string[] = [];
    let there = 0;
    for (const value of valuesAfter(about.before ?? "")) {
      const allowed = about.rule([value]);
      const mesh = worldWith(allowed, around);
      if (about.requests(value).some((request) => isAllowed(mesh, request))) {
        there += 1;
        expect([value, proved(mesh, allowed)]).toEqual([value, "violated"]);
      } else others.push(value);
    }
    expect(there).toBeGreaterThan(100);
    if (others.length === 0) return;
    const allowed = about.rule(others);
    expect(proved(worldWith(allowed, around), allowed)).toBe("holds-vacuously");
  },
);
