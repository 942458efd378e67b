import type { Mesh } from "../model/mesh.ts";
import { fieldsOf, listOf } from "../parse/decode.ts";
import { behaves } from "../release.ts";
import { isSelected, namespaceLabels } from "./discovery.ts";

/** How far the ServiceEntries of a namespace are seen, whatever their `exportTo` says. */
export type EntryVisibility = "PUBLIC" | "NAMESPACE" | "NONE";

/**
 * What `serviceEntryVisibility` of the mesh config says: the first policy whose rules all select the namespace, else the default. Ztunnels and
 * waypoints go by it, sidecars only if they are told to. Follows istio/istio:pilot/pkg/model/serviceentry_visibility.go.
 */
export function entryVisibility(
  { config, release, inventory }: Pick<Mesh, "config" | "release" | "inventory">,
  name: string,
): EntryVisibility {
  const settings = fieldsOf(config["serviceEntryVisibility"]);
  if (!behaves(release, "service-entry-visibility")) return "PUBLIC";
  const namespace = inventory.namespaces.find(({ key }) => key.name === name);
  const labels = namespace === undefined ? {} : namespaceLabels(namespace);
  const policy = listOf(settings["policies"])
    .map(fieldsOf)
    .find(({ matchingRules }) =>
      listOf(matchingRules)
        .map((rule) => fieldsOf(rule)["namespaceSelector"])
        .every((selector) => selector !== undefined && isSelected(fieldsOf(selector), labels)),
    );
  const visibility = policy === undefined ? settings["defaultVisibility"] : policy["visibility"];
  return visibility === "NAMESPACE" || visibility === "NONE" ? visibility : "PUBLIC";
}

/** Whether sidecars and gateways go by it, too. */
export function isForSidecars({ config, release }: Pick<Mesh, "config" | "release">): boolean {
  return (
    behaves(release, "service-entry-visibility") &&
    fieldsOf(config["serviceEntryVisibility"])["applyToSidecars"] === true
  );
}
