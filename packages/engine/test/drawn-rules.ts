import type { KnownRequest } from "../src/envoy/index/known-request.ts";
import type { Read } from "../src/envoy/rbac.ts";
import { parseCidr } from "../src/match/address.ts";
import {
  parseHost,
  parseNamespace,
  parsePrincipal,
  parseRequestPrincipal,
  parseServiceAccount,
  parseText,
  parseTrustDomain,
} from "../src/match/parse-text.ts";
import { parsePathTemplate } from "../src/match/path-template.ts";
import { joinPrincipal } from "../src/match/principal.ts";
import type { Attribute, Clause, Group, Pattern, Rule } from "../src/model/rule.ts";

export type Pick = (below: number) => number;

/** Numbers that are the same in every run. */
export function random(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const literal = { namespaces: true, serviceAccounts: true };
const quoted = { namespaces: false, serviceAccounts: false };
const domains = ["td", "ns", "cluster.local", "t*d"];
const names = ["a", "b", "ab", "a-b", "ns", "sa", "s"];

/** Patterns as policies write them, and values that only just match or miss. */
const vocabularies: readonly {
  readonly attribute: Attribute;
  readonly pattern: (pick: Pick) => Pattern | undefined;
  readonly value: (pick: Pick) => string;
}[] = [
  {
    attribute: { kind: "peer" },
    pattern: (pick) => {
      const [domain, name, other] = [one(pick, domains), one(pick, names), one(pick, names)];
      const spelling = pick(6) === 0 ? quoted : literal;
      const principals = [
        `${domain}/ns/${name}/sa/${other}`,
        `${domain}/ns/${name}/*`,
        `*/ns/${name}/sa/${other}`,
        `*${other}`,
        `*/${domain}/ns/${name}/sa/${other}`,
        "*",
      ];
      const namespaces = [name, `${name}*`, `*${name}`, `${name}*${other}`, "*"];
      const accounts = parseServiceAccount(`${name}/${other}`, "a", spelling);
      return one<Pattern | undefined>(pick, [
        parsePrincipal(one(pick, principals), spelling),
        parseNamespace(one(pick, namespaces), spelling),
        accounts[pick(accounts.length)],
        parseTrustDomain(one(pick, [domain, "t*", "*"])),
      ]);
    },
    value: (pick) => {
      const [domain, name, other] = [one(pick, domains), one(pick, names), one(pick, names)];
      const usual = `spiffe://${domain}/ns/${name}/sa/${other}`;
      const strange = [
        `${usual}/x`,
        `${usual}\n`,
        `x${usual}`,
        "",
        "CN=a",
        `spiffe:///ns/${name}/`,
      ];
      return pick(4) > 0 ? usual : one(pick, strange);
    },
  },
  {
    attribute: { kind: "path" },
    pattern: (pick) => {
      const path = one(pick, ["/a", "/a/b", "/ab", "/", "", "/b/a"]);
      const template = parsePathTemplate(one(pick, ["/a/{*}", "/{**}/b"]));
      return one<Pattern | undefined>(pick, [
        parseText(path),
        parseText(`${path}*`),
        parseText(`*${path}`),
        parseText("*"),
        "text" in template ? template.text : undefined,
      ]);
    },
    value: (pick) => one(pick, ["/a", "/a/b", "/a/b/a", "/ab", "/", "", "/b", "/A", "/a/\n"]),
  },
  {
    attribute: { kind: "method" },
    pattern: (pick) => parseText(one(pick, ["GET", "G*", "*T", "*", "get"])),
    value: (pick) => one(pick, ["GET", "POST", "G", "get", ""]),
  },
  {
    attribute: { kind: "host" },
    pattern: (pick) => parseHost(one(pick, ["a.b", "A.b", "a.*", "*.B", "*", "a"])),
    value: (pick) => one(pick, ["a.b", "A.B", "a.", "x.b", "b", ""]),
  },
  {
    attribute: { kind: "sni" },
    pattern: (pick) => parseText(one(pick, ["a.b", "a*", "*b", "*"])),
    value: (pick) => one(pick, ["a.b", "a", "b", ""]),
  },
  ...(["source.ip", "remote.ip", "destination.ip"] as const).map((kind) => ({
    attribute: { kind },
    pattern: (pick: Pick) =>
      parseCidr(
        one(pick, [
          "10.0.0.0/8",
          "10.1.0.0/16",
          "10.1.2.3",
          "0.0.0.0/0",
          "255.255.255.255",
          "::/0",
          "2001:db8::/32",
          "2001:db8::1",
        ]),
      ),
    value: (pick: Pick) =>
      one(pick, [
        "10.1.2.3",
        "10.1.2.4",
        "10.255.255.255",
        "11.0.0.0",
        "0.0.0.0",
        "255.255.255.255",
        "010.1.2.3",
        "10.1.2",
        "2001:db8::1",
        "2001:db9::",
        "::",
        "::ffff:10.1.2.3",
        "x",
        "",
      ]),
  })),
  {
    attribute: { kind: "destination.port" },
    pattern: (pick) => ({ kind: "port", port: one(pick, [80, 8080, 443]) }),
    value: (pick) => `${one(pick, [80, 8080, 443, 1])}`,
  },
  {
    attribute: { kind: "request.principal" },
    pattern: (pick) => parseRequestPrincipal(one(pick, ["i/s", "i/*", "*/s", "*", "i"])),
    value: (pick) =>
      joinPrincipal({ issuer: one(pick, ["i", "j"]), subject: one(pick, ["s", ""]) }),
  },
  {
    attribute: { kind: "header", name: "x" },
    pattern: (pick) => parseText(one(pick, ["a", "a*", "*"])),
    value: (pick) => one(pick, ["a", "ab", ""]),
  },
  {
    attribute: { kind: "claim", path: ["g"] },
    pattern: (pick) => parseText(one(pick, ["a", "*a", "ü"])),
    value: (pick) => one(pick, ["a", "ba", "ü"]),
  },
  {
    attribute: { kind: "metadata", filter: "f", key: "k" },
    pattern: () => parseText("a"),
    value: () => "",
  },
];

function one<Item>(pick: Pick, items: readonly [Item, ...Item[]] | readonly Item[]): Item {
  const found = items[pick(items.length)];
  if (found === undefined && !items.includes(found as Item)) throw new TypeError("nothing to pick");
  return found as Item;
}

export function list<Item>(count: number, make: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

export function drawRules(pick: Pick, count: number): readonly Rule[] {
  const clause = (): Clause => {
    const { attribute, pattern } = one(pick, vocabularies);
    const side = (size: number) =>
      list(size, (of) => ({ of, pattern: pattern(pick) })).flatMap(({ of, pattern: made }) =>
        made ? [{ ...made, of }] : [],
      );
    return {
      attribute,
      field: "values",
      ...(pick(4) > 0 ? { any: side(1 + pick(3)) } : {}),
      ...(pick(3) === 0 ? { none: side(1 + pick(2)) } : {}),
    };
  };
  const group = (): Group => ({
    of: "to",
    any: list(pick(10) === 0 ? 0 : 1 + pick(2), (index) => ({
      index,
      all: list(1 + pick(2), clause),
    })),
  });
  return list(count, (index) => ({
    name: `rule[${index}]`,
    policy: { kind: "AuthorizationPolicy", namespace: "a", name: "p" },
    index,
    groups: list(pick(12) === 0 ? 0 : 1 + pick(3), group),
  }));
}

type Kinds = Partial<Record<Attribute["kind"], string>>;

/** A request as the index takes it, and as the walker reads it. */
export function drawRequest(pick: Pick): { readonly known: KnownRequest; readonly read: Read } {
  const values: Kinds = {};
  for (const { attribute, value } of vocabularies)
    if (attribute.kind === "destination.port" || pick(8) > 0) values[attribute.kind] = value(pick);
  const several = list(pick(3), () => one(pick, ["a", "ab", "c"]));
  const known: KnownRequest = {
    peer: values.peer,
    sourceIp: values["source.ip"],
    remoteIp: values["remote.ip"],
    destinationIp: values["destination.ip"],
    destinationPort: Number(values["destination.port"]),
    sni: values.sni,
    host: values.host,
    method: values.method,
    path: values.path,
    principal: values["request.principal"],
    header: () => several,
    claim: () => several,
  };
  const read: Read = ({ kind }) => {
    if (kind === "header" || kind === "claim") return several;
    const value = kind === "metadata" ? undefined : values[kind];
    return value === undefined ? [] : [value];
  };
  return { known, read };
}
