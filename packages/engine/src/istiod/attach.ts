import type { Mesh } from "../model/mesh.ts";
import type { Note } from "../model/note.ts";
import type { AuthorizationPolicy, RequestAuthentication } from "../model/policy.ts";
import type { Proxy } from "../model/program.ts";
import { type Attachable, groupedOnce, type PolicyIndex } from "./attach-index.ts";
import { type Binding, bindingOf, rootNamespace, type TargetService } from "./attach-rules.ts";
import { lazily } from "./lazily.ts";

/** The policies of one kind that bind to a proxy, and a note for each that one might expect to. */
export interface Attached<Policy> {
  readonly bound: readonly Policy[];
  readonly notes: readonly Note[]; // worked out when somebody looks
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
  const places = [...new Set(namespaces)];
  const bound = places
    .flatMap((namespace) => index.perhaps(namespace, binding.proxy.labels))
    .filter((policy) => bindingOf(policy, binding) === undefined);
  const notes = lazily(() => notesOn(index, places, binding));
  return {
    bound,
    get notes() {
      return notes();
    },
  };
}

/** Why the other policies of these namespaces do not bind, and those that one might expect to. */
function notesOn<Policy extends Attachable>(
  index: PolicyIndex<Policy>,
  namespaces: readonly string[],
  binding: Binding,
): readonly Note[] {
  const unbound = namespaces.flatMap((namespace) =>
    (index.byNamespace.get(namespace) ?? []).flatMap((policy) => {
      const reason = bindingOf(policy, binding);
      return reason === undefined ? [] : [note(policy, reason.because, reason.at)];
    }),
  );
  const elsewhere = index
    .selecting(binding.proxy.labels)
    .filter(({ key }) => !namespaces.includes(key.namespace))
    .map((policy) => note(policy, "other-namespace", ["metadata", "namespace"]));
  return [...unbound, ...elsewhere];
}

const made = new WeakMap<Attachable, Map<Note["because"], Note>>();

/** The same note for each proxy that it is about: a mesh has as many as policies times proxies. */
function note(policy: Attachable, because: Note["because"], path: readonly string[]): Note {
  const known = made.get(policy) ?? new Map<Note["because"], Note>();
  made.set(policy, known);
  const told: Note = known.get(because) ?? {
    kind: "policy-not-bound",
    because,
    at: { resource: policy.key, path },
    effect: "none",
  };
  known.set(because, told);
  return told;
}
