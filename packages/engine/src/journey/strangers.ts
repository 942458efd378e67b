import { type Candidates, textCandidates } from "../envoy/candidates.ts";
import { trustDomain } from "../kubernetes/identity.ts";
import { utf8Bytes } from "../match/bytes.ts";
import { isText } from "../match/samples.ts";
import { decodeUtf8 } from "../match/sequence.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Filter, Program } from "../model/program.ts";
import type { Clause, Matcher, Piece, Rule, Text } from "../model/rule.ts";

/**
 * Who an unknown caller of a workload in ambient mode may be: an identity of each class that the workload's policies tell apart,
 * by its text, its namespace and its service account. The handshake takes no other trust domain than the mesh's own.
 */
export function strangers(mesh: Mesh, programs: readonly Program[]): Candidates {
  const domain = utf8Bytes(trustDomain(mesh.config));
  const clauses = programs.flatMap(clausesOf).map((clause) => onIdentity(clause, domain));
  const { candidates, ...rest } = textCandidates(
    [holding(clauses)],
    [{ of: ({ kind }) => kind === "peer" }],
    ordinary(clauses, domain),
    (sample) => (sample.startsWith(`${domain}/ns/`) ? identityIn(sample) : undefined),
    [{ kind: "sequence", pieces: [`${domain}/ns/`, name, "/sa/", name] }],
  );
  return { ...rest, candidates: candidates.map((text) => `spiffe://${decodeUtf8(text) ?? text}`) };
}

const name: Piece = { run: "segment", min: 1 };
const some: Piece = { run: "segment", min: 0 };

function identityIn(text: string): string | undefined {
  return /^[^/]+\/ns\/[^/]+\/sa\/[^/]+$/.test(text) ? text : undefined;
}

function clausesOf({ listeners }: Program): readonly Clause[] {
  return listeners
    .flatMap(({ chains }) => chains.flatMap(({ filters }) => filters))
    .flatMap(rulesOf)
    .flatMap(({ groups }) => groups.flatMap(({ any }) => any.flatMap(({ all }) => all)))
    .filter(({ attribute }) => attribute.kind.startsWith("peer"));
}

function rulesOf(filter: Filter): readonly Rule[] {
  if (filter.kind === "jwt") return [];
  return filter.kind === "rbac"
    ? [...(filter.rules ?? []), ...(filter.dryRun ?? [])]
    : filter.rules;
}

/** A filter of nothing but these clauses. */
function holding(all: readonly Clause[]): Filter {
  const policy = { kind: "AuthorizationPolicy", namespace: "", name: "" };
  const rule: Rule = {
    name: "",
    policy,
    index: 0,
    groups: [{ of: "rule", any: [{ index: 0, all }] }],
  };
  return { kind: "rbac", action: "DENY", peer: "spiffe", rules: [rule] };
}

/** What a clause asks of a namespace or of an account, asked of the whole identity. */
function onIdentity({ attribute, field, any, none }: Clause, domain: string): Clause {
  const whole = (matchers: readonly Matcher[]): readonly Matcher[] =>
    matchers.map((matcher) => {
      const pieces = isText(matcher) ? piecesOf(attribute.kind, matcher, domain) : undefined;
      return pieces === undefined ? matcher : { kind: "sequence", pieces, of: matcher.of };
    });
  return {
    attribute: { kind: "peer" },
    field,
    ...(any === undefined ? {} : { any: whole(any) }),
    ...(none === undefined ? {} : { none: whole(none) }),
  };
}

function piecesOf(kind: string, text: Text, domain: string): readonly Piece[] | undefined {
  if (kind === "peer.namespace") return [`${domain}/ns/`, ...within(text), "/sa/", name];
  if (kind !== "peer.account" || text.kind !== "exact") return undefined;
  const [namespace = "", account = ""] = text.text.split("/");
  return [`${domain}/ns/${namespace}/sa/${account}`];
}

function within(text: Text): readonly Piece[] {
  switch (text.kind) {
    case "exact":
      return [text.text];
    case "prefix":
      return [text.text, some];
    case "suffix":
      return [some, text.text];
    case "sequence":
      return text.pieces;
    default:
      return [some];
  }
}

/** Identities that people would write: of the names in the policies, and of nobody that they name. */
function ordinary(clauses: readonly Clause[], domain: string): readonly string[] {
  const literals = clauses
    .flatMap(({ any = [], none = [] }) => [...any, ...none])
    .filter(isText)
    .map(literal);
  const namespaces = words(literals.map((text) => /\/ns\/([^/]*)/.exec(text)?.[1]));
  const accounts = words(
    literals.map(
      (text) => /\/sa\/(.*)$/.exec(text)?.[1] ?? (text.includes("/") ? undefined : text),
    ),
  );
  return namespaces
    .flatMap((namespace) => accounts.map((account) => `${domain}/ns/${namespace}/sa/${account}`))
    .slice(0, most);
}

/** So many of them are looked at: what they miss is found without them. */
const most = 4096;

/** The fixed text of a pattern, a star for what is open. */
function literal(text: Text): string {
  if (text.kind === "sequence")
    return text.pieces.map((piece) => (typeof piece === "string" ? piece : "*")).join("");
  return "text" in text ? text.text : "";
}

/** Names that a pattern's word can mean, and one that nobody wrote: for a word with a run in it, both ends filled. */
function words(found: readonly (string | undefined)[]): readonly string[] {
  const named = found.flatMap((word) => {
    const bare = word?.replaceAll("*", "") ?? "";
    return bare === "" || bare.includes("/") ? [] : [bare, `${bare}-x`, `x-${bare}`];
  });
  return [...new Set(["stranger", ...named])];
}
