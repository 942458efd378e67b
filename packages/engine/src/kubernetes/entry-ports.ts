import type { Inventory, Other, Workload } from "../model/kubernetes.ts";
import type { ProxyPort } from "../model/program.ts";
import { fieldsOf, listOf, numberOf, textMapOf, textOf, textsOf } from "../parse/decode.ts";
import type { Fields } from "../parse/objects.ts";
import { listenerProtocol, portProtocol } from "./port-protocol.ts";
import { portNamed, selects } from "./service.ts";

/** The ports of a workload that one host of a ServiceEntry leads to. */
export interface EntryPorts {
  readonly host: string;
  readonly createdAt?: number;
  readonly ports: readonly ProxyPort[];
}

/**
 * The ports of a workload, mostly of a machine outside the cluster, that ServiceEntries of its namespace lead to: they select it, or
 * have its address. Follows istio/istio:pilot/pkg/serviceregistry/serviceentry/controller.go GetProxyServiceTargets.
 */
export function entryPorts(inventory: Inventory, workload: Workload): readonly EntryPorts[] {
  return serviceEntries(inventory, workload.key.namespace).flatMap((entry) =>
    portsOf(entry, workload),
  );
}

/** The ServiceEntries of a namespace. */
export function serviceEntries(inventory: Inventory, namespace: string): readonly Other[] {
  return entriesOf(inventory).get(namespace) ?? [];
}

const known = new WeakMap<Inventory, ReadonlyMap<string, readonly Other[]>>();

/** The ServiceEntries by namespace: few of what is loaded, and looked for with every request. */
function entriesOf(inventory: Inventory): ReadonlyMap<string, readonly Other[]> {
  const found = known.get(inventory);
  if (found !== undefined) return found;
  const entries = new Map<string, Other[]>();
  for (const object of inventory.others.filter(isServiceEntry)) {
    const { namespace } = object.key;
    const same = entries.get(namespace);
    if (same) same.push(object);
    else entries.set(namespace, [object]);
  }
  known.set(inventory, entries);
  return entries;
}

/** A ServiceEntry, and no other kind of that name. */
export function isServiceEntry({ key, apiVersion }: Other): boolean {
  return key.kind === "ServiceEntry" && apiVersion.startsWith("networking.istio.io/");
}

function portsOf({ body, createdAt }: Other, workload: Workload): readonly EntryPorts[] {
  const spec = fieldsOf(body["spec"]);
  const own = ownPorts(spec, workload);
  if (own === undefined) return [];
  return (textsOf(spec["hosts"]) ?? []).map((host) => ({
    host,
    ...(createdAt === undefined ? {} : { createdAt }),
    ports: listOf(spec["ports"]).flatMap((port) => portOf(fieldsOf(port), host, own)),
  }));
}

type OwnPort = (name: string) => number | undefined;

/** Ports that an endpoint has by the names of the entry's; undefined: the workload is no endpoint. */
function ownPorts(spec: Fields, workload: Workload): OwnPort | undefined {
  const selector = spec["workloadSelector"];
  if (selector !== undefined)
    return selects(textMapOf(fieldsOf(selector)["labels"]), workload.labels)
      ? (name) => portNamed(workload, name)
      : undefined;
  const endpoint = listOf(spec["endpoints"])
    .map(fieldsOf)
    .find((each) => workload.addresses.includes(textOf(each["address"]) ?? ""));
  return endpoint && ((name) => numberOf(fieldsOf(endpoint["ports"])[name]));
}

function portOf(port: Fields, host: string, own: OwnPort): readonly ProxyPort[] {
  const number = numberOf(port["number"]);
  const name = textOf(port["name"]) ?? "";
  const protocol = portProtocol({
    port: 0,
    targetPort: 0,
    name: textOf(port["protocol"]) ?? "",
    transport: "TCP",
  });
  if (number === undefined) return [];
  const target = own(name) ?? numberOf(port["targetPort"]) ?? number;
  return [{ port: target, protocol: listenerProtocol(protocol), service: { host, port: number } }];
}
