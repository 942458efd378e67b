import type { Mesh } from "../model/mesh.ts";
import { keyText, type Path, type Place } from "../model/place.ts";
import type { Resource } from "../model/policy.ts";
import { fieldsOf } from "../parse/decode.ts";
import {
  decodeAuthorizationPolicy,
  decodePeerAuthentication,
  decodeRequestAuthentication,
} from "../parse/decode-policy.ts";
import type { Fields } from "../parse/objects.ts";
import type { PolicyChange } from "./explanation.ts";
import { valueAt } from "./written.ts";

/** The mesh with some values of policies changed. Undefined: something would be left empty that must not be. */
export function changeMesh(mesh: Mesh, changes: readonly PolicyChange[]): Mesh | undefined {
  let changed: Mesh | undefined = mesh;
  for (const { at, left } of changes) changed = changed && replaceAt(changed, at, left);
  return changed;
}

function replaceAt(mesh: Mesh, at: Place, value: PolicyChange["left"]): Mesh | undefined {
  const change = { at, value };
  const authorizations = replaced(mesh.authorizationPolicies, change, decodeAuthorizationPolicy);
  const requests = replaced(mesh.requestAuthentications, change, decodeRequestAuthentication);
  const peers = replaced(mesh.peerAuthentications, change, decodePeerAuthentication);
  if (authorizations === undefined || requests === undefined || peers === undefined)
    return undefined;
  return {
    ...mesh,
    authorizationPolicies: authorizations,
    requestAuthentications: requests,
    peerAuthentications: peers,
  };
}

interface Change {
  readonly at: Place;
  readonly value: PolicyChange["left"];
}

function replaced<Spec>(
  policies: readonly Resource<Spec>[],
  { at, value }: Change,
  decode: (spec: Fields) => Spec,
): readonly Resource<Spec>[] | undefined {
  const wanted = keyText(at.resource);
  const index = policies.findIndex(({ key }) => keyText(key) === wanted);
  const policy = policies[index];
  if (policy === undefined) return policies;
  const [root, ...path] = at.path;
  if (root === "metadata")
    return policies.with(index, { ...policy, key: { ...policy.key, namespace: String(value) } });
  const spec = put(policy.spec, path, value);
  return spec === undefined
    ? undefined
    : policies.with(index, { ...policy, spec: decode(fieldsOf(spec)) });
}

/** An object with another value at a path. Undefined: a key goes, and nothing is left beside it. */
function put(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const within = rest.length === 0 ? value : put(valueAt(root, [key]) ?? {}, rest, value);
  if (rest.length > 0 && within === undefined) return undefined;
  if (Array.isArray(root)) return root.map((item, index) => (index === key ? within : item));
  const entries = Object.entries(fieldsOf(root));
  const others = entries.filter(([name]) => name !== String(key));
  if (within === undefined) return others.length > 0 ? Object.fromEntries(others) : undefined;
  const isNew = others.length === entries.length;
  const changed = entries.map(([name, old]) => [name, name === String(key) ? within : old]);
  return Object.fromEntries(isNew ? [...entries, [key, within]] : changed);
}
