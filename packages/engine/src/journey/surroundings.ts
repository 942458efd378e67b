import { selects } from "../kubernetes/service.ts";
import type { Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { labels, mapping, mappings } from "./body.ts";
import type { Inquiry } from "./inquiry.ts";

/**
 * Assumes what has to be assumed about any proxy: nothing else was loaded elsewhere. When an assumption does not hold, what is
 * missing comes back: then nothing can be said.
 */
export function assumeSurroundings(
  mesh: Mesh,
  workload: Workload,
  { assume }: Inquiry,
): string | undefined {
  const root = mesh.config.rootNamespace || "istio-system";
  const { namespace } = workload.key;
  const spaces = root === namespace ? root : `${root} and ${namespace}`;
  if (!mesh.release.stated) assume("release", "", [mesh.release.istio]);
  const config = mesh.configLoaded || assume("mesh-config", "", ["defaults", "another one"]);
  if (config === "another one") return "the mesh config is not known";
  const none = `none in ${spaces}`;
  if (assume("further-policies", "", [none, "there are more"]) !== none)
    return `policies of ${spaces} that were not loaded may decide`;
  const filter = mesh.inventory.others
    .filter((object) => actsOn(mesh, object, workload))
    .find(({ key }) => {
      const subject = `${key.kind}/${key.namespace}/${key.name}`;
      return assume("filters", subject, ["decides nothing", "may decide"]) === "may decide";
    });
  return filter && `${filter.key.kind} ${filter.key.namespace}/${filter.key.name} may decide`;
}

const extensions: ReadonlySet<string> = new Set(["EnvoyFilter", "WasmPlugin", "TrafficExtension"]);

function actsOn(mesh: Mesh, { key, body }: Other, workload: Workload): boolean {
  if (!extensions.has(key.kind)) return false;
  const root = mesh.config.rootNamespace || "istio-system";
  if (key.namespace !== root && key.namespace !== workload.key.namespace) return false;
  const spec = mapping(body, "spec");
  if (mappings(spec, "targetRefs").length > 0 || "targetRef" in spec) return false;
  const selector = {
    ...labels(mapping(spec, "workloadSelector"), "labels"),
    ...labels(mapping(spec, "selector"), "matchLabels"),
  };
  return selects(selector, workload.labels);
}
