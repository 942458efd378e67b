import { serviceHost } from "../kubernetes/service.ts";
import type { Service } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Place } from "../model/place.ts";
import { fieldsOf, textOf } from "../parse/decode.ts";

/** What a DestinationRule says of the transport of clients. */
export interface ClientTls {
  readonly mode: string;
  readonly at: Place;
}

/** The first DestinationRule that says something of TLS to a Service: of the exact host before those with a star. */
export function clientTlsFor({ inventory }: Mesh, service: Service): ClientTls | undefined {
  const host = serviceHost(service);
  const rules = inventory.others.flatMap(({ key, body }) => {
    const spec = key.kind === "DestinationRule" ? fieldsOf(body["spec"]) : {};
    const mode = textOf(fieldsOf(fieldsOf(spec["trafficPolicy"])["tls"])["mode"]);
    const written = textOf(spec["host"]) ?? "";
    const full =
      written.includes(".") || written.startsWith("*")
        ? written
        : `${written}.${key.namespace}.svc.cluster.local`;
    if (mode === undefined || !covers(full, host)) return [];
    const at: Place = { resource: key, path: ["spec", "trafficPolicy", "tls", "mode"] };
    return [{ mode, at, length: full.length, isExact: !full.startsWith("*") }];
  });
  return rules.toSorted((a, b) => Number(b.isExact) - Number(a.isExact) || b.length - a.length)[0];
}

/** A short host means the Service in the rule's namespace; `svc` may be left out of no host. */
function covers(written: string, host: string): boolean {
  return written.startsWith("*") ? host.endsWith(written.slice(1)) : written === host;
}
