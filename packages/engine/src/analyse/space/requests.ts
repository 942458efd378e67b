import { meshReading } from "../../istiod/authorization/filters.ts";
import { translatePolicies } from "../../istiod/authorization/policies.ts";
import type { Mesh } from "../../model/mesh.ts";
import { noteTexts } from "../../model/note.ts";
import type { AuthorizationPolicy } from "../../model/policy.ts";
import type { Program } from "../../model/program.ts";
import type { Rule } from "../../model/rule.ts";
import type { Protocol, Requests } from "../api.ts";
import { and, type Formula, never, not, or } from "./formula.ts";
import { type Reading, ruleFormula } from "./reading.ts";
import { acceptedBy, noToken } from "./tokens.ts";

/** Where requests are spoken of. */
export interface Place {
  readonly mesh: Mesh;
  readonly namespace: string; // of service accounts that are named without one
  readonly protocol: Protocol;
  readonly queries: boolean;
  readonly remote?: Reading["remote"]; // where the address of the client is read
  readonly program?: Program; // that says which tokens are accepted
  readonly named?: Formula; // where a connection can have a server name; absent: everywhere
}

/**
 * Requests in Istio's rule grammar as a formula. They are spoken of as they come: with the claims of their token, whether
 * or not somebody accepts it. Throws a TypeError where istiod would leave out a part of such a rule.
 */
export function requestsFormula(requests: Requests, place: Place): Formula {
  const { protocol, not: excluded, anyOf, from, to, when } = requests;
  if (protocol !== undefined && protocol !== place.protocol) return never;
  const own = from || to || when ? [ruleOf(requests, place)] : [];
  return and(
    ...own,
    ...tokenPart(requests, place),
    ...(excluded ? [not(requestsFormula(excluded, place))] : []),
    ...(anyOf ? [or(...anyOf.map((each) => requestsFormula(each, place)))] : []),
  );
}

/** Bytes have no token. */
function tokenPart({ token }: Requests, { protocol, program }: Place): readonly Formula[] {
  if (token === undefined || protocol === "tcp") return [];
  return [token === "none" || !program ? noToken : acceptedBy(program)];
}

interface Translated {
  readonly mesh: Mesh;
  readonly namespace: string;
  readonly rules: readonly Rule[];
}

const translated = new WeakMap<Requests, Translated>();

/** The rule that requests are, translated once for all points of a namespace. */
function rulesOf(requests: Requests, { mesh, namespace }: Place): readonly Rule[] {
  const known = translated.get(requests);
  if (known?.mesh === mesh && known.namespace === namespace) return known.rules;
  const { from, to, when } = requests;
  const rule = { ...(from ? { from } : {}), ...(to ? { to } : {}), ...(when ? { when } : {}) };
  const policy: AuthorizationPolicy = {
    key: { kind: "AuthorizationPolicy", namespace, name: "requests" },
    labels: {},
    annotations: {},
    spec: { action: "DENY", rules: [rule] },
  };
  const { rules, notes, refused } = translatePolicies([policy], "http", meshReading(mesh));
  const dropped = notes.find(({ kind }) => kind !== "value-rewritten");
  if (refused) throw new TypeError(`these requests cannot be spoken of: ${refused.cause}`);
  if (dropped)
    throw new TypeError(`these requests cannot be spoken of: ${noteTexts[dropped.because]}`);
  translated.set(requests, { mesh, namespace, rules });
  return rules;
}

function ruleOf(requests: Requests, place: Place): Formula {
  const { protocol, queries, remote = "remote.ip", named } = place;
  const reading: Reading = {
    peer: "certificate",
    peers: true,
    serverNames: true,
    http: protocol === "http",
    claims: true,
    queries,
    sources: true,
    remote,
    rewrites: [],
    ...(named ? { named } : {}),
  };
  return and(...rulesOf(requests, place).map((each) => ruleFormula(each, reading)));
}

/** Whether requests look at the path with its query. */
export function speaksOfQueries({ when, not: excluded, anyOf }: Requests): boolean {
  return (
    (when ?? []).some((condition) => /^request\.headers\[:path\]$/i.test(condition?.key ?? "")) ||
    (excluded !== undefined && speaksOfQueries(excluded)) ||
    (anyOf ?? []).some(speaksOfQueries)
  );
}
