import { outboundRoutes } from "../istiod/route/outbound.ts";
import { serviceHost, servicesOf } from "../kubernetes/service.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText } from "../model/place.ts";
import type { Proxy, Route, VirtualHost } from "../model/program.ts";
import type { Rewrite } from "../model/route.ts";
import { fieldsOf, listOf } from "../parse/decode.ts";
import type { Point } from "./points.ts";
import type { Sample } from "./sample.ts";
import type { Scene } from "./scene.ts";

/** A route that changes the path or host of what it forwards, and where it is. */
export interface Rewriting {
  readonly route: Route;
  readonly rewrite: Rewrite;
  readonly leadsTo: readonly string[]; // hosts of Services
  readonly domains: readonly string[]; // hosts that come to it
  readonly way: Pick<Sample, "to" | "port">; // to: a Service that sidecars call; else a port of the gateway
  readonly gateway?: Point; // absent: the caller's own sidecar
}

const made = new WeakMap<Scene, readonly Rewriting[]>();

/** Every route of the mesh that rewrites, at its gateways and inside. */
export function rewritings(scene: Scene): readonly Rewriting[] {
  const known = made.get(scene) ?? [...atGateways(scene), ...inside(scene.mesh)];
  made.set(scene, known);
  return known;
}

/** Those that lead to a point: a workload, or the waypoint before its Service. */
export function rewritingsTo(scene: Scene, { workload, doors }: Point): readonly Rewriting[] {
  if (rewritings(scene).length === 0) return [];
  const own = servicesOf(scene.mesh.inventory, workload).map(serviceHost);
  const behind = doors().map(({ host }) => host);
  const hosts = new Set([...own, ...behind]);
  return rewritings(scene).filter(({ leadsTo }) => leadsTo.some((host) => hosts.has(host)));
}

function atGateways({ points }: Scene): readonly Rewriting[] {
  return points
    .filter(({ plane }) => plane === "gateway")
    .flatMap((gateway) =>
      (gateway.program()?.listeners ?? []).flatMap(({ port, chains }) =>
        chains.flatMap(({ routes = [] }) =>
          routes.flatMap((host) =>
            rewritingIn(host, { gateway, way: port === undefined ? {} : { port } }),
          ),
        ),
      ),
    );
}

/** On the way out of a sidecar of some namespace that no object is about. */
function inside(mesh: Mesh): readonly Rewriting[] {
  const { inventory } = mesh;
  if (!inventory.others.some(({ key }) => /^(VirtualService|HTTPRoute|GRPCRoute)$/.test(key.kind)))
    return [];
  return inventory.services.flatMap((service) =>
    service.ports.flatMap(({ port }) => {
      const host = serviceHost(service);
      const own = outboundRoutes(mesh, somebody, { port }).find(({ domains }) =>
        domains.includes(host),
      );
      const to = `svc/${service.key.namespace}/${service.key.name}:${port}`;
      return own === undefined ? [] : rewritingIn({ ...own, domains: [host] }, { way: { to } });
    }),
  );
}

const somebody: Proxy = {
  kind: "sidecar",
  namespace: "default",
  name: "someone",
  labels: {},
  serviceAccount: "someone",
  addresses: [],
  ports: [],
};

function rewritingIn(
  { routes, domains }: VirtualHost,
  where: Pick<Rewriting, "gateway" | "way">,
): readonly Rewriting[] {
  return routes.flatMap((route) => {
    const { action } = route;
    if (action.kind !== "forward" || action.rewrite === undefined) return [];
    const leadsTo = action.destinations.map(({ host }) => host);
    return [{ route, rewrite: action.rewrite, leadsTo, domains, ...where }];
  });
}

const plain = new WeakMap<Mesh, Map<string, Mesh>>();

/** The mesh as it would be if a route did not rewrite, made once for each. */
export function withoutRewrite(mesh: Mesh, route: Route): Mesh {
  const known = plain.get(mesh) ?? new Map<string, Mesh>();
  plain.set(mesh, known);
  const place = `${keyText(route.at.resource)} ${route.at.path.join(" ")}`;
  const made = known.get(place) ?? unwritten(mesh, route);
  known.set(place, made);
  return made;
}

function unwritten(mesh: Mesh, { at }: Route): Mesh {
  const [, field, index] = at.path;
  const others = mesh.inventory.others.map((other) => {
    if (keyText(other.key) !== keyText(at.resource)) return other;
    const spec = fieldsOf(other.body["spec"]);
    const rules = listOf(spec[String(field)]).map((rule, at) =>
      at === index ? bare(fieldsOf(rule)) : rule,
    );
    return { ...other, body: { ...other.body, spec: { ...spec, [String(field)]: rules } } };
  });
  return { ...mesh, inventory: { ...mesh.inventory, others } };
}

function bare({ rewrite: _, ...rule }: Readonly<Record<string, unknown>>): object {
  const { filters, ...rest } = rule;
  if (filters === undefined) return rest;
  return {
    ...rest,
    filters: listOf(filters).filter((each) => fieldsOf(each)["type"] !== "URLRewrite"),
  };
}
