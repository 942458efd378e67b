import type { Mesh } from "../model/mesh.ts";
import { keyText } from "../model/place.ts";
import type { PeerAuthentication, Resource } from "../model/policy.ts";
import { fieldsOf } from "../parse/decode.ts";
import {
  decodeAuthorizationPolicy,
  decodePeerAuthentication,
  decodeRequestAuthentication,
} from "../parse/decode-policy.ts";
import type { Fields } from "../parse/objects.ts";
import { changeValue } from "./change-value.ts";
import type { PolicyChange } from "./explanation.ts";

/** The mesh with some values of policies changed. Undefined: something would be left empty that must not be. */
export function changeMesh(mesh: Mesh, changes: readonly PolicyChange[]): Mesh | undefined {
  let changed: Mesh | undefined = mesh;
  for (const change of changes) changed = changed && replaceAt(changed, change);
  return changed;
}

/** The mesh with one PeerAuthentication more, younger than the others. */
export function withPeerAuthentication(mesh: Mesh, policy: PeerAuthentication): Mesh {
  return { ...mesh, peerAuthentications: [...mesh.peerAuthentications, policy] };
}

function replaceAt(mesh: Mesh, change: PolicyChange): Mesh | undefined {
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

function replaced<Spec>(
  policies: readonly Resource<Spec>[],
  change: PolicyChange,
  decode: (spec: Fields) => Spec,
): readonly Resource<Spec>[] | undefined {
  const { at, left } = change;
  const wanted = keyText(at.resource);
  const index = policies.findIndex(({ key }) => keyText(key) === wanted);
  const policy = policies[index];
  if (policy === undefined) return policies;
  if (at.path.length === 0) return policies.filter((each) => each !== policy);
  if (at.path[0] === "metadata")
    return policies.with(index, { ...policy, key: { ...policy.key, namespace: String(left) } });
  const changed = changeValue({ spec: policy.spec }, change);
  if (changed === undefined) return undefined;
  return policies.with(index, { ...policy, spec: decode(fieldsOf(fieldsOf(changed)["spec"])) });
}
