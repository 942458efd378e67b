import { proxyOf } from "../kubernetes/proxy.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { DataPlane } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Client } from "./client.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { ztunnelOf } from "./programs.ts";
import { strangers } from "./strangers.ts";

const nobody = "none";
const somebody = "a workload of the mesh";

/**
 * A caller that nothing was said of: nobody, or anybody with a certificate. A sidecar asks for the identity itself; for ztunnel it
 * is any that the workload's policies could tell from others.
 */
export function anyone(
  mesh: Mesh,
  { workload }: Endpoint,
  plane: DataPlane,
  { transport, connection }: Pick<AccessRequest, "transport" | "connection">,
  { ask }: Inquiry,
): Client {
  const plain: Client = { plane: "none", assumed: false };
  const certified = transport === undefined || transport === "mtls" || transport === "hbone";
  const enforced = plane === "sidecar" || plane === "ambient" || plane === "proxyless";
  if (!certified || !enforced || connection !== undefined) return plain;
  const told =
    plane === "ambient" ? ztunnelOf(mesh, proxyOf(mesh.inventory, workload, "ztunnel")) : undefined;
  const callers = told === undefined ? { candidates: [somebody] } : strangers(mesh, told.programs);
  const without = transport === undefined ? [nobody] : [];
  const from = ask({ id: "from", ...callers, candidates: [...without, ...callers.candidates] });
  if (from === nobody) return plain;
  if (told === undefined) return { plane: "sidecar", assumed: true };
  const namespace = /\/ns\/([^/]+)\//.exec(from)?.[1] ?? "";
  return { plane, assumed: true, identity: from, namespace };
}
