import { ztunnelOf } from "../journey/programs.ts";
import type { Mesh } from "../model/mesh.ts";
import type {
  ExtAuthzFilter,
  Filter,
  FilterChain,
  JwtProvider,
  Program,
  Proxy,
} from "../model/program.ts";
import type { Rule } from "../model/rule.ts";
import type { Protocol } from "./api.ts";
import { unseenDestination } from "./proxied.ts";
import { withServedPods } from "./served-pods.ts";
import { chainKey, ruleKey } from "./space/chain-key.ts";
import { lanesOf } from "./space/lanes.ts";
import { looksOf } from "./space/looks.ts";
import { asksStrangers } from "./space/strangers.ts";
import { withTunnels } from "./tunnels.ts";
import { withUncaptured } from "./uncaptured.ts";
import { unreadAt } from "./unread.ts";

/** What istiod tells a proxy. Where that is chance, or not worked out, there is no answer: why. */
export function toldTo(mesh: Mesh, proxy: Proxy): Program | string {
  const unread = unreadAt(mesh, proxy);
  if (unread !== undefined) return unread;
  if (proxy.kind === "ztunnel") {
    const { programs } = ztunnelOf(mesh, proxy);
    return programs.length > 1
      ? "which of several equally old PeerAuthentications counts is chance"
      : withUncaptured(mesh, proxy, programs[0]);
  }
  const program = withTunnels(mesh, proxy);
  if (program.unsupported) return `what istiod tells a ${proxy.kind} is not worked out`;
  const refused = program.listeners.find((listener) => listener.refused)?.refused;
  if (refused) return `Envoy does not take this configuration: ${refused.cause}`;
  const unseen = unseenDestination(program);
  if (unseen !== undefined) return unseen;
  if (proxy.kind === "sidecar" && chainsOf(program).some(({ tls }) => asksStrangers(tls)))
    return "TLS of a Sidecar's ingress asks for certificates of another authority: they are not worked out";
  return withServedPods(mesh, proxy, withUncaptured(mesh, proxy, program));
}

function chainsOf({ listeners }: Program): readonly FilterChain[] {
  return listeners.flatMap(({ chains }) => chains);
}

const keys = new WeakMap<Program, string>();

/** Everything that decides at a proxy, as text: two with the same are treated as one. */
export function programKey(program: Program): string {
  const known = keys.get(program);
  if (known !== undefined) return known;
  const lanes = (protocol: Protocol): readonly unknown[] =>
    lanesOf(program, protocol).map(({ port, transport, chain, proxied, addresses }) => [
      port,
      transport,
      proxied,
      addresses,
      chain?.match.serverNames,
      chainKey(chain),
    ]);
  const { kind, addresses } = program.proxy;
  const key = JSON.stringify([kind, lanes("http"), lanes("tcp"), addresses]);
  keys.set(program, key);
  return key;
}

/** Whether two programs decide alike. Where a rule tells them apart, that is seen without a look at all of the others. */
export function decideAlike(a: Program, b: Program): boolean {
  const isTold = (["http", "tcp"] as const).some((protocol) => {
    const others = lanesOf(b, protocol);
    return lanesOf(a, protocol).some(({ chain }, index) => {
      const other = others[index]?.chain;
      return chain && other && haveOtherRules(chain.filters, other.filters);
    });
  });
  return !isTold && programKey(a) === programKey(b);
}

/** Whether some rule stands where the other filters have another one; false says nothing. */
function haveOtherRules(filters: readonly Filter[], others: readonly Filter[]): boolean {
  if (filters === others || filters.length !== others.length) return false;
  return filters.some((filter, index) => {
    const other = others[index];
    if (filter.kind !== "rbac" || other?.kind !== "rbac" || filter.action === "AUDIT") return false;
    const { rules = [] } = filter;
    const theirs = other.rules ?? [];
    if (rules.length !== theirs.length) return false;
    return rules.some((rule, at) => {
      const its = theirs[at];
      return its && its !== rule && ruleKey(its) !== ruleKey(rule);
    });
  });
}

const filters = new WeakMap<Program, readonly Filter[]>();

/** The filters of all chains, each once. */
export function filtersOf(program: Program): readonly Filter[] {
  const known = filters.get(program);
  if (known) return known;
  const found = new Set<Filter>();
  for (const { chains } of program.listeners)
    for (const chain of chains) for (const filter of chain.filters) found.add(filter);
  const made = [...found];
  filters.set(program, made);
  return made;
}

/** The enforced rules of some filters. */
export function rulesOf(filters: readonly Filter[]): readonly Rule[] {
  return filters.flatMap((filter) => (filter.kind === "jwt" ? [] : (filter.rules ?? [])));
}

/** The JWT providers of a program. */
export function jwtProvidersOf(program: Program): readonly JwtProvider[] {
  const providers: JwtProvider[] = [];
  for (const filter of filtersOf(program))
    if (filter.kind === "jwt") providers.push(...filter.providers);
  return providers;
}

/** The issuers whose subjects a proxy writes to a header. */
export function subjectsSentBy(program: Program): readonly string[] {
  const writing = jwtProvidersOf(program).filter(({ claimHeaders }) =>
    claimHeaders.some(({ claim }) => claim.join(".") === "sub"),
  );
  return writing.map(({ issuer }) => issuer);
}

/** Where external authorizers are asked, in every chain. */
export function authorizersOf(program: Program): readonly ExtAuthzFilter[] {
  return filtersOf(program).filter((filter) => filter.kind === "ext-authz");
}

/** Whether some rule looks at the path with its query. */
export function looksAtQueries(programs: readonly Program[]): boolean {
  for (const program of programs)
    for (const filter of filtersOf(program))
      if (filter.kind !== "jwt" && looksOf(filter.rules).has("header :path")) return true;
  return false;
}

/** The trust domains that all sides ask for in their handshakes; undefined: they differ, or some side takes any. */
export function agreedDomains(programs: readonly Program[]): readonly string[] | undefined {
  if (programs.some(letsTlsPass)) return undefined;
  const asked = new Map<string, readonly string[] | undefined>();
  for (const { listeners } of programs)
    for (const { chains } of listeners)
      for (const { tls } of chains)
        if (tls) asked.set(JSON.stringify(tls.trustDomains) ?? "", tls.trustDomains);
  const [first, ...others] = asked.values();
  return others.length === 0 ? first : undefined;
}

const passing = new WeakMap<Program, boolean>();

/** Whether TLS gets through somewhere that the proxy does not end: nobody looks at whose certificate that shows. */
function letsTlsPass(program: Program): boolean {
  const known = passing.get(program);
  if (known !== undefined) return known;
  const made = (["http", "tcp"] as const).some((protocol) =>
    lanesOf(program, protocol).some(
      ({ transport, chain }) => transport === "mtls" && chain !== undefined && !chain.tls,
    ),
  );
  passing.set(program, made);
  return made;
}
