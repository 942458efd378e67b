import { matchesText } from "../match/matches.ts";
import type { Facts } from "../model/fact.ts";
import type { Filter, FilterChain } from "../model/program.ts";
import type { Attribute, Text } from "../model/rule.ts";
import { withoutQuery } from "./attributes.ts";
import {
  absent,
  addressCandidates,
  attributesOf,
  type Candidates,
  portCandidates,
  textCandidates,
} from "./candidates.ts";
import { knownMethod, knownMethods } from "./http/http1-codec.ts";
import { normalizePath } from "./http/normalize-path.ts";
import { lookedAt } from "./route-looks.ts";

/** The questions that a chain asks about parts of a request that nobody stated. Each is asked once. */
export interface Questions {
  readonly sourceIp: () => string;
  readonly destinationIp: () => string;
  readonly destinationPort: () => number;
  readonly identity: () => string; // a SPIFFE id
  readonly method: () => string;
  readonly target: () => string;
  readonly host: () => string;
  readonly header: (name: string) => string | undefined;
  /** What was answered so far. */
  readonly answered: (id: string) => string | undefined;
}

/** Candidates come from what the chain's rules compare with. `host`: the ordinary one. */
export function askAbout(chain: FilterChain, host: string, facts: Facts): Questions {
  const filters = lookedAt(chain);
  const answers = new Map<string, string>();
  const known = remembered(chain);
  const ask = (id: string, candidates: () => Candidates, key: string = id): string => {
    const before = answers.get(id);
    if (before !== undefined) return before;
    const values = known.get(key) ?? candidates();
    known.set(key, values);
    const answer = facts.ask({ id, ...values });
    answers.set(id, answer);
    return answer;
  };
  return {
    sourceIp: () => ask("source.ip", () => addressCandidates(filters, isClientAddress)),
    destinationIp: () =>
      ask("destination.ip", () => addressCandidates(filters, is("destination.ip"))),
    destinationPort: () => Number(ask("destination.port", () => ports(chain, filters))),
    identity: () => ask("source.principal", () => identities(chain)),
    method: () => ask("http.method", () => methods(filters)),
    target: () => ask("http.path", () => targets(filters, chain)),
    host: () => ask("http.host", () => hosts(filters, host), `http.host ${host}`),
    header: (name) => {
      const answer = ask(`header:${name}`, () => headerValues(filters, name));
      return answer === absent ? undefined : answer;
    },
    answered: (id) => answers.get(id),
  };
}

const candidatesOf = new WeakMap<FilterChain, Map<string, Candidates>>();

/** The candidates of a chain depend on nothing else, and every fork of an evaluation needs them again. */
function remembered(chain: FilterChain): Map<string, Candidates> {
  const known = candidatesOf.get(chain) ?? new Map<string, Candidates>();
  candidatesOf.set(chain, known);
  return known;
}

type Test = (attribute: Attribute) => boolean;

function is(kind: Attribute["kind"]): Test {
  return (attribute) => attribute.kind === kind;
}

function header(...names: readonly string[]): Test {
  return (attribute) => attribute.kind === "header" && names.includes(attribute.name);
}

function isClientAddress({ kind }: Attribute): boolean {
  return kind === "source.ip" || kind === "remote.ip";
}

/** A port of every class; what a proxy writes of it into a header may be told apart further. */
function ports({ http }: FilterChain, filters: readonly Filter[]): Candidates {
  const candidates = portCandidates(filters);
  return http?.forwardedPort ? { candidates, partial: true } : { candidates };
}

function methods(filters: readonly Filter[]): Candidates {
  const looks = [{ of: is("method") }, { of: header(":method") }];
  return textCandidates(filters, looks, ["GET", "POST", ...knownMethods], (sample) =>
    knownMethod(sample) ? sample : undefined,
  );
}

function targets(filters: readonly Filter[], { http }: FilterChain): Candidates {
  const looks = [{ of: is("path"), part: withoutQuery }, { of: header(":path") }];
  return textCandidates(
    filters,
    looks,
    ["/", "/x", "/meshproof"],
    (sample) => {
      const target = sample.startsWith("/") ? sample : `/${sample}`;
      if (!/^[!-~]*$/.test(target)) return undefined;
      const normalized = http && normalizePath(target, http);
      return normalized?.kind === "path" ? normalized.path : undefined;
    },
    [{ kind: "prefix", text: "/" }],
  );
}

function hosts(filters: readonly Filter[], ordinary: string): Candidates {
  const looks = [{ of: is("host") }, { of: header(":authority", "host") }];
  return textCandidates(filters, looks, [ordinary, "meshproof.invalid"], (sample) =>
    /^[A-Za-z0-9\-._~%!$&'()*+,;=:[\]]+$/.test(sample) ? sample : undefined,
  );
}

/** The headers that filters look at, but for Host. */
export function headerNames(filters: readonly Filter[]): readonly string[] {
  const names = attributesOf(filters).flatMap((attribute) =>
    attribute.kind === "header" && !/^:|^host$/.test(attribute.name) ? attribute.name : [],
  );
  return [...new Set(names)];
}

/** A value of each class that filters tell apart of a header, and its absence. x-forwarded-for is looked at as an address, too. */
export function headerValues(filters: readonly Filter[], name: string): Candidates {
  const texts = textCandidates(filters, [{ of: header(name) }], ["meshproof"], (sample) =>
    /^[\t -~\x80-\xff]*$/.test(sample) && sample.trim() === sample ? sample : undefined,
  );
  const addresses =
    name === "x-forwarded-for" ? addressCandidates(filters, is("remote.ip")).candidates : [];
  return { ...texts, candidates: [...new Set([absent, ...texts.candidates, ...addresses])] };
}

/** Identities of meshes that the handshake lets in. An authority of somebody's own signs names of any kind. */
function identities({ filters, tls }: FilterChain): Candidates {
  const looks = [{ of: is("peer") }];
  if (tls?.authority === "credential")
    return textCandidates(filters, looks, ["CN=client"], (name) => name || undefined);
  const domains = tls?.trustDomains;
  const [domain = "cluster.local"] = domains ?? [];
  const ordinary = [`spiffe://${domain}/ns/default/sa/default`];
  if (domains === undefined)
    return textCandidates(filters, looks, ordinary, (sample) =>
      tls === undefined ? undefined : inDomain(sample, domain),
    );
  const language = domains.map(workloads);
  const usable = (sample: string): string | undefined => {
    const identity = inDomain(sample, domain);
    const isGiven = language.some((names) => matchesText(names, identity));
    return isGiven || isSpelledOut(sample, domains) ? identity : undefined;
  };
  return textCandidates(filters, looks, ordinary, usable, language);
}

/** The sample of a pattern, with a trust domain where the pattern leaves it open. */
function inDomain(sample: string, domain: string): string {
  return sample.startsWith("spiffe://")
    ? sample.replace(/^spiffe:\/\/x?\//, `spiffe://${domain}/`)
    : `spiffe://${domain}${sample.startsWith("/") ? "" : "/"}${sample}`;
}

/** A name of another form than Istio's, under a trust domain that the policy spells out: another issuer may sign it. */
function isSpelledOut(sample: string, domains: readonly string[]): boolean {
  return domains.some(
    (domain) =>
      sample.startsWith(`spiffe://${domain}/`) && !sample.startsWith(`spiffe://${domain}/ns/`),
  );
}

/** The identities that a mesh gives to its workloads. */
function workloads(domain: string): Text {
  const name = { run: "segment", min: 1 } as const;
  return { kind: "sequence", pieces: [`spiffe://${domain}/ns/`, name, "/sa/", name] };
}
