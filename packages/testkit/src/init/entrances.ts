import type { Mesh } from "@meshproof/engine";
import { type Gate, gatesOf } from "./gates.ts";
import { type Fields, fieldsOf, listOf, textOf, textsOf } from "./plain.ts";
import { sampleOf } from "./samples.ts";

/** A request that comes in at a gateway: its URL, and what else the route asks for. */
export interface Entrance {
  readonly gate: Gate;
  readonly url: string; // "http://shop.example.com"
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly route?: string; // "shop/edge http[0]"; absent: what no route may take
  readonly backends: readonly Backend[];
}

/** A Service that a route leads to. */
export interface Backend {
  readonly namespace: string;
  readonly name: string;
}

interface Routed {
  readonly route: string;
  readonly hosts: readonly string[];
  readonly wanted: Pick<Entrance, "path" | "method" | "headers">;
  readonly backends: readonly Backend[];
}

/** What comes in by each route of a gate, then what comes to its first host. */
export function entrancesOf(gate: Gate, mesh: Mesh): readonly Entrance[] {
  const leading = routesOf(gate, mesh).filter(({ backends }) => backends.length > 0); // others redirect, or answer themselves
  const routed = leading.flatMap(({ route, hosts, wanted, backends }) => {
    const host = hostOf(gate, hosts);
    if (host === undefined) return [];
    return [{ gate, url: urlOf(gate, host), host, ...wanted, route, backends }];
  });
  const host = hostOf(gate, ["*"]) ?? "www.example.com";
  return [...routed, { gate, url: urlOf(gate, host), host, path: "/", headers: {}, backends: [] }];
}

/** What comes in by each route of each gate; of several gates with one route, the first. */
export function allEntrances(mesh: Mesh): readonly Entrance[] {
  return gatesOf(mesh).flatMap((gate) => entrancesOf(gate, mesh));
}

function urlOf({ scheme, port }: Gate, host: string): string {
  const usual = scheme === "https" ? 443 : 80;
  return port === usual ? `${scheme}://${host}` : `${scheme}://${host}:${port}`;
}

/** A host that both a server of the gateway and a route have. */
function hostOf({ hosts }: Gate, wanted: readonly string[]): string | undefined {
  const pairs = wanted.flatMap((route) => hosts.map((server) => [route, server] as const));
  for (const [route, server] of pairs) {
    const host = route === "*" ? server : route;
    const sample = host === "*" ? "www.example.com" : sampleOf(host, "www");
    if (fits(server, sample) && fits(route, sample)) return sample;
  }
  return undefined;
}

/** Whether a host is one of a pattern. */
export function fits(pattern: string, host: string): boolean {
  return pattern.startsWith("*") ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function routesOf(gate: Gate, { inventory }: Mesh): readonly Routed[] {
  return inventory.others.flatMap(({ key, body }) => {
    const spec = fieldsOf(body["spec"]);
    const route = `${key.namespace}/${key.name}`;
    if (gate.isClassic && key.kind === "VirtualService") {
      const { namespace, name } = gate.gateway;
      const own = namespace === key.namespace ? [name] : [];
      const isBound = textsOf(spec["gateways"]).some((each) =>
        [`${namespace}/${name}`, ...own].includes(each),
      );
      return isBound ? virtualRoutes(route, key.namespace, spec) : [];
    }
    if (gate.isClassic || key.kind !== "HTTPRoute") return [];
    const isBound = listOf(spec["parentRefs"])
      .map(fieldsOf)
      .some(
        ({ name, namespace = key.namespace }) =>
          name === gate.gateway.name && namespace === gate.gateway.namespace,
      );
    return isBound ? apiRoutes(route, key.namespace, spec) : [];
  });
}

function virtualRoutes(route: string, namespace: string, spec: Fields): readonly Routed[] {
  return listOf(spec["http"]).map((each, index) => {
    const { match, route: targets } = fieldsOf(each);
    const { uri, method, headers } = fieldsOf(listOf(match)[0]);
    const verb = textOf(fieldsOf(method)["exact"]);
    const names = listOf(targets).flatMap(
      (target) => textOf(fieldsOf(fieldsOf(target)["destination"])["host"]) ?? [],
    );
    const pairs = Object.entries(fieldsOf(headers)).map(([name, value]) => [name, wordOf(value)]);
    return {
      route: `${route} http[${index}]`,
      hosts: textsOf(spec["hosts"]),
      wanted: {
        path: pathOf(uri),
        ...(verb === undefined ? {} : { method: verb }),
        headers: Object.fromEntries(pairs.filter(([, value]) => value !== undefined)),
      },
      backends: names.map((host) => {
        const [name = "", inside = namespace] = host.split(".");
        return { namespace: inside, name };
      }),
    };
  });
}

/** A path that a match of `uri` takes: below a prefix, as policies speak of `/api/*`. */
function pathOf(uri: unknown): string {
  const { exact, prefix } = fieldsOf(uri);
  return textOf(exact) ?? below(textOf(prefix));
}

function below(prefix = "/"): string {
  return prefix === "/" ? "/" : `${prefix.replace(/\/$/, "")}/x`;
}

/** A text that a StringMatch takes, as far as one is easily found. */
function wordOf(match: unknown): string | undefined {
  const { exact, prefix } = fieldsOf(match);
  return textOf(exact) ?? textOf(prefix);
}

function apiRoutes(route: string, namespace: string, spec: Fields): readonly Routed[] {
  const hosts = textsOf(spec["hostnames"]);
  return listOf(spec["rules"]).map((each, index) => {
    const { matches, backendRefs } = fieldsOf(each);
    const { path, method, headers } = fieldsOf(listOf(matches)[0]);
    const { type, value } = fieldsOf(path);
    const verb = textOf(method);
    const pairs = listOf(headers).map((header) => {
      const { name, value: wanted } = fieldsOf(header);
      return [textOf(name) ?? "", textOf(wanted)];
    });
    return {
      route: `${route} rules[${index}]`,
      hosts: hosts.length === 0 ? ["*"] : hosts,
      wanted: {
        path: pathOf({
          [type === "Exact" ? "exact" : "prefix"]: type === "RegularExpression" ? "/" : value,
        }),
        ...(verb === undefined ? {} : { method: verb }),
        headers: Object.fromEntries(pairs),
      },
      backends: listOf(backendRefs).flatMap((ref) => {
        const { name, namespace: other } = fieldsOf(ref);
        return { namespace: textOf(other) ?? namespace, name: textOf(name) ?? "" };
      }),
    };
  });
}
