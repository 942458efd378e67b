import type { Mesh } from "../model/mesh.ts";
import type { Note } from "../model/note.ts";
import type { AuthorizationPolicy, RequestAuthentication } from "../model/policy.ts";
import type { Proxy } from "../model/program.ts";
import { type Attachable, groupedOnce, type PolicyIndex } from "./attach-index.ts";
import { type Binding, bindingOf, rootNamespace, type TargetService } from "./attach-rules.ts";

/** The policies of one kind that bind to a proxy, and a note for each that one might expect to. */
export interface Attached<Policy> {
  readonly bound: readonly Policy[];
  readonly notes: readonly Note[];
}

const authorizationIndex = groupedOnce((mesh) => mesh.authorizationPolicies);
const requestIndex = groupedOnce((mesh) => mesh.requestAuthentications);

/** The AuthorizationPolicies of the root namespace and the proxy's own that bind to it (az:2). */
export function boundAuthorizationPolicies(
  mesh: Mesh,
  proxy: Proxy,
  service?: TargetService,
): Attached<AuthorizationPolicy> {
  const namespaces = [
    rootNamespace(mesh),
    proxy.namespace,
    ...(service ? [service.namespace] : []),
  ];
  return attach(authorizationIndex(mesh), namespaces, {
    mesh,
    proxy,
    ...(service ? { service } : {}),
  });
}

/** The RequestAuthentications that bind to a proxy: those of its namespace, then of the root namespace, each by age (an:RA-1). */
export function boundRequestAuthentications(
  mesh: Mesh,
  proxy: Proxy,
  service?: TargetService,
): Attached<RequestAuthentication> {
  const namespaces = [
    proxy.namespace,
    rootNamespace(mesh),
    ...(service ? [service.namespace] : []),
  ];
  return attach(requestIndex(mesh), namespaces, { mesh, proxy, ...(service ? { service } : {}) });
}

function attach<Policy extends Attachable>(
  index: PolicyIndex<Policy>,
  namespaces: readonly string[],
  binding: Binding,
): Attached<Policy> {
  const candidates = [...new Set(namespaces)].flatMap(
    (namespace) => index.byNamespace.get(namespace) ?? [],
  );
  const bound: Policy[] = [];
  const notes: Note[] = [];
  for (const policy of candidates) {
    const reason = bindingOf(policy, binding);
    if (reason === undefined) bound.push(policy);
    else notes.push(note(policy, reason.because, reason.at));
  }
  for (const policy of index.selecting(binding.proxy.labels))
    if (!namespaces.includes(policy.key.namespace))
      notes.push(note(policy, "other-namespace", ["metadata", "namespace"]));
  return { bound, notes };
}

function note({ key }: Attachable, because: Note["because"], path: readonly string[]): Note {
  return { kind: "policy-not-bound", because, at: { resource: key, path }, effect: "none" };
}
