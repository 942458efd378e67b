import type { Mesh } from "../model/mesh.ts";
import { keyText } from "../model/place.ts";
import type { AuthorizationPolicy } from "../model/policy.ts";

const shared = new WeakMap<Mesh, WeakMap<Mesh, Mesh>>();

/**
 * The other mesh with the policies of the first where they are the same: what is made of one of them then serves both. Made once for two
 * meshes, so that what is kept with it is found again.
 */
export function sharingPolicies(first: Mesh, other: Mesh): Mesh {
  const known = shared.get(first) ?? new WeakMap<Mesh, Mesh>();
  shared.set(first, known);
  const made = known.get(other) ?? share(first, other);
  known.set(other, made);
  return made;
}

function share(first: Mesh, other: Mesh): Mesh {
  const known = new Map<string, AuthorizationPolicy[]>();
  for (const policy of first.authorizationPolicies) {
    const key = keyText(policy.key);
    const some = known.get(key);
    if (some) some.push(policy);
    else known.set(key, [policy]);
  }
  return {
    ...other,
    authorizationPolicies: other.authorizationPolicies.map((policy) => {
      const some = known.get(keyText(policy.key)) ?? [];
      return some.find((each) => isEqual(each, policy)) ?? policy;
    }),
  };
}

/** Whether two values of JSON are written alike. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) return areEqual(a, b);
  return areEqual(Object.keys(a), Object.keys(b)) && areEqual(Object.values(a), Object.values(b));
}

function areEqual(some: readonly unknown[], others: readonly unknown[]): boolean {
  if (some.length !== others.length) return false;
  for (let index = 0; index < some.length; index += 1)
    if (!isEqual(some[index], others[index])) return false;
  return true;
}
