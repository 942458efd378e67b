import { dataPlanes, isDataPlane } from "../kubernetes/data-plane.ts";
import { findService } from "../kubernetes/service.ts";
import { parseAddress, plainAddress } from "../match/address.ts";
import type { Destination, Problem } from "../model/access-request.ts";
import type { Service, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { mapping, mappings, text, texts } from "./body.ts";
import type { Caller } from "./caller.ts";
import { findGateway } from "./gateway-target.ts";
import { meantDestination } from "./meant-destination.ts";
import { isProblem, problem } from "./problem.ts";
import { fullName } from "./short-name.ts";
import { parseUrl, splitPort, type Url } from "./url.ts";
import { findNamed, findWorkload, workloadKinds } from "./workload.ts";

/** What a request addresses. `service` is there when it was loaded. */
export type Target =
  | {
      readonly kind: "service";
      readonly namespace: string;
      readonly name: string;
      readonly port: number;
      readonly service?: Service;
      readonly tls?: string; // the server name that the application asks for, in TLS of its own
    }
  | {
      readonly kind: "workload";
      readonly workload: Workload;
      readonly port: number;
      readonly by: "address" | "name"; // name: how it is addressed is left open
    }
  | { readonly kind: "gateway"; readonly workload: Workload; readonly port: number } // port: of its Service, or its own
  | { readonly kind: "described"; readonly destination: Destination }
  | {
      readonly kind: "address";
      readonly address: string;
      readonly port: number;
      readonly tls?: { readonly sni: string }; // the application itself speaks TLS
    }
  | {
      readonly kind: "host"; // that no loaded Service has: a gateway serves it, or it is outside
      readonly host: string;
      readonly port: number;
      readonly tls: boolean; // the application itself speaks TLS
    };

const forms =
  "svc/NAMESPACE/NAME:PORT, deploy/NAMESPACE/NAME:PORT, gateway/NAMESPACE/NAME:PORT, ns/NAMESPACE,label=value:PORT, host/NAME:PORT, a URL";

/** What names are completed with. */
interface Naming {
  readonly namespace?: string; // of references without one
  readonly caller: Caller | Problem;
}

/** What `to` means, or what is wrong with it. */
export function parseTarget(mesh: Mesh, to: string | Destination, named: Naming): Target | Problem {
  if (typeof to !== "string") return described(to);
  const url = parseUrl(to);
  if (url !== undefined) return urlTarget(mesh, url, named);
  const { namespace } = named;
  const { name, port } = splitPort(to);
  const [kind = "", ...rest] = name.split("/");
  if (kind === "svc") return service(mesh, rest, port, namespace);
  if (kind === "ns") return selected(rest.join("/"), port);
  if (kind === "host") return hostTarget(mesh, rest, port);
  if (kind === "gateway") return gatewayTarget(mesh, rest, port, namespace);
  if (kind === "se") return entryTarget(mesh, rest, port, namespace);
  const known = findNamed(mesh, name, namespace);
  if (known !== undefined) return ofWorkload(known, port, "name");
  if (!Object.hasOwn(workloadKinds, kind))
    return problem(
      ["to"],
      `unknown destination \`${to}\``,
      meantDestination(mesh, name, port) ?? anyForm,
    );
  const workload = findWorkload(mesh, kind, rest, namespace, ["to"]);
  const by = kind === "workload" ? "name" : "address";
  return isProblem(workload) ? workload : ofWorkload(workload, port, by);
}

function urlTarget(
  mesh: Mesh,
  { scheme, hostname, port }: Url,
  { caller, namespace }: Naming,
): Target | Problem {
  const number = portNumber(port, ["to"], `${scheme}://${hostname}:8080/`);
  if (isProblem(number)) return number;
  const host = fullName(mesh, hostname, caller, namespace);
  if (isProblem(host)) return host;
  const target = byHost(mesh, host, number, scheme === "https" ? hostname : undefined);
  const isTls = scheme === "https" && !isProblem(target) && target.kind === "address";
  return isTls ? { ...target, tls: { sni: "" } } : target;
}

const anyForm = `one of ${forms}, the name of a workload that was loaded or that the suite states`;

function service(
  mesh: Mesh,
  parts: readonly string[],
  port: string | undefined,
  namespace: string | undefined,
): Extract<Target, { readonly kind: "service" }> | Problem {
  const [space, name] = parts.length === 1 ? [namespace, parts[0]] : parts;
  if (!space || !name || parts.length > 2)
    return problem(
      ["to"],
      `\`svc/${parts.join("/")}\` names no Service`,
      "svc/NAMESPACE/NAME:PORT",
    );
  const found = findService(mesh.inventory, space, name);
  if (found === undefined) {
    const number = portNumber(port, ["to"], `svc/${space}/${name}:80`);
    return isProblem(number) ? number : { kind: "service", namespace: space, name, port: number };
  }
  const { ports } = found;
  const chosen = port === undefined && ports.length === 1 ? ports[0] : undefined;
  const addressed = chosen ?? ports.find((p) => String(p.port) === port || p.name === port);
  if (addressed !== undefined)
    return { kind: "service", namespace: space, name, port: addressed.port, service: found };
  const has = ports.map((p) => (p.name ? `${p.port} (${p.name})` : `${p.port}`)).join(", ");
  return problem(
    ["to"],
    port === undefined
      ? `no port: \`svc/${space}/${name}\``
      : `Service \`${space}/${name}\` has no port \`${port}\``,
    `its ports: ${has || "none"}`,
  );
}

function ofWorkload(
  workload: Workload,
  port: string | undefined,
  by: "address" | "name",
): Target | Problem {
  const only = workload.ports.length === 1 ? workload.ports[0] : undefined;
  const named = workload.ports.find(({ name }) => name !== undefined && name === port);
  const known = port === undefined ? only?.port : named?.port;
  const number = known ?? portNumber(port, ["to"], `${workload.key.name}:8080`);
  return isProblem(number) ? number : { kind: "workload", workload, port: number, by };
}

function portNumber(
  port: string | undefined,
  path: readonly string[],
  example: string,
): number | Problem {
  if (port === undefined) return problem(path, "no port", `add it: ${example}`);
  if (/^[0-9]{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65536) return Number(port);
  return problem(path, `\`${port}\` is no port number`, `for example ${example}`);
}

/** ns/shop,app=orders,version=v1: a workload of which no more is known. */
function selected(text: string, port: string | undefined): Target | Problem {
  const [namespace = "", ...pairs] = text.split(",");
  const broken = pairs.find((pair) => !/^[^=]+=[^=]*$/.test(pair));
  if (namespace === "" || broken !== undefined)
    return problem(
      ["to"],
      `\`${broken ?? text}\` is no label`,
      "ns/NAMESPACE,label=value,label=value:PORT",
    );
  const number = portNumber(port, ["to"], `ns/${text}:8080`);
  if (isProblem(number)) return number;
  const labels = Object.fromEntries(
    pairs.map((pair) => {
      const [key = "", value = ""] = pair.split("=");
      return [key, value] as const;
    }),
  );
  return { kind: "described", destination: { namespace, labels, port: number } };
}

function described(destination: Destination): Target | Problem {
  if (!destination.namespace) return problem(["to", "namespace"], "a destination has a namespace");
  const { dataPlane } = destination;
  if (dataPlane !== undefined && !isDataPlane(dataPlane))
    return problem(
      ["to", "dataPlane"],
      `unknown data plane \`${dataPlane}\``,
      `one of ${dataPlanes.join(", ")}`,
    );
  const number = portNumber(String(destination.port), ["to", "port"], "8080");
  return isProblem(number) ? number : { kind: "described", destination };
}

function hostTarget(
  mesh: Mesh,
  parts: readonly string[],
  port: string | undefined,
): Target | Problem {
  const host = parts.join("/");
  const number = portNumber(port, ["to"], "host/api.example.com:443");
  return isProblem(number) ? number : byHost(mesh, host, number, number === 443 ? host : undefined);
}

/**
 * A name of a Service in the cluster, an address, or something that only a gateway or a ServiceEntry knows. `sni`: what the application
 * asks for, in TLS of its own.
 */
function byHost(mesh: Mesh, host: string, port: number, sni?: string): Target | Problem {
  const address = plainAddress(host.replace(/^\[(.*)\]$/, "$1"));
  if (parseAddress(address) !== undefined) return { kind: "address", address, port };
  const [, name, space] =
    /^([^.]+)\.([^.]+)(?:\.svc(?:\.cluster(?:\.local\.?)?)?)?$/.exec(host) ?? [];
  const known = name && space && findService(mesh.inventory, space, name);
  if (known || (name && space && host.includes(".svc"))) {
    const target = service(mesh, [space ?? "", name ?? ""], String(port), undefined);
    return isProblem(target) || sni === undefined ? target : { ...target, tls: sni.toLowerCase() };
  }
  return { kind: "host", host: host.toLowerCase(), port, tls: sni !== undefined };
}

/** se/NAMESPACE/NAME:PORT: the first host of a ServiceEntry. */
function entryTarget(
  mesh: Mesh,
  parts: readonly string[],
  port: string | undefined,
  namespace: string | undefined,
): Target | Problem {
  const [space, name] = parts.length === 1 ? [namespace, parts[0]] : parts;
  const found = mesh.inventory.others.find(
    ({ key }) => key.kind === "ServiceEntry" && key.namespace === space && key.name === name,
  );
  const spec = found === undefined ? {} : mapping(found.body, "spec");
  const [host] = texts(spec, "hosts") ?? [];
  if (host === undefined)
    return problem(["to"], `no loaded ServiceEntry is called \`${parts.join("/")}\``, "load it");
  const only = mappings(spec, "ports");
  const number =
    port === undefined && only.length === 1
      ? Number(only[0]?.["number"])
      : portNumber(port, ["to"], `se/${parts.join("/")}:443`);
  if (isProblem(number)) return number;
  const declared = only.find((each) => each["number"] === number);
  const protocol = (declared && text(declared, "protocol")) ?? "";
  return { kind: "host", host, port: number, tls: /^(?:HTTPS|TLS)$/i.test(protocol) };
}

function gatewayTarget(
  mesh: Mesh,
  parts: readonly string[],
  port: string | undefined,
  namespace: string | undefined,
): Target | Problem {
  const workload = findGateway(mesh, parts, namespace);
  if (isProblem(workload)) return workload;
  const number = portNumber(port, ["to"], `gateway/${parts.join("/")}:443`);
  return isProblem(number) ? number : { kind: "gateway", workload, port: number };
}
