import type { Mesh } from "../model/mesh.ts";
import type { Place } from "../model/place.ts";
import { fieldsOf, listOf } from "../parse/decode.ts";

/** The HTTP routes of VirtualServices that forward, and lack a field. */
export function routesWithout({ inventory }: Mesh, field: "timeout" | "retries"): readonly Place[] {
  return inventory.others.flatMap(({ key, body }) => {
    if (key.kind !== "VirtualService") return [];
    return listOf(fieldsOf(body["spec"])["http"]).flatMap((item, index) => {
      const route = fieldsOf(item);
      const lacks = route["route"] !== undefined && route[field] === undefined;
      return lacks ? [{ resource: key, path: ["spec", "http", index] }] : [];
    });
  });
}
