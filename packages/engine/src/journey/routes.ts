import type { Other } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { mapping, mappings, text, texts } from "./body.ts";
import type { Client } from "./client.ts";
import type { Nowhere } from "./endpoint.ts";
import type { Sent } from "./message.ts";
import { sidecarOf } from "./sidecar-object.ts";

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
    return hides(mesh, client, service.host)
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
    const full = /[.*:]/.test(each) ? each : `${each}.${key.namespace}.svc.cluster.local`;
    return [full, each].includes(host) || (full.startsWith("*") && host.endsWith(full.slice(1)));
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

/** A Sidecar whose egress does not list the Service: the client does not know it. */
function hides(mesh: Mesh, client: Client, host: string): boolean {
  const egress = mappings(sidecarOf(mesh, client) ?? {}, "egress");
  if (egress.length === 0) return false;
  const namespace = host.split(".")[1] ?? "";
  return !egress.some((entry) =>
    (texts(entry, "hosts") ?? []).some((each) => {
      const [space = "", pattern = ""] = each.split("/");
      const there =
        space === "*" || space === namespace || (space === "." && client.namespace === namespace);
      return (
        there && (pattern === host || (pattern.startsWith("*") && host.endsWith(pattern.slice(1))))
      );
    }),
  );
}
