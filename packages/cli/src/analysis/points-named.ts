import {
  type Description,
  describe,
  gatewayNameLabel,
  type Mesh,
  type Service,
} from "@meshproof/engine";
import {
  type AnalyseOptions,
  type Point,
  pointsBehind,
  pointsOf,
  unenforcedPoints,
} from "@meshproof/engine/analyse";
import type { Misuse } from "../flags.ts";

/** The enforcement points, and the workloads without a proxy, that a text means, and the ports of theirs that it names. */
export interface NamedPoints {
  readonly mesh?: Mesh; // with a workload that was only described
  readonly only: (point: Point) => boolean;
  readonly ports?: readonly string[];
  readonly front?: Front;
}

/** The waypoint that requests to a Service go through before they come to its pods. */
export interface Front {
  readonly name: string; // waypoint/NS/NAME
  readonly only: (point: Point) => boolean;
  readonly service: string; // its host, with a port or without
}

/** deploy/NS/NAME, svc/NS/NAME, ns/NS, ns/NS,label=value or a name, each with a port or without. */
export function pointsNamed(
  mesh: Mesh,
  text: string,
  namespace: string | undefined,
  options: AnalyseOptions = {},
): NamedPoints | Misuse {
  const [, name = text, port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  const ports = port === undefined ? {} : { ports: [port] };
  const [, space] = /^ns\/([^,/]+)$/.exec(name) ?? [];
  const points = allPoints(mesh, options);
  if (space !== undefined) {
    const only: NamedPoints["only"] = ({ proxy }) => proxy.namespace === space;
    return points.some(only) ? { only, ...ports } : unknown(text, points);
  }
  const service = serviceNamed(mesh, name, namespace);
  if (service !== undefined) return behind(mesh, service, port, text);
  const known = points.find((point) => point.name === name) ?? gatewayNamed(points, name);
  if (known !== undefined)
    return { only: ({ name: each }) => each === known.name, ...listening(known, port) };
  const described = describe(mesh, name, namespace === undefined ? {} : { namespace });
  if ("message" in described) return { misuse: described.message, hint: described.hint };
  const found = points.find((point) => point.name === described.subject);
  if (found !== undefined)
    return { only: ({ name: each }) => each === found.name, ...listening(found, port) };
  return name.startsWith("ns/")
    ? { ...withDescribed(mesh, described), ...ports }
    : unknown(text, points);
}

/** What requests come to: the enforcement points, and workloads that no proxy stands in front of. */
function allPoints(mesh: Mesh, options: AnalyseOptions): readonly Point[] {
  return [...pointsOf([mesh], options).points, ...unenforcedPoints(mesh, options)];
}

/** ns/NS,label=value: a workload of which nothing else is known is in the mesh as if a file had it. */
function withDescribed(mesh: Mesh, { workload, subject }: Description): NamedPoints {
  const { inventory } = mesh;
  const workloads = [...inventory.workloads, workload];
  return {
    mesh: { ...mesh, inventory: { ...inventory, workloads } },
    only: ({ name }) => name === subject,
  };
}

/** `gateway/NS/NAME`, as in a request. */
function gatewayNamed(points: readonly Point[], text: string): Point | undefined {
  return points.find(
    ({ proxy: { kind, namespace, name } }) =>
      kind === "gateway" && text === `gateway/${namespace}/${name}`,
  );
}

/** The port of a gateway's Service leads to one of its own, as in a request. */
function listening({ proxy }: Point, port: string | undefined): Pick<NamedPoints, "ports"> {
  if (port === undefined) return {};
  const isLed = ({ service }: (typeof proxy.ports)[number]): boolean =>
    proxy.kind === "gateway" && service?.port === Number(port);
  return { ports: [String(proxy.ports.find(isLed)?.port ?? port)] };
}

function unknown(text: string, points: readonly Point[]): Misuse {
  const names = points.map(({ name }) => name);
  const more = names.length > 4 ? `, and ${names.length - 4} more` : "";
  return {
    misuse: `nothing that was loaded runs at \`${text}\``,
    hint: names.length === 0 ? undefined : `there are ${names.slice(0, 4).join(", ")}${more}`,
  };
}

function serviceNamed(mesh: Mesh, text: string, namespace?: string): Service | undefined {
  const [kind, ...parts] = text.split("/");
  if (kind !== "svc") return undefined;
  const [space, name] = parts.length === 1 ? [namespace, parts[0]] : parts;
  return mesh.inventory.services.find(({ key }) => key.namespace === space && key.name === name);
}

function behind(
  mesh: Mesh,
  service: Service,
  port: string | undefined,
  text: string,
): NamedPoints | Misuse {
  const { isBehind, portsOf, missing } = pointsBehind(mesh, service);
  if (missing !== undefined)
    return { misuse: `nobody knows what \`${text}\` leads to`, hint: missing };
  const points = allPoints(mesh, { only: isBehind });
  if (points.length === 0) return unknown(text, allPoints(mesh, {}));
  const front = frontOf(mesh, service, port, points);
  if (port === undefined) return { only: isBehind, ...front };
  const led = portsOf(Number(port));
  if (led === undefined) {
    const known = [...new Set(service.ports.map((each) => each.port))].join(", ");
    return { misuse: `the Service has no port ${port}`, hint: `it has ${known}` };
  }
  if (led.ztunnel && allPoints(mesh, {}).some(({ proxy }) => proxy.kind === "ztunnel"))
    return apart(text, led.ports, led.ztunnel);
  if (led.ports.length === 0)
    return { misuse: `no workload behind \`${text}\` has the port that it leads to` };
  return { only: isBehind, ports: led.ports.map(String), ...front };
}

/** Whom a port lets in is no one answer where it hangs on the caller which port of the workload that is. */
function apart(text: string, ports: readonly number[], ztunnel: readonly number[]): Misuse {
  const told = (led: readonly number[]): string =>
    led.length === 0 ? "no port" : `port ${led.join(", ")}`;
  return {
    misuse: `\`${text}\` leads callers in ambient mode to ${told(ztunnel)} and others to ${told(ports)}`,
    hint: "ask for the workload and one of these ports: deploy/NS/NAME:PORT",
  };
}

function frontOf(
  mesh: Mesh,
  { key }: Service,
  port: string | undefined,
  points: readonly Point[],
): Pick<NamedPoints, "front"> {
  const found = points
    .map(({ name }) => describe(mesh, name))
    .flatMap((described) => ("message" in described ? [] : described.waypoints))
    .find(({ service }) => service?.namespace === key.namespace && service.name === key.name);
  if (found === undefined) return {};
  const { namespace, name } = found.waypoint;
  const host = `${key.name}.${key.namespace}.svc.cluster.local`;
  const only: Front["only"] = ({ proxy }) =>
    proxy.kind === "waypoint" &&
    proxy.namespace === namespace &&
    (proxy.labels[gatewayNameLabel] ?? proxy.name) === name;
  const service = port === undefined ? host : `${host}:${port}`;
  return { front: { name: `waypoint/${namespace}/${name}`, only, service } };
}
