import { rootNamespace } from "../istiod/attach-rules.ts";
import { selects } from "../kubernetes/service.ts";
import type { Mesh } from "../model/mesh.ts";
import type { AuthorizationPolicySpec, Resource, Selector } from "../model/policy.ts";

type Labels = Readonly<Record<string, string>>;

/** The selectors by which the loaded policies tell workloads of a namespace apart. */
export const selectorsFor: (mesh: Mesh, namespace: string) => readonly Labels[] =
  perNamespace(selectorsIn);

/** What is asked again for each request is worked out once for each mesh and namespace. */
function perNamespace<Made>(
  make: (mesh: Mesh, namespace: string) => Made,
): (mesh: Mesh, namespace: string) => Made {
  const byMesh = new WeakMap<Mesh, Map<string, Made>>();
  return (mesh, namespace) => {
    const known = byMesh.get(mesh) ?? new Map<string, Made>();
    byMesh.set(mesh, known);
    const before = known.get(namespace);
    if (before !== undefined) return before;
    const made = make(mesh, namespace);
    known.set(namespace, made);
    return made;
  };
}

function selectorsIn(mesh: Mesh, namespace: string): readonly Labels[] {
  const all = [...new Set([namespace, rootNamespace(mesh)])]
    .flatMap((one) => selectorsOf(mesh).get(one) ?? [])
    .toSorted((a, b) => a.place - b.place)
    .map(({ labels }) => labels);
  return [...new Map(all.map((labels) => [JSON.stringify(labels), labels])).values()];
}

/** What a loaded policy selects, and which of all it is. */
interface Selecting {
  readonly labels: Labels;
  readonly place: number;
}

const byMesh = new WeakMap<Mesh, ReadonlyMap<string, readonly Selecting[]>>();

/** The selectors of all policies by namespace: looked through once, however many namespaces are asked about. */
function selectorsOf(mesh: Mesh): ReadonlyMap<string, readonly Selecting[]> {
  const known = byMesh.get(mesh);
  if (known) return known;
  const found = new Map<string, Selecting[]>();
  const bound: readonly Resource<{ readonly selector?: Selector }>[] = [
    ...mesh.authorizationPolicies,
    ...mesh.requestAuthentications,
    ...mesh.peerAuthentications,
  ];
  for (const [place, { key, spec }] of bound.entries()) {
    const labels = spec.selector?.matchLabels ?? {};
    if (Object.keys(labels).length === 0) continue;
    const own = found.get(key.namespace) ?? [];
    found.set(key.namespace, own);
    own.push({ labels, place });
  }
  byMesh.set(mesh, found);
  return found;
}

function concerns(mesh: Mesh, of: string, namespace: string): boolean {
  return of === namespace || of === rootNamespace(mesh);
}

/** More combinations of labels than any replay could try: the first ones are kept, so that it reaches its limit and says so. */
const most = 8192;

/**
 * Labels of each class that the selectors distinguish, on top of those that are known. `like`: a name whose class comes first.
 * A key that is known keeps its value; any other is absent or has one of the values that a selector wants.
 */
export function labelClasses(
  selectors: readonly Labels[],
  known: Labels,
  like: string,
): readonly Labels[] {
  const wanted = new Map<string, Set<string>>();
  for (const [key, value] of selectors.flatMap((labels) => Object.entries(labels)))
    if (known[key] === undefined && isLabelValue(value))
      wanted.set(key, (wanted.get(key) ?? new Set()).add(value));
  let classes: readonly Labels[] = [known];
  for (const [key, values] of wanted) {
    const more = classes.flatMap((labels) => [
      labels,
      ...[...values].map((value) => ({ ...labels, [key]: value })),
    ]);
    classes = distinct(more, selectors).slice(0, most);
  }
  return classes.toSorted((a, b) => Number(isLike(b, like)) - Number(isLike(a, like)));
}

/** One of each set of labels that the same selectors could still match. */
function distinct(classes: readonly Labels[], selectors: readonly Labels[]): readonly Labels[] {
  if (classes.length <= most) return classes;
  const key = (labels: Labels): string => selectors.map((s) => Number(selects(s, labels))).join("");
  return [...new Map(classes.map((labels) => [key(labels), labels])).values()];
}

/** What the API server takes as a label value: a selector that wants another one matches no pod. */
function isLabelValue(text: string): boolean {
  return text === "" || /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/.test(text);
}

function isLike(labels: Labels, name: string): boolean {
  return Object.values(labels).includes(name);
}

/** Labels as one line: "app=orders,version=v1". */
export function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

/** What `labelText` wrote. */
export function parseLabels(text: string): Labels {
  const pairs = text === "" ? [] : text.split(",").map((pair) => pair.split("="));
  return Object.fromEntries(pairs.map(([key = "", value = ""]) => [key, value]));
}

/** The ports that the loaded policies of a namespace and the root namespace tell apart. */
export const portsTold: (mesh: Mesh, namespace: string) => readonly number[] =
  perNamespace(portsIn);

function portsIn(mesh: Mesh, namespace: string): readonly number[] {
  const authorization = mesh.authorizationPolicies
    .filter(({ key }) => concerns(mesh, key.namespace, namespace))
    .flatMap(({ spec }) => portsOf(spec));
  const levels = mesh.peerAuthentications
    .filter(({ key }) => key.namespace === namespace)
    .flatMap(({ spec }) => Object.keys(spec.portLevelMtls ?? {}));
  return [...new Set([...authorization, ...levels].map(Number))].filter(
    (port) => port > 0 && port < 65536,
  );
}

function portsOf({ rules }: AuthorizationPolicySpec): readonly string[] {
  return (rules ?? []).flatMap((rule) => [
    ...(rule?.to ?? []).flatMap((to) => [
      ...(to?.operation?.ports ?? []),
      ...(to?.operation?.notPorts ?? []),
    ]),
    ...(rule?.when ?? []).flatMap((when) =>
      when?.key === "destination.port" ? [...(when.values ?? []), ...(when.notValues ?? [])] : [],
    ),
  ]);
}

/** Whether a loaded policy of the namespaces looks at the address of the workload. */
export const tellsAddresses: (mesh: Mesh, namespace: string) => boolean =
  perNamespace(looksAtAddresses);

function looksAtAddresses(mesh: Mesh, namespace: string): boolean {
  return mesh.authorizationPolicies.some(
    ({ key, spec }) =>
      concerns(mesh, key.namespace, namespace) &&
      (spec.rules ?? []).some((rule) => rule?.when?.some((when) => when?.key === "destination.ip")),
  );
}
