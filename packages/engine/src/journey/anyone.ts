import { proxyOf } from "../kubernetes/proxy.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { DataPlane } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Client } from "./client.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { programOf, ztunnelOf } from "./programs.ts";
import { strangers } from "./strangers.ts";

const nobody = "none";

/** A caller that nothing was said of: without an identity, or with any that the workload's policies could tell from others. */
export function anyone(
  mesh: Mesh,
  { workload }: Endpoint,
  plane: DataPlane,
  { transport, connection }: Pick<AccessRequest, "transport" | "connection">,
  { ask }: Inquiry,
): Client {
  const plain: Client = { plane: "none", assumed: false };
  const open = transport === undefined || transport === "mtls" || transport === "hbone";
  if (!open || connection !== undefined || (plane !== "sidecar" && plane !== "ambient"))
    return plain;
  const ambient = plane === "ambient";
  const proxy = proxyOf(mesh.inventory, workload, ambient ? "ztunnel" : "sidecar");
  const programs = ambient ? ztunnelOf(mesh, proxy).programs : [programOf(mesh, proxy)];
  const identities = programs.flatMap((program) => strangers(mesh, program));
  const without = transport === undefined ? [nobody] : [];
  const from = ask({ id: "from", candidates: [...without, ...new Set(identities)] });
  if (from === nobody) return plain;
  const namespace = /\/ns\/([^/]+)\//.exec(from)?.[1] ?? "";
  return { plane, assumed: true, identity: from, namespace };
}
