import { fullHost } from "../istiod/route/short-names.ts";
import { isSubset } from "../match/host.ts";
import type { Other } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { mapping, mappings, text, texts } from "./body.ts";
import type { Client } from "./client.ts";
import { hidesService } from "./client-scope.ts";
import type { Nowhere } from "./endpoint.ts";
import type { Sent } from "./message.ts";

/** The object that routes a sidecar's requests to a Service in a way that is not evaluated yet, if there is one. */
export function routedBy(
  mesh: Mesh,
  client: Client,
  service: { readonly host: string },
  sent: Sent,
  subject: string,
): Nowhere | undefined {
  if (client.plane !== "sidecar") return undefined;
  const [name = "", namespace = ""] = service.host.split(".");
  const host = (sent.http?.host ?? service.host).replace(/:\d+$/, "").toLowerCase();
  const found = mesh.inventory.others.find(
    (object) =>
      (object.key.kind === "VirtualService" &&
        [service.host, host].some((h) => routesHost(object, h))) ||
      (object.key.kind === "ServiceEntry" && routesHost(object, host)) ||
      (/^(?:HTTP|GRPC|TCP|TLS)Route$/.test(object.key.kind) &&
        routesService(object, name, namespace)),
  );
  if (found === undefined)
    return hidesService(mesh, client, service.host)
      ? {
          subject,
          missing: "a Sidecar hides the Service from the client, which is not evaluated yet",
        }
      : undefined;
  const { kind, namespace: space, name: called } = found.key;
  return {
    subject,
    missing: `${kind} ${space}/${called} may send it another way, which is not evaluated yet`,
  };
}

function routesHost({ key, body }: Other, host: string): boolean {
  const spec = mapping(body, "spec");
  const gateways = texts(spec, "gateways");
  if (gateways !== undefined && gateways.length > 0 && !gateways.includes("mesh")) return false;
  return (texts(spec, "hosts") ?? []).some((each) => {
    const full = fullHost(each, key.namespace);
    return each === host || isSubset(host, full);
  });
}

function routesService({ key, body }: Other, name: string, namespace: string): boolean {
  return mappings(mapping(body, "spec"), "parentRefs").some(
    (parent) =>
      text(parent, "kind") === "Service" &&
      text(parent, "name") === name &&
      (text(parent, "namespace") ?? key.namespace) === namespace,
  );
}
