import { registry } from "../istiod/route/registry.ts";
import { type SidecarScope, sidecarScope } from "../istiod/route/scope.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Client } from "./client.ts";

/** What a client's sidecar may call. Of a client whose labels are not known: as any Sidecar says that selects none. */
function scopeOf(mesh: Mesh, { namespace = "", labels = {} }: Client): SidecarScope {
  return sidecarScope(mesh, { namespace, labels });
}

/** REGISTRY_ONLY: the client's own sidecar lets nothing out to what it does not know. */
export function isRegistryOnly(mesh: Mesh, client: Client): boolean {
  return scopeOf(mesh, client).registryOnly;
}

/** Whether a Sidecar keeps a Service that was loaded from the client: it does not list it. */
export function hidesService(mesh: Mesh, client: Client, host: string): boolean {
  const { sidecar, services } = scopeOf(mesh, client);
  if (sidecar === undefined || services.some((each) => each.host === host)) return false;
  return registry(mesh).some((each) => each.host === host);
}
