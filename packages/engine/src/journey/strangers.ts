import { trustDomain } from "../kubernetes/identity.ts";
import { matches } from "../match/matches.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Filter, Program } from "../model/program.ts";
import type { Matcher, Pattern, Rule } from "../model/rule.ts";

/** More identities than any replay could try. */
const most = 4096;

/**
 * Who an unknown caller may be, as far as a program tells callers apart: one identity for each set of peer patterns that it
 * matches. Built from the trust domains, namespaces and service accounts that the patterns name, and one that none names.
 * ztunnel reads the parts of an identity, so there every combination stands for itself.
 */
export function strangers(mesh: Mesh, program: Program): readonly string[] {
  const patterns = peerPatterns(program);
  const distinguish =
    program.proxy.kind === "ztunnel"
      ? undefined
      : (uri: string): string => patterns.map((pattern) => Number(matches(pattern, uri))).join("");
  const parts = patterns.flatMap(literals).map(split);
  const identities = combine(
    trustDomainsOf(mesh),
    words(parts.map(({ namespace }) => namespace)),
    words(parts.map(({ account }) => account)),
  );
  const classes = new Map<string, string>();
  for (const uri of identities) {
    const key = distinguish ? distinguish(uri) : uri;
    if (!classes.has(key)) classes.set(key, uri);
  }
  return [...classes.values()].slice(0, most);
}

function combine(
  domains: readonly string[],
  namespaces: readonly string[],
  accounts: readonly string[],
): readonly string[] {
  return domains.flatMap((domain) =>
    namespaces.flatMap((namespace) =>
      accounts.map((account) => `spiffe://${domain}/ns/${namespace}/sa/${account}`),
    ),
  );
}

/** The domains whose certificates a sidecar of the mesh accepts (an:PA-43). */
function trustDomainsOf({ config }: Mesh): readonly string[] {
  const further = (config.caCertificates ?? []).flatMap((each) => each.trustDomains ?? []);
  return [...new Set([trustDomain(config), ...(config.trustDomainAliases ?? []), ...further])];
}

function peerPatterns({ listeners }: Program): readonly Matcher[] {
  return listeners
    .flatMap(({ chains }) => chains.flatMap(({ filters }) => filters))
    .flatMap(rulesOf)
    .flatMap(({ groups }) => groups.flatMap(({ any }) => any.flatMap(({ all }) => all)))
    .filter(({ attribute }) => attribute.kind.startsWith("peer"))
    .flatMap(({ any = [], none = [] }) => [...any, ...none]);
}

function rulesOf(filter: Filter): readonly Rule[] {
  if (filter.kind === "jwt") return [];
  return filter.kind === "rbac"
    ? [...(filter.rules ?? []), ...(filter.dryRun ?? [])]
    : filter.rules;
}

/** The fixed text of a pattern. */
function literals(pattern: Pattern): readonly string[] {
  switch (pattern.kind) {
    case "exact":
    case "prefix":
    case "suffix":
      return [pattern.text];
    case "sequence":
      return [pattern.pieces.map((piece) => (typeof piece === "string" ? piece : "*")).join("")];
    default:
      return [];
  }
}

interface Parts {
  readonly namespace?: string | undefined;
  readonly account?: string | undefined;
}

function split(text: string): Parts {
  const account = /\/sa\/(.*)$/.exec(text)?.[1] ?? (text.includes("/") ? undefined : text);
  return { namespace: /\/ns\/([^/]*)/.exec(text)?.[1], account };
}

/** Names that a pattern's word can mean, and one that nobody wrote: for a word with a run in it, both ends filled. */
function words(found: readonly (string | undefined)[]): readonly string[] {
  const named = found.flatMap((word) => {
    const bare = word?.replaceAll("*", "") ?? "";
    return bare === "" || bare.includes("/") ? [] : [bare, `${bare}-x`, `x-${bare}`];
  });
  return [...new Set(["stranger", ...named])];
}
