import { principalText } from "../match/principal.ts";
import { decodeUtf8 } from "../match/sequence.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText, type Path, type Place } from "../model/place.ts";
import type { AuthorizationPolicy } from "../model/policy.ts";
import type { Attribute } from "../model/rule.ts";

/** The policy of a place, if it is an AuthorizationPolicy. */
export function policyAt(
  { authorizationPolicies }: Mesh,
  { resource }: Place,
): AuthorizationPolicy | undefined {
  const known = byKey.get(authorizationPolicies) ?? indexed(authorizationPolicies);
  byKey.set(authorizationPolicies, known);
  return known.get(keyText(resource));
}

type Index = ReadonlyMap<string, AuthorizationPolicy>;
const byKey = new WeakMap<Mesh["authorizationPolicies"], Index>();

/** Of several with one key the first. */
function indexed(policies: Mesh["authorizationPolicies"]): Index {
  return new Map(policies.toReversed().map((policy) => [keyText(policy.key), policy]));
}

/** The texts of a list as a policy has them. */
export function textsAt(mesh: Mesh, place: Place): readonly string[] {
  const value = valueAt(policyAt(mesh, place), place.path);
  return Array.isArray(value) ? value.map(String) : [];
}

/** What stands at a path of an object. */
export function valueAt(root: unknown, path: Path): unknown {
  let value: unknown = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === String(key))?.[1];
  }
  return value;
}

/** A value that a proxy saw as Istio writes it: `cluster.local/ns/shop/sa/web`, `issuer/subject`. */
export function actualText({ kind }: Attribute, value: string): string {
  if (kind === "request.principal") return principalText(value);
  const text = decodeUtf8(value) ?? value;
  return kind === "peer" && text.startsWith("spiffe://") ? text.slice("spiffe://".length) : text;
}

interface Identity {
  readonly domain: string;
  readonly namespace: string;
  readonly account: string;
}

/** The parts of an identity of a mesh, without its scheme. */
export function identityParts(text: string): Identity | undefined {
  const [, domain, namespace, account] =
    /^(?:spiffe:\/\/)?([^/]+)\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(text) ?? [];
  if (domain === undefined || namespace === undefined || account === undefined) return undefined;
  return { domain, namespace, account };
}

/**
 * How a value that was seen must be written in a list so that the list has it. Undefined: it cannot be, such as a text that would
 * be read as a wildcard.
 */
export function writable(field: string, attribute: Attribute, seen: string): string | undefined {
  if (attribute.kind === "peer") return peerValue(field, seen);
  if (/^\*|\*$|[{}]/.test(seen) || seen === "") return undefined;
  return seen;
}

const peerValues: Readonly<Record<string, (identity: Identity) => string>> = {
  namespaces: ({ namespace }) => namespace,
  "source.namespace": ({ namespace }) => namespace,
  serviceAccounts: ({ namespace, account }) => `${namespace}/${account}`,
  "source.serviceAccount": ({ namespace, account }) => `${namespace}/${account}`,
  trustDomains: ({ domain }) => domain,
  "source.trustDomain": ({ domain }) => domain,
};

function peerValue(field: string, seen: string): string | undefined {
  const identity = identityParts(seen);
  if (identity === undefined) return undefined;
  return peerValues[positive(field)]?.(identity) ?? seen;
}

/** `notPaths` is the negation of `paths`. */
export function positive(field: string): string {
  return /^not[A-Z]/.test(field) ? `${field.charAt(3).toLowerCase()}${field.slice(4)}` : field;
}
