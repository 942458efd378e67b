import type { Inventory, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { type Body, labels, mapping, mappings } from "./body.ts";
import { labelClasses, labelText, parseLabels } from "./distinctions.ts";
import type { Inquiry } from "./inquiry.ts";

type Labels = Readonly<Record<string, string>>;

/** A service account of which it is not said which workload of it calls. */
export interface Account {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/**
 * The labels of a caller of which only the account is known, as far as its sidecar goes by them: those of the loaded workloads that
 * run under it, else any that the selectors of Sidecars and the `sourceLabels` of routes tell apart. Where they differ it is asked.
 */
export function labelsOfAccount(mesh: Mesh, account: Account, { ask }: Inquiry): Labels {
  const { namespace, serviceAccount } = account;
  const selectors = [
    ...sidecarSelectors(mesh.inventory, namespace),
    ...sourceLabels(mesh.inventory),
  ];
  if (selectors.length === 0) return {};
  const keys = new Set(selectors.flatMap((selector) => Object.keys(selector)));
  const loaded = workloadsOf(mesh, account).map((workload) =>
    labelText(restricted(workload.labels, keys)),
  );
  const classes =
    loaded.length > 0
      ? [...new Set(loaded)]
      : labelClasses(selectors, {}, serviceAccount).map(labelText);
  const [only = "", ...more] = classes;
  const id = `labels:sa/${namespace}/${serviceAccount}`;
  return parseLabels(more.length === 0 ? only : ask({ id, candidates: classes }));
}

/** The loaded workloads that run under an account. */
export function workloadsOf(
  { inventory }: Mesh,
  { namespace, serviceAccount }: Account,
): readonly Workload[] {
  return inventory.workloads.filter(
    (each) =>
      each.key.namespace === namespace && (each.serviceAccount || "default") === serviceAccount,
  );
}

function restricted(own: Labels, keys: ReadonlySet<string>): Labels {
  return Object.fromEntries(
    Object.entries(own)
      .filter(([key]) => keys.has(key))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function sidecarSelectors({ others }: Inventory, namespace: string): readonly Labels[] {
  return others
    .filter(({ key }) => key.kind === "Sidecar" && key.namespace === namespace)
    .map(({ body }) => labels(mapping(mapping(body, "spec"), "workloadSelector"), "labels"))
    .filter(isSelecting);
}

const known = new WeakMap<Inventory, readonly Labels[]>();

/** What the VirtualServices of the mesh ask of the labels of whoever sends a request. */
function sourceLabels(inventory: Inventory): readonly Labels[] {
  const before = known.get(inventory);
  if (before) return before;
  const found = inventory.others
    .filter(({ key }) => key.kind === "VirtualService")
    .flatMap(({ body }) => matchesOf(mapping(body, "spec")))
    .map((match) => labels(match, "sourceLabels"))
    .filter(isSelecting);
  known.set(inventory, found);
  return found;
}

function matchesOf(spec: Body): readonly Body[] {
  return ["http", "tls", "tcp"].flatMap((kind) =>
    mappings(spec, kind).flatMap((rule) => mappings(rule, "match")),
  );
}

function isSelecting(selector: Labels): boolean {
  return Object.keys(selector).length > 0;
}
