import { ztunnelOf } from "../journey/programs.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Filter, JwtProvider, Program, Proxy } from "../model/program.ts";
import type { Rule } from "../model/rule.ts";
import type { Protocol } from "./api.ts";
import { chainKey } from "./space/chain-key.ts";
import { lanesOf } from "./space/lanes.ts";
import { withTunnels } from "./tunnels.ts";

/** What istiod tells a proxy. Where that is chance, or not worked out, there is no answer: why. */
export function toldTo(mesh: Mesh, proxy: Proxy): Program | string {
  if (proxy.kind === "ztunnel") {
    const { programs } = ztunnelOf(mesh, proxy);
    return programs.length > 1
      ? "which of several equally old PeerAuthentications counts is chance"
      : programs[0];
  }
  const program = withTunnels(mesh, proxy);
  if (program.unsupported) return `what istiod tells a ${proxy.kind} is not worked out`;
  const refused = program.listeners.find((listener) => listener.refused)?.refused;
  return refused ? `Envoy does not take this configuration: ${refused.cause}` : program;
}

const keys = new WeakMap<Program, string>();

/** Everything that decides at a proxy, as text: two with the same are treated as one. */
export function programKey(program: Program): string {
  const known = keys.get(program);
  if (known !== undefined) return known;
  const lanes = (protocol: Protocol): readonly unknown[] =>
    lanesOf(program, protocol).map(({ port, transport, chain }) => [
      port,
      transport,
      chain?.match.serverNames,
      chainKey(chain),
    ]);
  const { kind, addresses } = program.proxy;
  const key = JSON.stringify([kind, lanes("http"), lanes("tcp"), addresses]);
  keys.set(program, key);
  return key;
}

/** The filters of all chains, each once. */
export function filtersOf({ listeners }: Program): readonly Filter[] {
  const chains = listeners.flatMap((listener) => listener.chains);
  return [...new Set(chains.flatMap(({ filters }) => filters))];
}

/** The enforced rules of some filters. */
export function rulesOf(filters: readonly Filter[]): readonly Rule[] {
  return filters.flatMap((filter) => (filter.kind === "jwt" ? [] : (filter.rules ?? [])));
}

/** The JWT providers of a program. */
export function jwtProvidersOf(program: Program): readonly JwtProvider[] {
  return filtersOf(program).flatMap((filter) => (filter.kind === "jwt" ? filter.providers : []));
}

const looksAtQuery = new WeakMap<Rule, boolean>();

/** Whether some rule looks at the path with its query. */
export function looksAtQueries(programs: readonly Program[]): boolean {
  return programs.some((program) => rulesOf(filtersOf(program)).some(queries));
}

function queries(rule: Rule): boolean {
  const known = looksAtQuery.get(rule);
  if (known !== undefined) return known;
  const found = rule.groups.some(({ any }) =>
    any.some(({ all }) =>
      all.some(({ attribute }) => attribute.kind === "header" && attribute.name === ":path"),
    ),
  );
  looksAtQuery.set(rule, found);
  return found;
}

/** The trust domains that all sides ask for in their handshakes; undefined: they differ, or some side takes any. */
export function agreedDomains(programs: readonly Program[]): readonly string[] | undefined {
  const asked = programs.flatMap(({ listeners }) =>
    listeners.flatMap(({ chains }) => chains.flatMap(({ tls }) => (tls ? [tls.trustDomains] : []))),
  );
  const [first] = asked;
  if (!first) return undefined;
  const text = JSON.stringify(first);
  return asked.every((each) => JSON.stringify(each) === text) ? first : undefined;
}
