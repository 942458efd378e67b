import type { Namespace } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { ResourceKey } from "../model/place.ts";
import { fieldsOf, listOf, textMapOf, textOf, textsOf } from "../parse/decode.ts";
import type { Fields } from "../parse/objects.ts";
import { selects } from "./service.ts";

type Labels = Readonly<Record<string, string>>;

/** The label that every namespace has. */
const nameLabel = "kubernetes.io/metadata.name";

/** Whether a Kubernetes label selector selects what has these labels. */
export function isSelected(selector: Fields, labels: Labels): boolean {
  return (
    selects(textMapOf(selector["matchLabels"]), labels) &&
    listOf(selector["matchExpressions"])
      .map(fieldsOf)
      .every(({ key, operator, values }) => {
        const value = labels[textOf(key) ?? ""];
        const isIn = value !== undefined && (textsOf(values) ?? []).includes(value);
        if (operator === "In") return isIn;
        if (operator === "NotIn") return !isIn;
        return (operator === "Exists") === (value !== undefined);
      })
  );
}

/** The labels of a namespace as a selector sees them. */
export function namespaceLabels({ key, labels }: Namespace): Labels {
  return { [nameLabel]: key.name, ...labels };
}

/** Whether a selector selects a namespace. `unknown`: its labels decide, and it was not loaded. */
export type Discovery = "selected" | "unselected" | "unknown";

/** What decides which objects istiod reads. */
export type Control = Pick<Mesh, "config" | "features"> & {
  readonly inventory: Pick<Mesh["inventory"], "namespaces">;
};

/** Whether `discoverySelectors` select a namespace (az:SEL-2). Without any, all are. Follows istio/istio:pkg/kube/namespace/filter.go. */
export function discoveryOf({ config, inventory }: Control, name: string): Discovery {
  const { discoverySelectors = [] } = config;
  if (discoverySelectors.length === 0) return "selected";
  const found = discoverySelectors.map((each) => selectionOf(inventory, fieldsOf(each), name));
  if (found.includes("selected")) return "selected";
  return found.includes("unknown") ? "unknown" : "unselected";
}

/** Whether a selector selects the namespace of this name, which may not be loaded. */
export function selectionOf(
  { namespaces }: Pick<Mesh["inventory"], "namespaces">,
  selector: Fields,
  name: string,
): Discovery {
  const namespace = namespaces.find(({ key }) => key.name === name);
  if (namespace === undefined && !asksForName(selector)) return "unknown";
  const labels = namespace ? namespaceLabels(namespace) : { [nameLabel]: name };
  return isSelected(selector, labels) ? "selected" : "unselected";
}

function asksForName(selector: Fields): boolean {
  const labels = Object.keys(textMapOf(selector["matchLabels"]));
  const keys = listOf(selector["matchExpressions"]).map((each) => fieldsOf(each)["key"]);
  return [...labels, ...keys].every((key) => key === nameLabel);
}

/** Why istiod does not read an object, by the part of it that says so; undefined: it does. */
export interface Unread {
  readonly because: "other-revision" | "outside-discovery";
  readonly at: readonly string[];
}

const revision = "istio.io/rev";

/**
 * Whether istiod reads an object: of its own revision or of none, in a namespace that it looks at. A control plane whose revision is not
 * stated takes every object. Follows istio/istio:pilot/pkg/config/kube/crdclient/client.go addCRD (az:SEL-1, az:SEL-2).
 */
export function whyUnread(
  control: Control,
  { key, labels }: { readonly key: ResourceKey; readonly labels: Labels },
): Unread | undefined {
  const own = control.features["REVISION"] ?? "";
  const wanted = labels[revision];
  if (own !== "" && wanted !== undefined && wanted !== own)
    return { because: "other-revision", at: ["metadata", "labels", revision] };
  return discoveryOf(control, key.namespace) === "unselected"
    ? { because: "outside-discovery", at: ["metadata", "namespace"] }
    : undefined;
}
