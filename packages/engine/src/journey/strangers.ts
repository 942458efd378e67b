import { trustDomain } from "../kubernetes/identity.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Filter, Program } from "../model/program.ts";
import type { Matcher, Pattern, Rule } from "../model/rule.ts";

/** More identities than any replay could try. */
const most = 4096;

/**
 * Who an unknown caller of a workload in ambient mode may be: every combination of the namespaces and service accounts
 * that its policies name, and of one that none names.
 */
export function strangers(mesh: Mesh, program: Program): readonly string[] {
  const parts = peerPatterns(program).flatMap(literals).map(split);
  const identities = combine(
    [trustDomain(mesh.config)], // the handshake takes no other
    words(parts.map(({ namespace }) => namespace)),
    words(parts.map(({ account }) => account)),
  );
  return identities.slice(0, most);
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
