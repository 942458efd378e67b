import { gatewayApi } from "../../kubernetes/gateway-class.ts";
import { findService } from "../../kubernetes/service.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { ResourceKey } from "../../model/place.ts";
import { fieldsOf, listOf, numberOf, present, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { behaves } from "../../release.ts";
import { headersOf } from "./api-filters.ts";
import { registry } from "./registry.ts";

/** A route of the Gateway API that is being put into the words of VirtualServices. */
export interface Converting {
  readonly mesh: Mesh;
  readonly forMesh: boolean; // bound to a Service: references to other namespaces need no grant
  readonly forBytes?: true; // a Service that is not there has a cluster all the same
}

/** What nobody can refer to: a Service by its host name, or a backend without a port. `conversion.go`, buildDestination */
export function isUnnamed({ group = "", kind = "Service", name, port }: Fields): boolean {
  const isService = group === "" && kind === "Service";
  const isHostname = group === "networking.istio.io" && kind === "Hostname";
  return (
    (isService || isHostname) && (port === undefined || (isService && `${name}`.includes(".")))
  );
}

/**
 * A backend as the destination of a VirtualService. A Service of another namespace needs a ReferenceGrant there; `missing`: requests
 * are answered with 500, and bytes closed. Follows `conversion.go`, buildHTTPDestination.
 */
export function backendOf(
  backend: Fields,
  { kind, namespace }: ResourceKey,
  { mesh, forMesh, forBytes }: Converting,
): Fields {
  const { group = "", kind: of = "Service", name, port } = backend;
  const space = textOf(backend["namespace"]) ?? namespace;
  const to = { of: String(of), space, name: String(name) };
  const host = hostOf(String(group), to);
  const isGranted = forMesh || space === namespace || grants(mesh, { kind, namespace }, to);
  const isRefused = host === undefined || !isGranted;
  const isMissing = isRefused || isAbsent(host, to, mesh);
  const isNamed = !isMissing || (forBytes && !isRefused);
  return present({
    weight: numberOf(backend["weight"]) ?? 1,
    headers: headersOf(listOf(backend["filters"]).map(fieldsOf)),
    destination: !isNamed ? {} : { host, port: { number: port } },
    missing: isMissing ? true : undefined,
  });
}

interface Backend {
  readonly of: string;
  readonly space: string;
  readonly name: string;
}

/** The Service's host, or a host that is named as such; nothing else can be a backend. */
function hostOf(group: string, { of, space, name }: Backend): string | undefined {
  if (group === "" && of === "Service") return `${name}.${space}.svc.cluster.local`;
  if (group === "multicluster.x-k8s.io" && of === "ServiceImport")
    return `${name}.${space}.svc.cluster.local`;
  return group === "networking.istio.io" && of === "Hostname" ? name : undefined;
}

function isAbsent(host: string, { of, space, name }: Backend, mesh: Mesh): boolean {
  if (mesh.inventory.complete !== true) return false;
  return of === "Hostname"
    ? !registry(mesh).some((service) => service.host === host)
    : findService(mesh.inventory, space, name) === undefined;
}

function grants(
  { inventory, release }: Mesh,
  from: { readonly kind: string; readonly namespace: string },
  to: Backend,
): boolean {
  return inventory.others
    .filter(({ key }) => key.kind === "ReferenceGrant" && key.namespace === to.space)
    .some(({ body }) => {
      const spec = fieldsOf(body["spec"]);
      const isFrom = ({ group, kind, namespace }: Fields): boolean =>
        group === gatewayApi && kind === from.kind && namespace === from.namespace;
      const ofKind = listOf(spec["to"])
        .map(fieldsOf)
        .filter(({ kind }) => kind === to.of);
      const counting = behaves(release, "reference-grants-add-up") ? ofKind : ofKind.slice(-1);
      return (
        listOf(spec["from"]).map(fieldsOf).some(isFrom) &&
        counting.some(({ name }) => name === undefined || name === to.name)
      );
    });
}
