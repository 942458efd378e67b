import { trustDomain } from "../kubernetes/identity.ts";
import { matches } from "../match/matches.ts";
import { textSamples } from "../match/samples.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Attribute, Clause, Matcher, Pattern, Rule, Text } from "../model/rule.ts";
import { hexAddress } from "./address-text.ts";

/** A request that a rule is about, in the words of a request. Undefined: none was found, which proves nothing. */
export type Sample = Pick<AccessRequest, "from" | "sni"> & {
  readonly port?: number;
  readonly to?: string; // the Service that is addressed; absent: the point itself
  readonly ip?: string;
  readonly remote?: string; // the client's address, as a gateway sees it
  readonly http: {
    readonly method: string;
    readonly path: string;
    readonly host?: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly claims: readonly (readonly [path: readonly string[], value: string])[];
  readonly principal?: string; // issuer and subject, joined
};

/** An identity of the mesh that no policy names. */
export function stranger(mesh: Mesh): string {
  return `spiffe://${trustDomain(mesh.config)}/ns/stranger/sa/stranger`;
}

/** One request that fulfils a rule: the first alternative of each group for which values can be found. */
export function sampleOf(
  mesh: Mesh,
  rule: Rule,
  ports: readonly number[] = [],
): Sample | undefined {
  const choices = rule.groups.map(({ any }) => any);
  for (const chosen of combinations(choices.map((any) => any.map(({ all }) => all)))) {
    const sample = fulfil(mesh, chosen.flat(), ports);
    if (sample !== undefined) return sample;
  }
  return undefined;
}

/** So many combinations of alternatives are tried. */
const most = 32;

function combinations<Item>(lists: readonly (readonly Item[])[]): readonly (readonly Item[])[] {
  let all: readonly (readonly Item[])[] = [[]];
  for (const list of lists)
    all = all.flatMap((chosen) => list.map((item) => [...chosen, item])).slice(0, most);
  return all;
}

function fulfil(
  mesh: Mesh,
  clauses: readonly Clause[],
  ports: readonly number[],
): Sample | undefined {
  const byAttribute = new Map<string, Clause[]>();
  for (const clause of clauses) {
    const key = JSON.stringify(clause.attribute);
    byAttribute.set(key, [...(byAttribute.get(key) ?? []), clause]);
  }
  let sample: Sample = { http: { method: "GET", path: "/", headers: {} }, claims: [] };
  for (const group of byAttribute.values()) {
    const [first] = group;
    if (first !== undefined && isMissable(first.attribute, group)) continue;
    const value = first && valueFor(mesh, first.attribute, group, ports);
    const next: Sample | undefined =
      value === undefined || first === undefined ? undefined : put(sample, first.attribute, value);
    if (next === undefined) return undefined;
    sample = next;
  }
  return sample;
}

/** What may be missing fulfils a clause that only excludes: a token, a header. */
function isMissable({ kind }: Attribute, clauses: readonly Clause[]): boolean {
  return missable.has(kind) && clauses.every(({ any }) => any === undefined);
}

const missable: ReadonlySet<Attribute["kind"]> = new Set<Attribute["kind"]>([
  ...(["request.principal", "claim", "header"] as const),
]);

function valueFor(
  mesh: Mesh,
  attribute: Attribute,
  clauses: readonly Clause[],
  ports: readonly number[],
): string | undefined {
  const patterns = clauses.flatMap(({ any = [], none = [] }) => [...any, ...none]);
  const isTold = (value: string): boolean =>
    clauses.every(({ any, none = [] }) => {
      const some = any === undefined || any.some((pattern) => matches(pattern, value));
      return some && !none.some((pattern) => matches(pattern, value));
    });
  return candidates(mesh, attribute, patterns, ports).find(
    (value) => isTold(value) && isPossible(attribute, value),
  );
}

function candidates(
  mesh: Mesh,
  attribute: Attribute,
  patterns: readonly Matcher[],
  ports: readonly number[],
): readonly string[] {
  switch (attribute.kind) {
    case "destination.port":
      return [...patterns.flatMap(portOf), ...ports, 8080, 18_080].map(String);
    case "source.ip":
    case "remote.ip":
    case "destination.ip":
      return [...patterns.flatMap(addressOf), "10.9.8.7", "203.0.113.9"];
    case "peer":
      return identities(mesh, patterns);
    case "path":
      return [...texts(patterns), ...texts(patterns).map((text) => `/${text}`), "/", "/x/y"];
    case "method":
      return [...texts(patterns), "GET", "POST", "DELETE"];
    case "request.principal":
      return patterns.flatMap(principals);
    default:
      return [...texts(patterns), "x", "something.example.com"];
  }
}

function texts(patterns: readonly Pattern[]): readonly string[] {
  return textSamples(patterns.flatMap((pattern) => textOf(pattern)));
}

function textOf(pattern: Pattern): readonly Text[] {
  switch (pattern.kind) {
    case "cidr":
    case "port":
    case "principal":
      return [];
    case "list":
      return [pattern.element];
    default:
      return [pattern];
  }
}

function portOf(pattern: Pattern): readonly number[] {
  return pattern.kind === "port" ? [pattern.port] : [];
}

function addressOf(pattern: Pattern): readonly string[] {
  return pattern.kind === "cidr" ? [hexAddress(pattern.low), hexAddress(pattern.high)] : [];
}

function principals(pattern: Pattern): readonly string[] {
  if (pattern.kind !== "principal") return [];
  const [issuers, subjects] = [textSamples([pattern.issuer]), textSamples([pattern.subject])];
  return issuers.flatMap((issuer) => subjects.map((subject) => `${issuer}\ud800${subject}`));
}

/** Well-formed identities out of the fixed parts of patterns. */
function identities(mesh: Mesh, patterns: readonly Pattern[]): readonly string[] {
  const domain = trustDomain(mesh.config);
  const made = texts(patterns).flatMap((text) => {
    const bare = text.replace(/^spiffe:\/\//, "");
    const local = bare.replace(/^.*?\/ns\//, "ns/").replace(/\/$/, "");
    const [, account] = /\/sa\/([^/]+)$/.exec(text) ?? [];
    const [, namespace] = /\/ns\/([^/]+)/.exec(text) ?? [];
    return [
      ...[text, `${text}sa/x`, `${text}/sa/x`, `${text}/ns/x/sa/x`, `${text}ns/x/sa/x`],
      ...[`spiffe://${domain}${text}`, `spiffe://${domain}/ns/default${text}`],
      ...[`spiffe://${domain}/ns/default/sa/${text}`, `spiffe://${domain}/${local}`],
      `spiffe://${domain}/${local}/sa/x`,
      ...(account === undefined ? [] : [`spiffe://${domain}/ns/default/sa/${account}`]),
      ...(namespace === undefined ? [] : [`spiffe://${domain}/ns/${namespace}/sa/default`]),
    ];
  });
  return [
    ...made,
    `spiffe://${domain}/ns/default/sa/default`,
    `spiffe://${domain}/ns/other/sa/other`,
  ];
}

/** What a request can have: a well-formed identity, a path that begins with a slash, a host without blanks. */
function isPossible({ kind }: Attribute, value: string): boolean {
  switch (kind) {
    case "peer":
      return /^spiffe:\/\/[^/]+\/ns\/[^/]+\/sa\/[^/]+$/.test(value);
    case "path":
      return /^\/[\x21-\x7e]*$/.test(value) && !/[?#%\\]|\/\/|\/\.{1,2}(?:\/|$)/.test(value);
    case "method":
      return /^[A-Z]+$/.test(value);
    case "host":
      return /^[\w.:-]+$/.test(value);
    case "header":
    case "claim":
    case "sni":
      return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value);
    default:
      return true;
  }
}

function put(sample: Sample, attribute: Attribute, value: string): Sample | undefined {
  const { http } = sample;
  switch (attribute.kind) {
    case "peer":
      return { ...sample, from: value };
    case "source.ip":
      return { ...sample, ip: value };
    case "remote.ip":
      return { ...sample, remote: value, http: withHeader(http, "x-forwarded-for", value) };
    case "destination.port":
      return { ...sample, port: Number(value) };
    case "sni":
      return { ...sample, sni: value };
    case "method":
    case "path":
    case "host":
      return { ...sample, http: { ...http, [attribute.kind]: value } };
    case "header":
      return { ...sample, http: withHeader(http, attribute.name, value) };
    case "claim":
      return { ...sample, claims: [...sample.claims, [attribute.path, value]] };
    case "request.principal":
      return { ...sample, principal: value };
    default:
      return undefined;
  }
}

function withHeader(http: Sample["http"], name: string, value: string): Sample["http"] {
  return { ...http, headers: { ...http.headers, [name]: value } };
}
