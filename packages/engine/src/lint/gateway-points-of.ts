import { selects } from "../kubernetes/service.ts";
import type { Other } from "../model/kubernetes.ts";
import { fieldsOf, listOf, textMapOf, textOf } from "../parse/decode.ts";
import type { Point } from "./points.ts";
import type { Scene } from "./scene.ts";

/** The gateways that serve a VirtualService. */
export function gatewayPointsOf({ mesh, points }: Scene, route: Other): readonly Point[] {
  const names = listOf(fieldsOf(route.body["spec"])["gateways"]).flatMap(
    (name) => textOf(name) ?? [],
  );
  const gateways = mesh.inventory.others.filter(
    ({ key, apiVersion }) =>
      key.kind === "Gateway" &&
      apiVersion.startsWith("networking.istio.io/") &&
      (names.includes(`${key.namespace}/${key.name}`) ||
        (key.namespace === route.key.namespace && names.includes(key.name))),
  );
  const selectors = gateways.map(({ body }) => textMapOf(fieldsOf(body["spec"])["selector"]));
  return points.filter(
    ({ workload, standIn }) =>
      !standIn &&
      selectors.some(
        (selector) => Object.keys(selector).length > 0 && selects(selector, workload.labels),
      ),
  );
}
